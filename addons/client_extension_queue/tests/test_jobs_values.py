from odoo.tests import tagged

from .common import JobsCase

ROWS = "reference;name;status\n" + "".join(
    f"W{i:03};Client {i};{('warm', 'cold', 'client')[i % 3]}\n" for i in range(30)
)


@tagged("post_install", "-at_install")
class TestJobsValues(JobsCase):
    """Words that no list has, and what they mean, in jobs as well."""

    def test_words_are_asked_after_the_jobs_and_answered_in_jobs(self):
        record = self.run_jobs(ROWS)
        self.assertEqual(self.counts(record), (10, 0, 0, 0, 20))
        asked = {n["word"]: n["count"] for n in record.unknown_values}
        self.assertEqual(asked, {"warm": 10, "cold": 10})
        record.value_answers = {"status": {"warm": "prospect", "cold": ""}}
        trap = self.trapped(record.import_rejected)
        self.assertEqual((record.state, record.in_jobs), ("queued", True))
        while trap.enqueued_jobs:
            trap = self.perform(trap)
        self.assertEqual(
            (record.state, self.counts(record)), ("done", (30, 0, 0, 0, 0))
        )
        self.assertEqual(self.client("W000").client_status, "prospect")
        self.assertEqual(self.client("W001").client_status, "client")
