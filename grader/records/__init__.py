"""What was handed in and marked, kept so that nothing is lost at any moment."""
