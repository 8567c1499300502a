import base64

from odoo.tests import tagged

from .common import ROWS, JobsCase

#: every second row lacks its name
HALF = "reference;name\n" + "".join(
    f"H{i:03};{'' if i % 2 else f'Client {i}'}\n" for i in range(40)
)


@tagged("post_install", "-at_install")
class TestJobsCorrect(JobsCase):
    """Rejected rows that come back corrected, in jobs as well."""

    def start(self):
        """:return: pair: the import whose corrected rows wait, their ``JobsTrap``"""
        record = self.run_jobs(HALF)
        self.assertEqual(self.counts(record), (20, 0, 0, 0, 20))
        text = base64.b64decode(record.rejects_file).decode("utf-8-sig")
        corrected = text.replace(";;", ";Corrected;").replace("H001;Corrected", "H001;")
        trap = self.trapped(record.correct, base64.b64encode(corrected.encode()))
        self.assertEqual((record.state, record.in_jobs), ("queued", True))
        return record, self.perform(trap)

    def test_corrected_rows_count_as_rows_of_the_same_import(self):
        record, trap = self.start()
        self.assertEqual(record.chunk_ids.mapped("row_count"), [10, 10])
        self.perform(trap)
        self.assertEqual(self.counts(record), (39, 0, 0, 0, 1))
        self.assertEqual((record.row_count, record.rows_done), (40, 40))
        self.assertEqual(record.state, "done_with_problems")
        self.assertFalse(record.task)
        self.assertEqual(self.codes(record), [(3, "row_no_name")])
        self.assertIn(b"H001", base64.b64decode(record.rejects_file))
        self.assertFalse(record.chunk_ids)

    def test_corrected_rows_that_are_stopped(self):
        record, trap = self.start()
        trap.enqueued_jobs[1].perform()
        record.cancel()
        self.assertEqual(record.state, "done_with_problems")
        self.assertFalse(record.task)
        self.assertEqual(self.counts(record), (30, 0, 0, 0, 10))
        self.perform(trap)
        self.assertEqual(self.counts(record), (30, 0, 0, 0, 10))
        rejected = base64.b64decode(record.rejects_file)
        self.assertIn(b"H003", rejected)
        self.assertNotIn(b"H039", rejected)

    def test_a_normal_import_forgets_nothing_of_that(self):
        record = self.run_jobs(ROWS)
        self.assertEqual((record.task_done, record.task_total), (25, 25))
