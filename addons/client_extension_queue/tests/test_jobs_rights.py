from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import ROWS, JobsCase


@tagged("post_install", "-at_install")
class TestJobsRights(JobsCase):
    """Who sees and does what, for which company."""

    def test_an_importer_needs_no_right_on_jobs(self):
        self.assertFalse(self.importer.has_group("queue_job.group_queue_job_manager"))
        self.assertFalse(
            self.env["queue.job"].with_user(self.importer).has_access("read")
        )
        record = self.make(ROWS)
        record.enqueue()
        job = self.env["queue.job"].search([("user_id", "=", self.importer.id)])
        self.assertEqual((job.method_name, job.state), ("_job_share_out", "pending"))
        self.assertEqual(job.channel, "root.client_import")

    def test_chunks_are_read_by_whose_import_it_is(self):
        record, trap = self.enqueue(ROWS)
        self.perform(trap)
        other = new_test_user(
            self.env, "clients_other", "client_extension.group_client_importer"
        )
        found = [("import_id", "=", record.id)]
        chunks = self.env["client.import.chunk"]
        for user, count in (
            (self.importer, 3),
            (self.users["manager"], 3),
            (other, 0),
        ):
            self.assertEqual(chunks.with_user(user).search_count(found), count)
        for name in ("user", "employee", "portal"):
            with self.subTest(name), self.assertRaises(AccessError):
                chunks.with_user(self.users[name]).search(found)
        mine = chunks.with_user(self.importer).search(found)
        for values in ({"is_done": True}, {"counts": {"created_count": 9}}):
            with self.assertRaises(AccessError):
                mine.write(values)
        with self.assertRaises(AccessError):
            mine.read(["rows"])
        with self.assertRaises(AccessError):
            record.write({"in_jobs": False})

    def test_chunks_of_another_company(self):
        record, trap = self.enqueue(ROWS)
        self.perform(trap)
        stranger = new_test_user(
            self.env,
            "clients_stranger",
            "client_extension.group_client_manager",
            company_id=(company := self.make_company()).id,
            company_ids=[(6, 0, company.ids)],
        )
        chunks = self.env["client.import.chunk"].with_user(stranger)
        self.assertFalse(chunks.search([("import_id", "=", record.id)]))

    def test_a_context_does_not_count_on_the_chunk_of_somebody_else(self):
        record, trap = self.enqueue(ROWS)
        self.perform(trap)
        chunk = record.sudo().chunk_ids[:1]
        other = new_test_user(
            self.env, "clients_other", "client_extension.group_client_importer"
        )
        mine = self.make("reference;name\nK1;One\n", user=other)
        mine.with_context(client_import_chunk_id=chunk.id).check()
        self.assertEqual(mine.created_count, 1)
        self.assertFalse(chunk.counts)

    def test_a_user_who_lost_the_right(self):
        for before in ("cut", "chunk"):
            with self.subTest(before):
                record, trap = self.enqueue(ROWS)
                if before == "chunk":
                    trap = self.perform(trap)
                group = self.env.ref("client_extension.group_client_importer")
                self.importer.group_ids -= group
                self.env.invalidate_all()
                self.perform(trap)
                self.assertEqual(record.sudo().state, "failed")
                self.assertEqual(record.sudo().problem_ids.code, "apply_access")
                self.assertFalse(self.client("J000"))
                self.importer.group_ids += group
