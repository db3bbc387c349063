"""Papers in the formats of learning platforms: one file for each format."""
