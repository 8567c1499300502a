"""What a column holds: one small class a kind.

How to use: ``column_kind(column, lookups)`` or ``label_kind(label)`` gives the kind of
one column of one file; ``read`` makes the value of a cell, ``write`` the cell of a
value. The two are opposites: what is written and read again is the same value.
"""
