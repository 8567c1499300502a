"""The import engine without Odoo: bytes in, a plan and a report out.

The modules, in the order in which the data passes through them. Each returns a new
frozen value for the next one; none depends on a later one, and none uses the ORM:

    decode   bytes              -> Decoded (the encoding)
    read     Decoded            -> Sheet (header, rows with their line numbers)
    columns  header             -> ColumnMap (what each column is)
    clean    Row + ColumnMap    -> CleanRow (values, problems of cells)
    match    CleanRow + Index   -> Match (none, one, several)
    plan     Match + stored     -> Outcome (create/update/unchanged/skip/reject)
    report   Outcomes           -> Counts that add up

The type of a column decides what its cells mean: ``kinds`` has a small class for each
type, which reads the cells of an import and writes the cells of an export.

Problems are data (``problems.py``); ``client.import.problem`` makes their sentences.
"""
