"""YAML in, papers out: the engine, the kinds of question, and the way from a bank to an exam."""
