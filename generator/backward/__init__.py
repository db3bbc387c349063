"""What goes backwards through a layer: gradients, their second method, worked steps and misconceptions."""
