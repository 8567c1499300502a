from unittest.mock import patch

from odoo.fields import Domain
from odoo.tests import tagged

from odoo.addons.client_extension.tests.common_import import ImportCase

HEADER = "reference;name;city\n"


@tagged("post_install", "-at_install")
class TestLetters(ImportCase):
    """An import corrects letters that wait, and asks little for those that do not."""

    def rows(self, city):
        rows = "".join(f"L{n};Client {n};{city} {n}\n" for n in range(5))
        return HEADER + rows

    def make_letter(self, partner, state="pending"):
        letter = self.env["snailmail.letter"].create(
            {
                "model": "res.partner",
                "res_id": partner.id,
                "partner_id": partner.id,
                "company_id": self.env.company.id,
            }
        )
        letter.write({"state": state, "city": partner.city})
        return letter

    def searched(self, text):
        """:return: ids of the partners whose letters were searched for by an import"""
        letters = type(self.env["snailmail.letter"])
        usual, asked = letters._search, set()

        def noted(records, domain, *args, **kwargs):
            if not records.env.su:
                for condition in Domain(domain).iter_conditions():
                    if condition.field_expr == "partner_id":
                        asked.update(condition.value)
            return usual(records, domain, *args, **kwargs)

        with patch.object(letters, "_search", noted):
            record = self.run_import(text)
        self.assertEqual(self.counts(record), (0, 5, 0, 0, 0))
        return asked

    def test_a_letter_that_waits_gets_the_new_address(self):
        self.run_import(self.rows("Lyon"))
        client = self.client("L2")
        waiting = self.make_letter(client)
        sent = self.make_letter(client, "sent")
        self.run_import(self.rows("Nice"))
        self.assertEqual((waiting.city, sent.city), ("Nice 2", "Lyon 2"))

    def test_letters_are_searched_for_those_who_have_any(self):
        self.run_import(self.rows("Lyon"))
        self.make_letter(self.client("L2"), "sent")
        asked = self.searched(self.rows("Nice"))
        self.assertEqual(asked, set(self.client("L2").ids))

    def test_outside_of_an_import_odoo_searches_as_ever(self):
        client = self.Partner.create({"name": "Anna", "city": "Lyon"})
        letter = self.make_letter(client)
        client.city = "Nice"
        self.assertEqual(letter.city, "Nice")
