"""A window that slides: its timeline, and moving SVG, film strip, GIF and words made from it."""
