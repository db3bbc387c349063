"""What `export` writes: a file for each platform."""
