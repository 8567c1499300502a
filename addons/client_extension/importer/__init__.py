"""The import engine without Odoo: bytes in, a plan and a report out.

The rooms, in the order the data walks them, each returning a new frozen value
that the next one takes; none reaches back and none knows the ORM:

    decode   bytes              -> Decoded (the encoding)
    read     Decoded            -> Sheet (header, rows with their line numbers)
    columns  header             -> ColumnMap (what each column is)
    clean    Row + ColumnMap    -> CleanRow (values, problems of cells)
    match    CleanRow + Index   -> Match (nobody, one, several)
    plan     Match + stored     -> Outcome (create/update/unchanged/skip/reject)
    report   Outcomes           -> Counts that add up

What a cell says depends on the kind of its column: ``kinds`` has a small class for
each, which reads the cells of an import and writes those of an export.

Problems are data (``problems.py``); their sentences are made at the edge.
"""
