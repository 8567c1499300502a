from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import ClientCase


@tagged("post_install", "-at_install")
class TestClientList(ClientCase):
    """The clients on paper, by business unit."""

    def values(self, clients, user="user"):
        """:return: dict, what the template gets"""
        report = self.env["report.client_extension.client_list"]
        return report.with_user(self.users[user])._get_report_values(clients.ids)

    def test_units_by_name_and_clients_without_one_at_the_end(self):
        self.family.client_business_unit_id = self.desk
        other = self.Partner.create(
            {
                "name": "Another",
                "client_status": "client",
                "client_business_unit_id": self.desk.id,
                "zip": "1000",
                "city": "Bruxelles",
            }
        )
        values = self.values(self.family | self.school | other)
        self.assertEqual(values["count"], 3)
        names = {unit: [row["name"] for row in rows] for unit, rows in values["units"]}
        self.assertEqual(
            list(names.items()),
            [
                ("Agency Lyon / Groups desk", ["Another", "Famille Lefèvre"]),
                ("No Business Unit", ["Collège Jean Moulin"]),
            ],
        )
        row = values["units"][0][1][0]
        self.assertEqual((row["place"], row["status"]), ("1000 Bruxelles", "Client"))

    def test_the_main_contact_is_shown_to_who_may_see_it(self):
        person = self.Partner.create({"name": "Ann Main"})
        self.env["client.contact"].create(
            {"client_id": self.family.id, "contact_id": person.id, "is_main": True}
        )
        [(_unit, [row])] = self.values(self.family)["units"]
        self.assertEqual(row["contact"], "Ann Main")
        person.client_business_unit_id = self.desk
        self.desk.members_only = True
        [(_unit, [row])] = self.values(self.family)["units"]
        self.assertEqual(row["contact"], "")

    def test_a_closed_unit_stays_closed(self):
        self.family.client_business_unit_id = self.desk
        self.desk.members_only = True
        with self.assertRaises(AccessError):
            self.values(self.family)

    def test_more_clients_than_a_request_can_print_are_refused(self):
        module = "odoo.addons.client_extension.models.sheets"
        name = f"{module}.report_client_extension_client_list.MOST_CLIENTS"
        with patch(name, 1), self.assertRaisesRegex(UserError, "at most 1"):
            self.values(self.family | self.school)

    def test_an_employee_prints_no_list(self):
        with self.assertRaises(AccessError):
            self.values(self.family, "employee")

    def test_the_file_has_a_table_for_each_unit(self):
        self.family.client_business_unit_id = self.desk
        reports = self.env["ir.actions.report"].with_user(self.users["user"])
        clients = self.family | self.school
        name = "client_extension.client_list"
        page = reports._render_qweb_html(name, clients.ids)[0].decode()
        self.assertEqual(page.count('name="unit"'), 2)
        self.assertIn("Clients: 2", page)

    def test_queries_do_not_grow_with_the_number_of_clients(self):
        some = self.Partner.create(
            [{"name": f"C{n}", "client_status": "client"} for n in range(300)]
        )
        counted = []
        for clients in (some[:10], some):
            self.values(clients)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.values(clients)
            counted.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counted[1] - counted[0], 2)
