import json

from odoo.tests import HttpCase, tagged

from odoo.addons.client_extension.tests.common import ClientCase
from odoo.addons.client_extension.tests.common_invoice import InvoiceMixin


@tagged("post_install", "-at_install")
class TestDashboard(InvoiceMixin, ClientCase, HttpCase):
    """Who sees which dashboard, and what the dashboards count."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clients = cls.env.ref("client_extension_dashboard.dashboard_clients")
        cls.turnover = cls.env.ref("client_extension_dashboard.dashboard_turnover")

    def seen(self, name):
        """:return: our dashboards that one of the users sees"""
        dashboards = self.env["spreadsheet.dashboard"].with_user(self.users[name])
        ours = (self.clients | self.turnover).ids
        return dashboards.search([("id", "in", ours)]).with_env(self.env)

    def load(self, dashboard, name):
        """:return: dict, the dashboard as the browser of one of the users loads it"""
        self.authenticate(self.users[name].login, self.users[name].login)
        answer = self.url_open(f"/spreadsheet/dashboard/data/{dashboard.id}")
        self.assertEqual(answer.status_code, 200)
        return answer.json()

    def specs(self, dashboard):
        """:return: list of tuples model, domain, field to group by, measure: all that
        a dashboard reads"""
        content = json.loads(dashboard.spreadsheet_data)
        charts = [
            figure["data"]
            for figure in content["sheets"][0]["figures"]
            if figure["data"]["type"].startswith("odoo_")
        ]
        read = [
            (
                chart["metaData"]["resModel"],
                chart["searchParams"]["domain"],
                chart["metaData"]["groupBy"],
                chart["metaData"]["measure"],
            )
            for chart in charts
        ]
        for pivot in content["pivots"].values():
            rows = [row["fieldName"] for row in pivot["rows"]]
            measure = pivot["measures"][0]["id"]
            read.append((pivot["model"], pivot["domain"], rows, measure))
        return read

    def test_each_reader_sees_the_dashboard_of_their_right(self):
        self.assertEqual(self.seen("user"), self.clients)
        self.assertEqual(self.seen("accountant"), self.turnover)
        self.assertFalse(self.seen("employee"))

    def test_each_reader_can_read_all_that_it_shows(self):
        self.invoice(self.school, 100, due=-10)
        for dashboard, name in ((self.clients, "user"), (self.turnover, "accountant")):
            specs = self.specs(dashboard)
            self.assertGreater(len(specs), 5)
            for model, domain, groups, measure in specs:
                records = self.env[model].with_user(self.users[name])
                aggregate = measure if ":" in measure else f"{measure}:sum"
                aggregate = "__count" if measure == "__count" else aggregate
                rows = records.formatted_read_group(domain, groups, [aggregate])
                self.assertTrue(rows, (model, domain))

    def test_turnover_is_told_by_what_the_client_is(self):
        kind = self.env["client.type"].create({"name": "Dashboards"})
        self.school.write(
            {
                "client_type_id": kind.id,
                "client_business_unit_id": self.desk.id,
                "user_id": self.users["manager"].id,
            }
        )
        pupil = self.Partner.create({"name": "Pupil", "parent_id": self.school.id})
        self.invoice(self.school, 100)
        self.invoice(pupil, 20)
        self.env.flush_all()
        report = self.env["account.invoice.report"].with_user(self.users["accountant"])
        for field, value in (
            ("client_type_id", kind),
            ("client_business_unit_id", self.desk),
            ("client_user_id", self.users["manager"]),
        ):
            found = dict(report._read_group([], [field], ["price_subtotal:sum"]))
            self.assertEqual(found[value.with_env(report.env)], 120, field)

    def test_late_payers_are_those_of_today(self):
        [(model, domain, groups, measure)] = [
            spec
            for spec in self.specs(self.turnover)
            if spec[0] == "account.move.line" and spec[2]
        ]
        mine = [*domain, ["partner_id", "=", self.school.id]]
        self.invoice(self.school, 100, due=-1)
        self.invoice(self.school, 50, due=0)
        rows = self.env[model]._read_group(mine, groups, [measure])
        self.assertEqual(rows, [(self.school, 100)])

    def test_the_sample_is_shown_until_there_are_data(self):
        self.invoice(self.school, 100)
        for dashboard, name in ((self.clients, "user"), (self.turnover, "accountant")):
            self.assertNotIn("is_sample", self.load(dashboard, name))
        self.Partner.search([]).client_status = False
        self.env["account.move"].search(
            [("move_type", "in", ("out_invoice", "out_refund"))]
        ).move_type = "entry"
        self.env.flush_all()
        for dashboard, name in ((self.clients, "user"), (self.turnover, "accountant")):
            self.assertTrue(self.load(dashboard, name)["is_sample"])

    def test_another_dashboard_is_as_odoo_has_it(self):
        other = self.clients.copy()
        other.main_data_model_ids = self.env["ir.model"]._get("client.duplicate.group")
        self.env["client.duplicate.group"].search([]).unlink()
        self.assertTrue(other._dashboard_is_empty())
