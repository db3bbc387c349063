"""What the marks of a class say about the exam: pure functions, from records to frozen values."""
