"""The types of columns: one small class for each type.

How to use: ``column_kind(column, lookups)`` or ``label_kind(label)`` gives the type of
one column of one file; ``read`` converts a cell to a value, ``write`` a value to a
cell. The two are opposites: a value that is written and read again is the same.
"""
