"""`./dev bench`: one module for each thing that can be measured."""
