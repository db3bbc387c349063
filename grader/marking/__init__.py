"""From raw answers and a stored key to marks: read, compare, explain, add up."""
