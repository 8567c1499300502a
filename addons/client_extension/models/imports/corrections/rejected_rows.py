"""The rejected rows of an import, with what users have typed over their cells."""

import secrets

from odoo.exceptions import UserError

from ....importer.problems import FileProblem
from ....importer.rows.clean import reference_of, text_of
from ....importer.rows.correct import OWN_COLUMNS
from ....importer.text.fold import fold_header
from ....importer.writers.write_csv import write_rejects
from .check_corrections import CheckCorrections

#: standard columns that tell the user which row this is
IDENTIFYING = ("reference", "name")
#: the problem of a row with more cells than the header
EXTRA_CELLS = "row_extra_cells"


class RejectedRows:
    """Reads the file of rejected rows, shows its rows and checks the corrected ones.

    A column is named by a key: its position, or ``+`` and a number for the cells
    beyond the header.
    """

    def __init__(self, record):
        """:param record: ``client.import``
        :raise UserError: when the file can no longer be read"""
        task = record._make_task("correct")
        try:
            sheet = task.read_rejects()
            self.targets = task.map_columns(sheet).targets
        except FileProblem as refused:
            raise UserError(task.get_sentence(refused.problem)) from None
        width = len(sheet.header) - len(OWN_COLUMNS)
        self.record, self.env = task.record, task.env
        self.header, self.delimiter = sheet.header[:width], sheet.delimiter
        #: line -> cells, in file order
        self.cells = {
            int(row.cells[width]): row.cells[:width] + row.cells[width + 2 :]
            for row in sheet.rows()
        }
        #: line -> what was typed, see ``client.import.corrections``
        self.typed = {
            line: correction
            for line, correction in record._get_corrections().items()
            if line in self.cells
        }

    # Cells

    def get_keys(self, count):
        """:return: list of the keys of so many columns"""
        width = len(self.header)
        return [str(i) if i < width else f"+{i - width}" for i in range(count)]

    def get_cells(self, line, typed=None):
        """:param line: int
        :param typed: dict: key -> text; None for what is stored
        :return: tuple of the cells of a row, as corrected"""
        cells = self.cells[line]
        if typed is None:
            typed = self.typed.get(line, {}).get("cells")
        if not typed:
            return cells
        keys = self.get_keys(len(cells))
        return tuple(typed.get(k, cell) for k, cell in zip(keys, cells, strict=True))

    def get_reference(self, line, typed=None):
        """:return: str, the reference of a row, as corrected"""
        place = next(t.index for t in self.targets if t.key == "reference")
        return reference_of(self.get_cells(line, typed)[place])

    def get_version(self, line):
        """:return: str that changes whenever somebody changes the row"""
        if correction := self.typed.get(line):
            return correction["version"]
        return str(self.record.ended_at or "")

    def set_typed(self, line, cells):
        """Note what was typed over the cells of a row; equal texts are none.

        :param line: int
        :param cells: dict: key -> text
        :return: str, the reference of the row as it was corrected before, or empty
        """
        before = self.typed.pop(line, {}).get("reference", "")
        old = self.cells[line]
        known = dict(zip(self.get_keys(len(old)), map(text_of, old), strict=True))
        typed = {k: text for k, text in cells.items() if text_of(text) != known[k]}
        if typed:
            self.typed[line] = {
                "cells": typed,
                "reference": self.get_reference(line, typed),
                "version": secrets.token_hex(4),
            }
        return before

    def make_file(self, lines):
        """:return: bytes of a file with these rows, as corrected"""
        rows = (
            (self.get_cells(line), line, "") for line in self.cells if line in lines
        )
        return b"".join(write_rejects(self.header, rows, (), self.delimiter))

    # Shown

    def get_columns(self):
        """:return: dict with ``columns`` (list of dict with ``key``, ``header``,
        ``list`` and ``is_key``) and ``choices`` (name of a list -> pairs of a word and
        its label)"""
        known = self.env["client.import.columns"]
        lists = known._get_list_columns(self.record)
        names = {fold_header(target["header"]): name for name, target in lists.items()}
        targets = {target.index: target for target in self.targets}
        columns = [
            {
                "header": text_of(header),
                "list": names.get(fold_header(header), False),
                "is_key": targets[index].key in IDENTIFYING,
            }
            for index, header in enumerate(self.header)
        ]
        count = max(map(len, self.cells.values()), default=0)
        beyond = {"header": "", "list": False, "is_key": False}
        columns += [dict(beyond) for _ in range(count - len(columns))]
        for key, column in zip(self.get_keys(count), columns, strict=True):
            column["key"] = key
        return {
            "columns": columns,
            "choices": known._get_list_choices(self.record, lists),
        }

    def get_rows(self, lines):
        """What the page shows of some rows.

        :param lines: lines of rejected rows
        :return: list of dict with ``line``, ``version``, ``cells`` (texts), ``typed``
            (key -> text), ``outcome`` (what the import of the corrected row would do,
            False for one that nobody has corrected) and ``messages`` (dicts with
            ``text``, ``keys`` of columns and ``is_warning``)
        """
        corrected = [line for line in lines if line in self.typed]
        outcomes, messages = self._check(corrected)
        messages |= self._get_stored([line for line in lines if line not in self.typed])
        return [
            {
                "line": line,
                "version": self.get_version(line),
                "cells": [text_of(cell) for cell in self.get_cells(line)],
                "typed": self.typed.get(line, {}).get("cells", {}),
                "outcome": outcomes.get(line, False),
                "messages": messages.get(line, []),
            }
            for line in lines
        ]

    def get_together(self, lines, references=()):
        """The rows that are checked along with some others: a reference that stands on
        several corrected rows counts for all of them.

        :param lines: lines of rows
        :param references: references that some rows had before
        :return: list of the lines, in file order
        """
        own = {self.typed[line]["reference"] for line in lines if line in self.typed}
        shared = own.union(references) - {""}
        return [
            line
            for line in self.cells
            if line in lines or self.typed.get(line, {}).get("reference") in shared
        ]

    # Check

    def _check(self, lines):
        """Plan corrected rows, and nothing else.

        :param lines: list of their lines
        :return: pair of dicts: line -> kind of outcome, line -> messages
        """
        if not lines:
            return {}, {}
        together = self.get_together(lines)
        task = CheckCorrections(self.record, self.make_file(set(together)), together)
        found = task.look()
        if task.problem:
            message = {"text": task.get_sentence(task.problem), "keys": []}
            message["is_warning"] = False
            return (
                dict.fromkeys(lines, "reject"),
                {line: [message] for line in lines},
            )
        problems = [problem for o in found.values() for problem in o.problems]
        kinds = {line: outcome.kind for line, outcome in found.items()}
        return kinds, self._get_messages(self._make_problems(problems))

    def _make_problems(self, problems):
        """:return: new ``client.import.problem`` records, which are not stored"""
        model = self.env["client.import.problem"]
        values = [model._prepare_problem(self.record, problem) for problem in problems]
        return model.concat(*map(model.new, values))

    def _get_stored(self, lines):
        """:return: dict: line -> messages of the rows that nobody has corrected"""
        if not lines:
            return {}
        domain = [("import_id", "=", self.record.id), ("line", "in", lines)]
        return self._get_messages(self.env["client.import.problem"].search(domain))

    def _get_messages(self, problems):
        """:return: dict: line -> list of dict, the sentences of the problems"""
        hidden = problems._get_hidden_ids()
        sentences = problems._get_messages(
            [
                (problem.code, problem._get_message_params(hidden))
                for problem in problems
            ]
        )
        found = {}
        for problem, sentence in zip(problems, sentences, strict=True):
            message = {"text": sentence, "is_warning": problem.is_warning}
            message["keys"] = self._get_places(problem)
            found.setdefault(problem.line, []).append(message)
        return found

    def _get_places(self, problem):
        """:return: list of the keys of the columns that a problem is about"""
        if problem.code == EXTRA_CELLS:
            count = len(self.cells.get(problem.line, ()))
            return self.get_keys(count)[len(self.header) :]
        header = fold_header(problem.column or "")
        return [
            str(index)
            for index, text in enumerate(self.header)
            if header and fold_header(text) == header
        ]
