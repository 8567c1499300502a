"""`./dev test`: which tests run, in which database, and what came of them."""
