"""Windows that slide over maps: filtering, pooling, their geometry in YAML, and how they are written out."""
