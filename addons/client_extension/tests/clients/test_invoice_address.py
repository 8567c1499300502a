from odoo.tests import Form, tagged

from ..common import ClientCase


@tagged("post_install", "-at_install", "client_neighbours")
class TestInvoiceAddress(ClientCase):
    """The second address of a client is Odoo's own invoice address."""

    def give_address(self, client):
        client.write(
            {
                "client_invoice_same": False,
                "client_invoice_street": "1 rue du Trésor",
                "client_invoice_zip": "69002",
                "client_invoice_city": "Lyon",
                "client_invoice_country_id": self.france.id,
            }
        )
        return client.child_ids.filtered(lambda c: c.type == "invoice")

    def test_a_client_uses_its_own_address_by_default(self):
        self.assertTrue(self.school.client_invoice_same)
        self.assertFalse(self.school.client_invoice_partner_id)

    def test_another_address_is_stored_as_odoos_invoice_address(self):
        address = self.give_address(self.school)
        self.assertEqual(self.school.address_get(["invoice"])["invoice"], address.id)
        self.assertEqual(address.street, "1 rue du Trésor")
        self.assertEqual(address.country_id, self.france)
        self.assertFalse(address.client_status)
        self.assertFalse(self.school.street, "the client's own address is untouched")

    def test_one_save_makes_one_address(self):
        self.give_address(self.school)
        self.school.client_invoice_city = "Villeurbanne"
        self.assertEqual(len(self.school.child_ids), 1)
        self.assertEqual(self.school.child_ids.city, "Villeurbanne")

    def test_switching_back_archives_the_address(self):
        address = self.give_address(self.school)
        self.school.client_invoice_same = True
        self.assertFalse(address.active)
        self.assertTrue(address.exists())
        self.assertTrue(self.school.client_invoice_same)
        self.assertFalse(self.school.client_invoice_street)

    def test_an_address_written_alone_is_another_address(self):
        self.school.write({"client_invoice_street": "Rue X"})
        self.assertFalse(self.school.client_invoice_same)
        self.assertEqual(self.school.client_invoice_partner_id.street, "Rue X")
        client = self.Partner.create({"name": "New", "client_invoice_city": "Dole"})
        self.assertEqual(client.child_ids.city, "Dole")
        self.school.client_invoice_street = False
        self.assertEqual(len(self.school.child_ids), 1)
        self.family.client_invoice_street = False
        self.assertFalse(self.family.child_ids)

    def test_every_invoice_address_is_named_and_archived(self):
        first = self.give_address(self.school)
        second = first.copy({"street": "BP 9"})
        second.name = "Annexe"
        self.school.invalidate_recordset()
        self.assertEqual(
            self.school.client_invoice_addresses,
            "1 rue du Trésor, 69002 Lyon, France; Annexe, BP 9, 69002 Lyon, France",
        )
        self.school.client_invoice_same = True
        self.assertFalse(first.active or second.active)
        self.assertTrue(self.school.client_invoice_same)
        self.assertFalse(self.school.client_invoice_addresses)

    def test_an_address_made_in_odoo_is_shown(self):
        address = self.Partner.create(
            {"type": "invoice", "parent_id": self.family.id, "street": "BP 12"}
        )
        self.assertFalse(self.family.client_invoice_same)
        self.assertEqual(self.family.client_invoice_partner_id, address)
        self.assertEqual(self.family.client_invoice_street, "BP 12")

    def test_a_user_creates_a_client_with_its_invoice_address(self):
        clients = self.as_user("user").with_context(default_client_status="prospect")
        client = clients.create(
            {
                "name": "Comité d'entreprise Horizon",
                "street": "2 quai Jules",
                "client_invoice_same": False,
                "client_invoice_name": "Comptabilité Horizon",
                "client_invoice_street": "BP 40",
            }
        )
        self.assertEqual(client.child_ids.mapped("type"), ["invoice"])
        self.assertEqual(client.child_ids.name, "Comptabilité Horizon")
        self.assertEqual(client.child_ids.street, "BP 40")
        self.assertEqual(client.street, "2 quai Jules")
        self.assertFalse(client.child_ids.client_status)

    def test_switching_off_without_an_address_stores_nothing(self):
        self.school.client_invoice_same = False
        self.assertFalse(self.school.child_ids)
        self.school.invalidate_recordset()
        self.assertTrue(self.school.client_invoice_same)

    def test_a_new_client_without_a_word_about_invoices_has_no_address(self):
        with Form(self.as_user("user")) as form:
            self.type_name(form, "Plain")
        self.assertFalse(form.record.child_ids)
        self.assertTrue(form.record.client_invoice_same)

    def test_partners_made_elsewhere_cost_no_look_at_addresses(self):
        self.Partner.create([{"name": "warm"}])
        calls = []
        self.patch(
            type(self.Partner),
            "_inverse_client_invoice_address",
            lambda partners: calls.append(partners),
        )
        self.Partner.create([{"name": f"Partner {n}"} for n in range(3)])
        self.assertFalse(calls)

    def test_saving_something_else_never_touches_the_address(self):
        address = self.give_address(self.school)
        before = address.write_date
        self.school.city = "Nîmes"
        self.assertEqual(address.write_date, before)
        self.assertTrue(address.active)

    def test_a_contact_added_on_the_form_keeps_what_was_typed(self):
        view = "client_extension.res_partner_view_form"
        with Form(self.as_user("user"), view=view) as form:
            self.type_name(form, "Famille Roche")
            form.country_id = self.france
            form.client_invoice_same = False
            self.assertEqual(form.client_invoice_country_id, self.france)
            form.client_invoice_street = "7 rue des Arts"
            with form.child_ids.new() as contact:
                self.type_name(contact, "Julie Roche")
            self.assertEqual(form.client_invoice_street, "7 rue des Arts")
        address = form.record.client_invoice_partner_id
        self.assertEqual(address.street, "7 rue des Arts")
        self.assertEqual(len(form.record.child_ids), 2)
