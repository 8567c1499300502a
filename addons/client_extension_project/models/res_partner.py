from odoo import api, models

from odoo.addons.client_extension.tools.client_figure import (
    ClientFigure,
    ClientSection,
    ClientSheetList,
    ClientTimelineSource,
)

PROJECT_USERS = "project.group_project_user"
PROJECTS = [("is_template", "=", False)]
# No private tasks, and no templates.
TASKS = [
    ("project_id", "!=", False),
    ("project_id.is_template", "=", False),
    ("client_in_template", "=", False),
]
OPEN = [*TASKS, ("is_closed", "=", False)]


class ResPartner(models.Model):
    """Projects, tasks and hours on the overview and the timeline of a client."""

    _inherit = "res.partner"

    @api.model
    def _get_client_sections(self):
        return [
            *super()._get_client_sections(),
            ClientSection(
                key="project",
                label=self.env._("Projects"),
                icon="fa-puzzle-piece",
                sequence=50,
                model="project.task",
                new="action_client_new_task",
                groups=PROJECT_USERS,
            ),
        ]

    @api.model
    def _get_client_figures(self):
        return [
            *super()._get_client_figures(),
            ClientFigure(
                section="project",
                key="projects",
                label=self.env._("Projects"),
                model="project.project",
                domain=[*self._get_client_project_company_domain(), *PROJECTS],
                action="project.open_view_project_all",
                groups=PROJECT_USERS,
            ),
            *self._get_client_task_figures(),
            *self._get_client_hour_figures(),
        ]

    @api.model
    def _get_client_task_figures(self):
        """Open tasks by their deadline, in days of the user's time zone: every open
        task is in one of the three.

        :return: list of :class:`ClientFigure`
        """
        opened = [*self._get_client_project_company_domain(), *OPEN]
        declared = {
            "section": "project",
            "model": "project.task",
            "action": "project.action_view_task",
            "groups": PROJECT_USERS,
        }
        return [
            ClientFigure(
                key="late",
                label=self.env._("Late Tasks"),
                domain=[*opened, ("date_deadline", "<", "today")],
                tone="danger",
                oldest="date_deadline",
                **declared,
            ),
            ClientFigure(
                key="todo",
                label=self.env._("Tasks to Do"),
                domain=[
                    *opened,
                    *("|", ("date_deadline", "=", False)),
                    *("&", ("date_deadline", ">=", "today")),
                    ("date_deadline", "<", "today +1d"),
                ],
                **declared,
            ),
            ClientFigure(
                key="upcoming",
                label=self.env._("Upcoming Tasks"),
                domain=[*opened, ("date_deadline", ">=", "today +1d")],
                oldest="date_deadline",
                **declared,
            ),
        ]

    @api.model
    def _get_client_hour_figures(self):
        """Hours of all tasks, done ones included: what was planned for them and, where
        timesheets are kept, what was spent.

        :return: list of :class:`ClientFigure`
        """
        declared = {
            "section": "project",
            "model": "project.task",
            "domain": [*self._get_client_project_company_domain(), *TASKS],
            "unit": "hours",
            "groups": PROJECT_USERS,
        }
        planned = ClientFigure(
            key="planned",
            label=self.env._("Hours Planned"),
            measure="allocated_hours:sum",
            action="client_extension_project.project_task_planned_action",
            **declared,
        )
        if "effective_hours" not in self.env["project.task"]._fields:
            return [planned]
        spent = ClientFigure(
            key="spent",
            label=self.env._("Hours Spent"),
            measure="effective_hours:sum",
            action="project.action_view_task",
            **declared,
        )
        return [planned, spent]

    @api.model
    def _get_client_project_company_domain(self):
        """:return: list, a domain: projects and tasks may belong to all companies"""
        return ["|", ("company_id", "=", False), *self._get_client_company_domain()]

    @api.model
    def _get_client_neutral_modules(self):
        # Replaces a field by which figures are not grouped.
        project_task = "odoo.addons.project.models.project_task"
        return (*super()._get_client_neutral_modules(), project_task)

    @api.model
    def _get_client_sheet_lists(self):
        return [
            *super()._get_client_sheet_lists(),
            ClientSheetList(
                ("project", "late"),
                ("name", "project_id", "date_deadline"),
                order="date_deadline, id",
            ),
            ClientSheetList(
                ("project", "todo"), ("name", "project_id", "date_deadline")
            ),
        ]

    @api.model
    def _get_client_timeline_sources(self):
        return [
            *super()._get_client_timeline_sources(),
            ClientTimelineSource(
                key="project",
                label=self.env._("Projects"),
                icon="fa-puzzle-piece",
                model="project.project",
                date_field="create_date",
                domain=PROJECTS,
                title_field="name",
                groups=PROJECT_USERS,
            ),
            ClientTimelineSource(
                key="task",
                label=self.env._("Tasks"),
                icon="fa-tasks",
                model="project.task",
                date_field="create_date",
                domain=TASKS,
                title_field="name",
                state_field="state",
                groups=PROJECT_USERS,
            ),
        ]

    def action_client_new_task(self):
        """Start a task in the latest project of this client; a client without a project
        gets one first, from users who may create projects.

        :return: dict, a window action
        :raise AccessError: when the user may not read the client or create tasks
        """
        self._check_client_new_document("project.task")
        context = {"default_partner_id": self.id}
        projects = self.env["project.project"]
        project = projects.search(
            [*PROJECTS, ("partner_id", "child_of", self.id)], order="id desc", limit=1
        )
        if not project and projects.has_access("create"):
            action = self.env["ir.actions.act_window"]._for_xml_id(
                "project.open_create_project"
            )
            # Where Sales is installed, only billable projects have a customer.
            return {**action, "context": {**context, "default_allow_billable": True}}
        return self._get_client_new_action(
            "project.task",
            self.env._("New Task"),
            {**context, "default_project_id": project.id},
        )
