"""`./dev test`: which tests run, in which database, and their results."""
