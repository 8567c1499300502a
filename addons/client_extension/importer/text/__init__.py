"""Text of cells: how letters fold, words and names of lists, labels."""
