"""Images as grey cells."""
