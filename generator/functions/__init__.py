"""What kinds share that apply functions to numbers: activations, exponentials, logarithms."""
