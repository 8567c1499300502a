"""Everything that can be wrong with an import, as data.

A problem carries a code and parameters, never a sentence: ``client.import.problem``
makes and translates the wording. A unit test checks that each code below has its
sentence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

#: code -> the step it belongs to; a bridge prefixes its own codes with the step and a
#: point: ``cell.siret_digits``
CODES: Final[Mapping[str, str]] = {
    # file: nothing is imported
    "file_missing": "file",
    "file_empty": "file",
    "file_no_rows": "file",
    "file_not_text": "file",
    "file_encoding_unknown": "file",
    "file_encoding_wrong": "file",
    "file_encoding_mixed": "file",
    "file_encoding_asked": "file",
    "file_encoding_guessed": "file",
    "file_signs_asked": "file",
    "file_delimiter": "file",
    "file_workbook_broken": "file",
    "file_workbook_format": "file",
    "file_workbook_password": "file",
    "file_workbook_size": "file",
    "file_time": "file",
    "file_repeated": "file",
    # header: nothing is imported
    "header_no_reference": "header",
    "header_columns": "header",
    "header_duplicate": "header",
    "header_quote": "header",
    "header_target": "header",
    "header_changed": "header",
    "header_labels": "header",
    "header_dates_asked": "header",
    "header_dates_found": "header",
    "header_nulls": "header",
    "header_order": "header",
    # row: this row is rejected
    "row_quote": "row",
    "row_in_quote": "row",
    "row_cut": "row",
    "row_short": "row",
    "row_wide": "row",
    "row_signs": "row",
    "row_extra_cells": "row",
    "row_too_long": "row",
    "row_no_reference": "row",
    "row_no_name": "row",
    "row_contact_no_name": "row",
    "row_header": "row",
    "row_repeated": "row",
    "row_repeated_more": "row",
    # cell: this row is rejected, or only the cell is ignored with a warning
    "cell_flag": "cell",
    "cell_type": "cell",
    "cell_status": "cell",
    "cell_email": "cell",
    "cell_unknown": "cell",
    "cell_several": "cell",
    "cell_clear": "cell",
    "cell_no_label": "cell",
    "cell_kind": "cell",
    "cell_unclear": "cell",
    "cell_long": "cell",
    "cell_error": "cell",
    "cell_formula": "cell",
    "cell_null": "cell",
    "cell_protected": "cell",
    # match: the reference and the stored data do not fit the mode
    "match_exists": "match",
    "match_missing": "match",
    "match_several": "match",
    "match_taken": "match",
    "match_repeated": "match",
    "match_changed": "match",
    # apply: the database refused the row
    "apply_refused": "apply",
    "apply_access": "apply",
    "apply_failed": "apply",
    "apply_time": "apply",
}
LAYERS: Final = frozenset(CODES.values())


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: where it is, and the parameters of its sentence."""

    code: str
    line: int = 0
    column: str = ""
    value: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    warning: bool = False

    def __post_init__(self) -> None:
        if self.layer not in LAYERS:
            raise ValueError(f"unlisted problem code: {self.code}")

    @property
    def layer(self) -> str:
        """file, header, row, cell, match or apply."""
        return CODES.get(self.code) or self.code.partition(".")[0]


class FileProblem(Exception):
    """The whole file is refused and nothing was imported.

    The caller shows the sentence of ``problem`` and lets the user choose another file,
    separator or encoding.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def file_problem(
    code: str, line: int = 0, value: str = "", **params: str
) -> FileProblem:
    """A :class:`FileProblem` of that code, ready to be raised."""
    return FileProblem(Problem(code, line=line, value=value, params=params))
