"""What marks inside a learning platform: a package that the platform runs on each submission."""
