"""How fast the program is: ratios against a floor or a peer in the same run, never times on their own."""
