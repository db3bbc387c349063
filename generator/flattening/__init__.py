"""Images as vectors: where each value stands."""
