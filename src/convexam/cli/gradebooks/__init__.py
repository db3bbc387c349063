"""What `gradebook` writes: a file for each platform."""
