import base64

import psycopg2

from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.imports.engine.run import Run
from ...tools.halves import in_halves
from ..common_undo import UndoCase

ROWS = "reference;name;email\nTK1;One;\nTK2;Two;bad\nTK3;Three;\n"


class Noting(Run):
    """Records the lines of the rows that it imports."""

    seen = []

    def do(self, context, rows):
        self.seen.extend(row.line for row, _reference in rows)
        return super().do(context, rows)


@tagged("post_install", "-at_install")
class TestImportTask(UndoCase):
    """What goes on is said by one field, and done by a class that a bridge may give."""

    def test_nothing_goes_on_when_an_action_is_over(self):
        record = self.make(ROWS)
        for action, state, total in (
            (record.check, "checked", 3),
            (record.run, "done_with_problems", 3),
            (lambda: record.correct(self.corrected(record)), "done", 1),
            (record.undo, "undone", 3),
        ):
            action()
            self.assertEqual((record.state, record.task), (state, False))
            self.assertFalse(record.actor_id)
            self.assertEqual((record.task_done, record.task_total), (total, total))

    def corrected(self, record):
        rejects = base64.b64decode(record.rejects_file)
        return base64.b64encode(rejects.replace(b"bad", b""))

    def test_an_undo_cannot_be_stopped(self):
        record = self.run_import(ROWS)
        record._begin_task("undo", 2)
        with self.assertRaises(UserError):
            record.cancel()
        self.assertEqual((record.task, record.actor_id), ("undo", self.importer))

    def test_a_bridge_gives_a_class_of_its_own(self):
        model = type(self.env["client.import"])

        def get_class(record, task):
            return Noting if task == "run" else get(record, task)

        get = model._get_task_class
        self.patch(model, "_get_task_class", get_class)
        self.patch(Noting, "seen", [])
        record = self.make(ROWS)
        record.check()
        self.assertEqual(Noting.seen, [])
        record.run()
        self.assertEqual(Noting.seen, [2, 3, 4])
        self.assertEqual(self.counts(record), (2, 0, 0, 0, 1))

    def test_halves_name_each_that_is_refused(self):
        def double(numbers):
            if {3, 4} & {*numbers}:
                raise ZeroDivisionError(numbers)
            return [2 * number for number in numbers]

        found = list(in_halves(self.env.cr, [1, 2, 3, 4, 5, 6, 7], double))
        done = [number for part, _result, _error in found for number in part]
        self.assertEqual(done, [*range(1, 8)])
        self.assertEqual([part for part, _r, error in found if error], [[3], [4]])
        self.assertEqual(
            [result for _p, result, error in found if not error],
            [[2], [4], [10], [12, 14]],
        )
        self.assertEqual(list(in_halves(self.env.cr, [], double)), [])

    def test_halves_leave_what_may_succeed_to_whoever_tries_again(self):
        def late(numbers):
            raise psycopg2.OperationalError("lost")

        with self.assertRaises(psycopg2.OperationalError):
            list(in_halves(self.env.cr, [1, 2], late))
