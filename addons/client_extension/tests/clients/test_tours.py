from odoo.tests import HttpCase, tagged

from ..common import ClientCase


@tagged("post_install", "-at_install", "client_neighbours", "client_tour")
class TestCreateTour(ClientCase, HttpCase):
    """A client is created in a real browser, also beside an add-on that changes the
    form or its names.
    """

    def test_create_a_client_by_hand(self):
        self.start_tour("/odoo/clients", "client_create_tour", login="clients_user")
        client = self.Partner.search([("name", "=", "Zoé Quatremère")])
        self.assertEqual(len(client), 1)
        self.assertEqual(client.client_status, "client")
        self.assertEqual(client.user_id, self.users["user"])
        self.assertEqual(client.street, "3 rue des Lilas")
        address = client.client_invoice_partner_id
        self.assertEqual(address.type, "invoice")
        self.assertEqual(address.street, "9 quai de Saône")
        self.assertEqual(address.country_id, self.france)
        self.assertFalse(address.client_status)


@tagged("post_install", "-at_install", "client_tour")
class TestTours(ClientCase, HttpCase):
    """A user of the Clients app without administrator rights, in a real browser."""

    def test_an_invoice_address_is_archived_after_a_question(self):
        self.school.write(
            {
                "client_invoice_same": False,
                "client_invoice_street": "1 rue du Trésor",
                "client_invoice_zip": "69002",
                "client_invoice_city": "Lyon",
            }
        )
        address = self.school.client_invoice_partner_id
        url = f"/odoo/clients/{self.school.id}"
        self.start_tour(url, "client_invoice_address_tour", login="clients_user")
        self.assertFalse(address.active)

    def test_classify_and_find_clients(self):
        self.env["res.partner.category"].create({"name": "Tour category"})
        self.school.city = "Grenoble"
        self.start_tour("/odoo/clients", "client_classify_tour", login="clients_user")
        self.assertEqual(self.school.client_business_unit_id, self.desk)
        self.assertEqual(self.school.client_type_id.name, "School")
        self.assertEqual(self.school.category_id.name, "Tour category")

    def make_the_only_other_prospect(self):
        """:return: ``res.partner``; there are two of them, wherever the test runs"""
        prospect = self.Partner.create(
            {"name": "Famille Garnier", "client_status": "prospect"}
        )
        others = self.Partner.search([("client_status", "=", "prospect")])
        (others - prospect - self.family).client_status = False
        return prospect

    def test_a_search_shows_its_clients_before_the_panel_is_counted(self):
        self.make_the_only_other_prospect()
        self.start_tour(
            "/odoo/clients", "client_search_panel_tour", login="clients_user"
        )

    def test_one_click_makes_a_client(self):
        prospect = self.make_the_only_other_prospect()
        self.start_tour("/odoo/clients", "client_one_click_tour", login="clients_user")
        self.assertEqual(prospect.client_status, "client")
        self.assertEqual(self.family.client_status, "client")

    def test_a_manager_adds_a_type_of_client_with_its_salutation(self):
        url = f"/odoo/clients/{self.family.id}"
        # The wrong salutation that the tour tries is refused.
        with self.assertLogs("odoo.http", "WARNING"):
            self.start_tour(url, "client_configure_type_tour", login="clients_manager")
        choir = self.env["client.type"].search([("name", "=", "Choir")])
        self.assertEqual(choir.kind, "group")
        self.assertEqual(choir.salutation, "Dear {name} choir,")

    def test_an_administrator_chooses_the_country_of_new_clients(self):
        self.users["manager"].group_ids += self.env.ref("base.group_system")
        self.start_tour(
            "/odoo/clients", "client_configure_country_tour", login="clients_manager"
        )
        company = self.users["manager"].company_id
        self.assertEqual(company.client_country_id, self.env.ref("base.be"))
