from odoo import Command
from odoo.tests import tagged

from odoo.addons.client_extension.tests.common import ContactCase


@tagged("post_install", "-at_install")
class TestQuoteRecipients(ContactCase):
    """Contacts who get quotations are those to whom Odoo mails them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["user"].group_ids += cls.env.ref("sales_team.group_sale_salesman")
        cls.school.email = "school@example.com"
        cls.planner = cls.line(
            cls.school,
            first_name="Anne",
            last_name="Roux",
            email="planner@example.com",
            role_ids=cls.trip_manager.ids,
        )

    def order(self, partner, **values):
        return self.env["sale.order"].create(
            {
                "partner_id": partner.id,
                "user_id": self.users["user"].id,
                "order_line": [
                    Command.create({"name": "x", "display_type": "line_note"})
                ],
                **values,
            }
        )

    def composer(self, orders):
        orders = orders.with_user(self.users["user"])
        action = orders.action_quotation_send()
        composers = self.env["mail.compose.message"].with_user(self.users["user"])
        return composers.with_context(**action["context"]).create({})

    def test_the_composer_shows_the_contact_in_place_of_the_client(self):
        recipients = self.composer(self.order(self.school)).partner_ids
        self.assertIn(self.planner.contact_id, recipients)
        self.assertNotIn(self.school, recipients)

    def test_the_quotation_goes_to_the_contact(self):
        order = self.order(self.school)
        self.composer(order).action_send_mail()
        mailed = order.message_ids.partner_ids
        self.assertIn(self.planner.contact_id, mailed)
        self.assertNotIn(self.school, mailed)
        self.assertEqual(order.state, "sent")

    def test_who_the_user_chose_stays(self):
        order = self.order(self.school)
        composer = self.composer(order)
        composer.partner_ids = self.family
        composer.action_send_mail()
        self.assertEqual(order.message_ids.partner_ids, self.family)

    def test_several_quotations_go_each_to_its_own(self):
        orders = self.order(self.school) | self.order(self.family)
        found = orders._message_get_default_recipients()
        self.assertEqual(
            [found[order.id]["partner_ids"] for order in orders],
            [self.planner.contact_id.ids, self.family.ids],
        )

    def test_an_order_is_no_quotation_any_more(self):
        order = self.order(self.school)
        order.action_confirm()
        found = order._message_get_default_recipients()
        self.assertEqual(found[order.id]["partner_ids"], self.school.ids)

    def test_a_client_without_such_a_contact_gets_it_itself(self):
        self.planner.role_ids = self.escort
        found = self.order(self.school)._message_get_default_recipients()
        self.assertEqual(next(iter(found.values()))["partner_ids"], self.school.ids)

    def test_a_quotation_made_out_to_a_contact_reaches_them_as_well(self):
        teacher = self.Partner.create(
            {"name": "Paul", "parent_id": self.school.id, "email": "paul@example.com"}
        )
        order = self.order(teacher)
        found = order._message_get_default_recipients()[order.id]["partner_ids"]
        self.assertEqual(set(found), {teacher.id, self.planner.contact_id.id})

    # Hidden contacts

    def hide(self):
        """Hide the contact from the salesperson: it is in a unit for its members."""
        units = self.env["client.business.unit"]
        closed = units.create(
            {"name": "Closed", "members_only": True, "company_id": False}
        )
        self.planner.contact_id.client_business_unit_id = closed
        self.env.flush_all()
        self.env.invalidate_all()

    def test_who_is_hidden_from_the_sender_is_left_out(self):
        self.hide()
        order = self.order(self.school)
        composer = self.composer(order)
        shown = composer.web_read({"partner_ids": {"fields": {"email": {}}}})
        emails = [one["email"] for one in shown[0]["partner_ids"]]
        self.assertIn("school@example.com", emails)
        self.assertNotIn("planner@example.com", emails)
        self.assertIn(self.school.name, composer.client_hidden_note)
        self.assertNotIn("Roux", composer.client_hidden_note)
        composer.action_send_mail()
        mailed = order.message_ids.partner_ids
        self.assertIn(self.school, mailed)
        self.assertNotIn(self.planner.contact_id, mailed)

    def test_the_composer_says_nothing_where_nobody_is_hidden(self):
        self.assertFalse(self.composer(self.order(self.school)).client_hidden_note)
        self.hide()
        order = self.order(self.school)
        order.action_confirm()
        self.assertFalse(self.composer(order).client_hidden_note)
        composers = self.env["mail.compose.message"].with_user(self.users["user"])
        composer = composers.create({"model": "res.partner", "res_ids": "[1]"})
        self.assertFalse(composer.client_hidden_note)

    def test_the_dialog_shows_the_note(self):
        view = self.env.ref("mail.email_compose_message_wizard_form")
        arch = self.env["mail.compose.message"].get_view(view.id)["arch"]
        self.assertIn('name="client_hidden_note"', arch)
