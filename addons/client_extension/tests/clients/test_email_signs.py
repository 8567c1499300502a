from odoo.tests import tagged

from ..common import ClientCase

SIGNED = "\u202azoe\u200b.maes@mail.example\u200e "
PLAIN = "zoe.maes@mail.example"


@tagged("post_install", "-at_install")
class TestEmailSigns(ClientCase):
    """Mail to an address with a sign that nobody sees does not arrive."""

    def make(self, **values):
        partners = self.env["res.partner"].with_user(self.users["user"])
        return partners.create({"name": "Zoe Maes", **values})

    def test_the_address_of_a_client_is_stored_without_them(self):
        for status in ("prospect", "client"):
            client = self.make(client_status=status, email=SIGNED)
            self.assertEqual(client.email, PLAIN)
            client.email = "a@mail.example,\u2066b\u2069@mail.example"
            self.assertEqual(client.email, "a@mail.example,b@mail.example")
        partners = self.env["res.partner"].with_user(self.users["user"])
        client = partners.with_context(default_client_status="client").create(
            [{"name": "A", "email": SIGNED}, {"name": "B", "email": False}]
        )
        self.assertEqual(client.mapped("email"), [PLAIN, False])

    def test_the_address_for_invoices_too(self):
        client = self.make(client_status="client", client_invoice_email=SIGNED)
        address = client.child_ids.filtered(lambda child: child.type == "invoice")
        self.assertEqual(address.email, PLAIN)
        client.client_invoice_email = f"b{SIGNED}"
        self.assertEqual(address.email, f"b{PLAIN}")

    def test_whoever_becomes_a_client_has_it_from_then_on(self):
        partner = self.make(email=SIGNED)
        partner.write({"client_status": "client", "email": SIGNED})
        self.assertEqual(partner.email, PLAIN)
        partner = self.make(email=SIGNED)
        partner.action_client_mark_prospect()
        self.assertEqual(partner.email, PLAIN)

    def test_others_keep_what_was_typed(self):
        client = self.make(client_status="client")
        partner = self.make(email=SIGNED)
        self.assertEqual(partner.email, SIGNED)
        (client + partner).write({"email": SIGNED})
        self.assertEqual((client + partner).mapped("email"), [PLAIN, SIGNED])
        (client + partner).write({"client_status": False, "email": SIGNED})
        self.assertEqual(client.email, SIGNED)

    def test_another_text_is_stored_as_it_was_typed(self):
        client = self.make(client_status="client", email=" Zoe@mail.example")
        self.assertEqual(client.email, " Zoe@mail.example")
