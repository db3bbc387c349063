"""Lists of layers: how they are said in YAML and in words, shapes and numbers of parameters."""
