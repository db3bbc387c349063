"""The answers that wait for a person, in one file that can be edited and is read back."""
