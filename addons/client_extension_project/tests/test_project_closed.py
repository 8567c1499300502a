from odoo.tests import tagged

from odoo.addons.client_extension.tests import common_closed


@tagged("post_install", "-at_install")
class TestProjectClosed(common_closed.ClosedUnitCase):
    """Projects and tasks of clients of closed units."""

    groups = "project.group_project_user"
    reports = ("report.project.task.user",)
    allow_inherited_tests_method = True

    @classmethod
    def make_documents(cls, client):
        # Where Sales is installed, only billable projects have a customer.
        projects = cls.env["project.project"].with_context(default_allow_billable=True)
        project = projects.create(
            {
                "name": "Trip to Rome",
                "partner_id": client.id,
                "privacy_visibility": "employees",
            }
        )
        task = cls.env["project.task"].create(
            {"name": "Book", "project_id": project.id, "partner_id": client.id}
        )
        cls.env.flush_all()
        report = cls.env["report.project.task.user"]
        return [project, task, report.search([("task_id", "=", task.id)])]

    def test_a_task_without_a_client_stays(self):
        self.close()
        task = self.env["project.task"].create(
            {"name": "Tidy up", "user_ids": self.outsider.ids}
        )
        self.assertTrue(self.sees(self.outsider, task))
