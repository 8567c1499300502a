import base64
from contextlib import suppress

from odoo.tests import tagged

from odoo.addons.client_extension.models.imports.engine.run import Run

from .common import ROWS, JobsCase, Killed

#: rows of one reference far apart, in another order than their numbers would give
REPEATED = ROWS + "J003;Third\nJ024;Last\nJ003;Third again\nJ000;\n"
MIXED = (
    "reference;name;email;category;Test badge\n"
    + "".join(f"M{i:03};Client {i};a{i}@example.com;Test VIP;\n" for i in range(12))
    + ";Nobody;;Refused only;\nM012;Bad;not an address;Refused only;x\n"
    + "M013;New;;Fresh;red\nM014;New;;fresh,Test VIP;blue\n"
    + "".join(f"M{i:03};Client {i};;Fresh;green\n" for i in range(15, 30))
    + "M003;Again;;;\n"
)


@tagged("post_install", "-at_install")
class TestJobs(JobsCase):
    """A long file is cut, each chunk is a job, and the end is that of the cron."""

    def test_each_chunk_is_a_job_of_the_user_who_imports(self):
        record, trap = self.enqueue(ROWS)
        self.assertEqual((record.state, record.in_jobs), ("queued", True))
        trap.assert_jobs_count(1)
        trap = self.perform(trap)
        trap.assert_jobs_count(3)
        self.assertEqual((record.state, record.rows_done), ("running", 0))
        self.assertEqual(record.chunk_ids.mapped("row_count"), [10, 10, 5])
        for job in trap.enqueued_jobs:
            self.assertEqual(job.user_id, self.importer.id)
            self.assertEqual(job.channel, "root.client_import")
            companies = job.recordset.env.context["allowed_company_ids"]
            self.assertEqual(companies, self.company.ids)
            self.assertIn("test.csv", job.description)
        trap.enqueued_jobs[1].perform()
        self.assertEqual((record.rows_done, record.progress), (10, 40.0))
        self.assertEqual(self.client("J010").create_uid, self.importer)
        self.perform(trap)
        self.assertEqual(record.state, "done")
        self.assertEqual(self.counts(record), (25, 0, 0, 0, 0))

    def test_jobs_end_as_a_run_does(self):
        for mode in ("create", "create_skip", "update", "update_skip", "create_update"):
            with self.subTest(mode):
                ends = []
                for way in (self.run_import, self.run_jobs):
                    point = self.env.cr.savepoint()
                    ends.append(self.end(way(MIXED, mode=mode)))
                    point.rollback()
                    self.env.invalidate_all()
                self.assertEqual(*ends)

    def end(self, record):
        """:return: dict, all that the file has brought about"""
        clients = self.client("M000") + self.env["res.partner"].search(
            [("ref", "=like", "M%")], order="ref"
        )
        categories = self.env["res.partner.category"].search(
            [("name", "in", ("Fresh", "fresh", "Refused only"))]
        )
        return {
            "state": record.state,
            "counts": self.counts(record),
            "codes": self.codes(record),
            "rejects": base64.b64decode(record.rejects_file or b""),
            "clients": [
                (c.ref, c.name, c.email, c.category_id.mapped("name")) for c in clients
            ],
            "badges": [
                list((c.client_properties._values or {}).values()) for c in clients
            ],
            "categories": [name.lower() for name in categories.mapped("name")],
        }

    def test_rows_of_one_reference_act_in_file_order(self):
        record = self.run_jobs(REPEATED)
        self.assertEqual(self.counts(record), (25, 3, 1, 0, 0))
        self.assertEqual(self.client("J003").name, "Third again")
        self.assertEqual(self.client("J024").name, "Last")
        self.assertEqual(self.client("J000").name, "Client 0")

    def test_rows_of_a_former_reference_act_in_file_order_too(self):
        former = {"partner_id": self.school.id, "reference": "OLD-1"}
        self.env["client.former.reference"].create(former)
        text = ROWS.replace("J000", self.school.ref).replace("J001", "OLD-1")
        record = self.run_jobs(text)
        self.assertEqual(self.counts(record), (23, 2, 0, 0, 0))
        self.assertEqual(self.school.name, "Client 1")

    def test_the_first_line_of_a_repeated_reference_is_named(self):
        record = self.run_jobs(REPEATED, mode="create")
        self.assertEqual(
            self.codes(record), [(line, "match_repeated") for line in range(27, 31)]
        )
        self.assertIn("5", record.problem_ids[0].message)

    def test_a_job_that_runs_again_does_nothing(self):
        record, trap = self.enqueue(ROWS)
        jobs = list(trap.enqueued_jobs)
        trap = self.perform(trap)
        jobs += trap.enqueued_jobs
        for job in jobs[1:-1]:
            job.perform()
        for job in jobs[:-1]:
            job.perform()
        self.assertEqual((record.state, record.rows_done), ("running", 20))
        self.assertEqual(self.counts(record), (20, 0, 0, 0, 0))
        jobs[-1].perform()
        for job in jobs:
            job.perform()
        self.assertEqual(self.counts(record), (25, 0, 0, 0, 0))

    def test_a_killed_job_has_done_nothing_and_comes_again(self):
        record, trap = self.enqueue(ROWS)
        trap = self.perform(trap)
        do, calls = Run.do, []

        def killed(self, context, rows):
            result = do(self, context, rows)
            calls.append(rows)
            if len(calls) == 2:
                raise Killed
            return result

        self.patch(Run, "do", killed)
        with suppress(Killed):
            trap.enqueued_jobs[0].perform()
        self.assertFalse(self.client("J000"))
        self.assertFalse(any(record.chunk_ids.mapped("is_done")))
        # What was lost is left to another job: those that wait go first.
        self.perform(self.perform(trap))
        self.assertEqual(self.counts(record), (25, 0, 0, 0, 0))
        self.assertEqual(len(self.client("J000")), 1)

    def test_killed_before_it_was_counted(self):
        record, trap = self.enqueue(ROWS)
        trap = self.perform(trap)
        model = type(self.env["client.import"])
        add_up = model._add_up
        with suppress(Killed):
            self.patch(model, "_add_up", _kill)
            trap.enqueued_jobs[0].perform()
        self.assertEqual((record.rows_done, len(self.client("J000"))), (0, 1))
        self.patch(model, "_add_up", add_up)
        self.perform(trap)
        self.assertEqual(self.counts(record), (25, 0, 0, 0, 0))
        self.assertEqual(record.state, "done")

    def test_a_file_that_is_cut_twice_is_cut_once(self):
        record, trap = self.enqueue(ROWS)
        cutting = trap.enqueued_jobs[0]
        trap = self.perform(trap)
        self.trapped(cutting.perform).assert_jobs_count(0)
        self.assertEqual(len(record.chunk_ids), 3)

    def test_what_a_check_found_still_counts(self):
        record = self.make(ROWS)
        record.check()
        self.Partner.create({"name": "Faster", "ref": "J011"})
        trap = self.trapped(record.enqueue)
        while trap.enqueued_jobs:
            trap = self.perform(trap)
        self.assertEqual(self.codes(record), [(13, "match_changed")])
        self.assertEqual(self.counts(record), (24, 0, 0, 0, 1))

    def test_an_import_in_jobs_can_be_undone(self):
        count = self.Partner.with_context(active_test=False).search_count([])
        record = self.run_jobs(REPEATED)
        self.env["ir.config_parameter"].set_param("client_extension.import_limit", 500)
        record.undo()
        self.assertEqual(record.state, "undone")
        after = self.Partner.with_context(active_test=False).search_count([])
        self.assertEqual(after, count)

    def test_a_short_file_is_left_to_the_cron(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("client_extension_queue.limit", 25)
        record, trap = self.enqueue(ROWS)
        trap.assert_jobs_count(0)
        self.assertEqual((record.state, record.in_jobs), ("queued", False))


def _kill(record, *args):
    raise Killed
