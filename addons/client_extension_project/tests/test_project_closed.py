import unittest

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
        collaborator = cls.env["project.collaborator"].create(
            {"project_id": project.id, "partner_id": client.id}
        )
        rating = cls.env["rating.rating"].create(
            {
                "res_model_id": cls.env["ir.model"]._get_id("project.task"),
                "res_id": task.id,
                "partner_id": client.id,
                "rating": 5,
            }
        )
        cls.env.flush_all()
        report = cls.env["report.project.task.user"]
        report = report.search([("task_id", "=", task.id)])
        return [project, task, collaborator, rating, report]

    def test_the_burndown_chart_counts_no_task_of_theirs(self):
        project, task, *_others = self.hidden[self.client]
        stage = self.env["project.task.type"].create({"name": "New"})
        project.type_ids = stage
        task.stage_id = stage
        self.env.flush_all()
        # As the rows of this chart have no ids that last, it is only ever grouped.
        chart = self.env["project.task.burndown.chart.report"].with_user(self.outsider)
        asked = [("project_id", "=", project.id)], ["date:month", "stage_id"]
        self.assertTrue(chart.formatted_read_group(*asked, ["__count"]))
        self.close()
        self.assertFalse(chart.formatted_read_group(*asked, ["__count"]))

    def test_a_task_without_a_client_stays(self):
        self.close()
        task = self.env["project.task"].create(
            {"name": "Tidy up", "user_ids": self.outsider.ids}
        )
        self.assertTrue(self.sees(self.outsider, task))


@tagged("post_install", "-at_install")
class TestTimesheetClosed(common_closed.ClosedUnitCase):
    """Timesheets of clients of closed units, where they are installed."""

    groups = "project.group_project_user"
    reports = ("timesheets.analysis.report",)
    allow_inherited_tests_method = True

    @classmethod
    def make_documents(cls, client):
        if "timesheets.analysis.report" not in cls.env:
            raise unittest.SkipTest("timesheets are not installed")
        approver = cls.env.ref("hr_timesheet.group_hr_timesheet_approver")
        for user in (cls.outsider, cls.member, cls.accountant):
            user.group_ids += approver
        projects = cls.env["project.project"].with_context(default_allow_billable=True)
        project = projects.create(
            {
                "name": "Trip to Rome",
                "partner_id": client.id,
                "privacy_visibility": "employees",
                "allow_timesheets": True,
            }
        )
        employee = cls.env["hr.employee"].create({"name": "Ann"})
        line = cls.env["account.analytic.line"].create(
            {"name": "Book", "project_id": project.id, "employee_id": employee.id}
        )
        cls.env.flush_all()
        report = cls.env["timesheets.analysis.report"]
        return [line, report.search([("project_id", "=", project.id)])]
