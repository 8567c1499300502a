from datetime import datetime

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import new_test_user, tagged

from odoo.addons.client_extension.tests import common_bridge


@tagged("post_install", "-at_install")
class TestProjectBridge(common_bridge.BridgeCase):
    """Projects and tasks, as a user of the Project app."""

    sections = ("project",)
    sources = ("project", "task")
    blocks = 2
    groups = "project.group_project_user"
    allow_inherited_tests_method = True
    # the names of the users who created them: users, and their partners
    timeline_more_queries = 2

    @classmethod
    def make_documents(cls, client):
        project = cls.project(client)
        today = datetime.combine(client._client_status_date(), datetime.min.time())
        for days in (-3, 0, 4):
            deadline = today + relativedelta(days=days, hours=12)
            cls.task(project, date_deadline=deadline, allocated_hours=8)
        cls.task(project)
        done = cls.task(project, state="1_done", allocated_hours=3)
        if "effective_hours" in done._fields:
            cls.env["account.analytic.line"].create(
                {
                    "name": "Drive",
                    "project_id": project.id,
                    "task_id": done.id,
                    "unit_amount": 2.5,
                    "employee_id": cls.employee().id,
                }
            )

    @classmethod
    def employee(cls):
        return cls.env["hr.employee"].search([], limit=1) or cls.env[
            "hr.employee"
        ].create({"name": "Guide"})

    @classmethod
    def project(cls, client, **values):
        # Where Sales is installed, only billable projects have a customer.
        projects = cls.env["project.project"].with_context(default_allow_billable=True)
        return projects.create(
            {
                "name": "Trip to Rome",
                "partner_id": client.id,
                "privacy_visibility": "employees",
                **values,
            }
        )

    @classmethod
    def task(cls, project, **values):
        return cls.env["project.task"].create(
            {"name": "Book rooms", "project_id": project.id, **values}
        )

    def figures(self, client, **context):
        client = self.as_reader(client).with_context(**context)
        values = client._read_client_figures()[client.id]
        return {
            key: value
            for (section, key), value in values.items()
            if section == "project"
        }

    def test_open_tasks_are_late_to_do_or_upcoming(self):
        shown = self.figures(self.family)
        counts = {key: value["count"] for key, value in shown.items()}
        self.assertEqual(counts["projects"], 1)
        self.assertEqual(
            (counts["late"], counts["todo"], counts["upcoming"]), (1, 2, 1)
        )
        late = self.family._client_status_date() - relativedelta(days=3)
        self.assertEqual(shown["late"]["oldest"], late)

    def test_hours_are_those_of_all_tasks(self):
        shown = self.figures(self.family)
        self.assertEqual(shown["planned"]["amount"], 27)
        section = self.overview(self.family)["project"]
        texts = {figure["key"]: figure["text"] for figure in section["figures"]}
        self.assertEqual(texts["planned"], "27:00")
        if "effective_hours" in self.env["project.task"]._fields:
            self.assertEqual(shown["spent"]["amount"], 2.5)
            self.assertEqual(texts["spent"], "02:30")

    def test_hours_spent_need_timesheets(self):
        keys = {figure.key for figure in self.declared_figures()}
        task = self.env["project.task"]
        self.assertEqual("spent" in keys, "effective_hours" in task._fields)

    def test_templates_and_private_tasks_do_not_count(self):
        before = self.figures(self.family)
        template = self.project(self.family, is_template=True)
        self.task(template, partner_id=self.family.id, allocated_hours=5)
        [project] = self.family.project_ids - template
        above = self.task(project, is_template=True, allocated_hours=5)
        tasks = above
        for _level in range(4):
            tasks |= self.task(project, parent_id=tasks[-1].id, allocated_hours=5)
        tasks.partner_id = self.family
        self.env["project.task"].create(
            {
                "name": "My own",
                "partner_id": self.family.id,
                "project_id": False,
                "user_ids": self.reader.ids,
            }
        )
        self.assertEqual(self.figures(self.family), before)

    def test_tasks_are_found_by_whether_they_belong_to_a_template(self):
        [project] = self.family.project_ids
        above = self.task(project, is_template=True)
        below = self.task(project, parent_id=above.id)
        other = self.task(project)
        tasks = above | below | other
        self.assertEqual(tasks.mapped("client_in_template"), [True, True, False])
        mine = Domain("id", "in", tasks.ids)
        for operator, value, expected in (
            ("=", True, above | below),
            ("=", False, other),
            ("!=", True, other),
            ("in", [True, False], tasks),
        ):
            domain = Domain("client_in_template", operator, value)
            self.assertEqual(tasks.search(mine & domain, order="id"), expected)
            self.assertEqual(tasks.filtered_domain(domain), expected)

    def test_tasks_of_all_companies_count_those_of_another_do_not(self):
        before = self.figures(self.family)
        other = self.make_company()
        project = self.project(self.family, company_id=other.id)
        self.task(project, allocated_hours=7)
        self.reader.company_ids += other
        allowed = (self.company | other).ids
        figures = self.figures(self.family, allowed_company_ids=allowed)
        self.assertEqual(figures, before)

    @freeze_time("2026-06-10 23:30:00")
    def test_days_are_those_of_the_user(self):
        client = self.Partner.create({"name": "Night owl", "client_status": "client"})
        project = self.project(client)
        # Seven in the evening of the 10th in Paris: one day ago there, today in UTC.
        self.task(project, date_deadline="2026-06-10 17:00:00")
        self.task(project, date_deadline="2026-06-11 17:00:00")
        for zone, expected in (("UTC", (0, 1, 1)), ("Europe/Paris", (1, 1, 0))):
            shown = self.figures(client, tz=zone)
            counts = tuple(shown[key]["count"] for key in ("late", "todo", "upcoming"))
            self.assertEqual(counts, expected, zone)

    def test_new_task_is_in_the_latest_project_of_the_client(self):
        project = self.project(self.contact)
        action = self.as_reader(self.school).action_client_new_task()
        self.assertEqual(action["res_model"], "project.task")
        tasks = self.env["project.task"].with_user(self.reader)
        task = tasks.with_context(**action["context"]).create({"name": "Call the bus"})
        self.assertEqual(task.project_id, project)
        self.assertEqual(task.partner_id, self.school)

    def test_without_a_project_who_may_create_one_starts_there(self):
        client = self.Partner.create({"name": "New", "client_status": "prospect"})
        action = self.as_reader(client).action_client_new_task()
        self.assertEqual(action["res_model"], "project.task")
        manager = new_test_user(
            self.env,
            login="bridge_project_manager",
            groups="project.group_project_manager,client_extension.group_client_user",
        )
        action = client.with_user(manager).action_client_new_task()
        self.assertEqual(action["res_model"], "project.project")
        projects = self.env["project.project"].with_user(manager)
        project = projects.with_context(**action["context"]).create({"name": "Trip"})
        self.assertEqual(project.partner_id, client)

    def test_new_task_needs_a_right_of_the_clients_app(self):
        user = new_test_user(
            self.env, login="bridge_project_only", groups="project.group_project_user"
        )
        with self.assertRaises(AccessError):
            self.family.with_user(user).action_client_new_task()
