from odoo.tests import tagged

from odoo.addons.client_extension.tests import common_closed


@tagged("post_install", "-at_install")
class TestLetterClosed(common_closed.ClosedUnitCase):
    """Letters to clients of closed units."""

    groups = "client_extension.group_client_user"
    allow_inherited_tests_method = True

    @classmethod
    def make_documents(cls, client):
        return [cls.env["client.letter"].create({"client_id": client.id})]

    def test_a_letter_that_goes_to_a_hidden_contact_is_hidden(self):
        letter = self.open[0].copy({"contact_id": self.contact.id})
        self.close()
        self.assertEqual(self.sees(self.outsider, letter), set())
        self.assertEqual(self.sees(self.member, letter), set(letter.ids))

    def test_a_letter_to_a_colleague_stays(self):
        colleague = self.member.partner_id
        colleague.client_business_unit_id = self.closed
        letter = self.env["client.letter"].create({"client_id": colleague.id})
        self.close()
        self.assertTrue(self.sees(self.outsider, letter))
