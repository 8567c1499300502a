from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..common import GROUPS
from ..common_import import ImportCase

FILE = "reference;name\nV-1;Anna\n"


@tagged("post_install", "-at_install")
class TestMoves(ImportCase):
    """Nobody moves a record to where they are not allowed to write it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.make_company()
        cls.both = new_test_user(
            cls.env,
            "moves_both",
            GROUPS["manager"],
            company_id=cls.company.id,
            company_ids=[Command.set((cls.company | cls.other).ids)],
        )
        units = cls.env["client.business.unit"].with_context(active_test=False)
        units.search([("members_only", "=", True)]).members_only = False
        cls.closed = units.create(
            {"name": "Closed", "company_id": False, "members_only": True}
        )
        cls.hidden = cls.Partner.create(
            {
                "name": "Hidden",
                "is_company": True,
                "client_business_unit_id": cls.closed.id,
            }
        )

    def in_both(self, record):
        """:return: a record as the user of both companies sees it, in both of them"""
        companies = (self.company | self.other).ids
        return record.with_user(self.both).with_context(allowed_company_ids=companies)

    def refuse(self, record, **values):
        """Check that a write is refused, and undo it as Odoo undoes a request."""
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            record.write(values)
            record.env.flush_all()
        record.invalidate_recordset()

    # Clients

    def test_a_client_does_not_go_to_a_company_of_others(self):
        self.family.company_id = self.company
        client = self.family.with_user(self.users["user"])
        self.refuse(client, company_id=self.other.id)
        self.assertEqual(self.family.company_id, self.company)
        client.write({"company_id": False})
        mine = self.in_both(self.family)
        mine.write({"company_id": self.other.id})
        self.assertEqual(self.family.company_id, self.other)

    def test_a_client_does_not_go_to_a_unit_that_is_closed_to_the_user(self):
        client = self.family.with_user(self.users["user"])
        self.refuse(client, client_business_unit_id=self.closed.id)
        self.closed.member_ids = self.users["user"]
        client.write({"client_business_unit_id": self.closed.id})
        self.assertEqual(self.family.client_business_unit_id, self.closed)

    def test_a_contact_does_not_go_below_a_hidden_client(self):
        person = self.Partner.create({"name": "Somebody"})
        self.refuse(person.with_user(self.users["user"]), parent_id=self.hidden.id)

    def test_a_line_does_not_go_to_a_client_of_others(self):
        line = self.env["client.contact"].create(
            {"client_id": self.school.id, "last_name": "Petit"}
        )
        person = line.contact_id
        theirs = self.Partner.create({"name": "Theirs", "company_id": self.other.id})
        line = line.with_user(self.users["user"])
        for partner in (self.hidden, theirs):
            self.refuse(line, client_id=partner.id)
            self.refuse(line, contact_id=partner.id)
        self.assertEqual((line.client_id, line.contact_id), (self.school, person))

    # Units

    def test_a_unit_does_not_go_to_a_company_of_others(self):
        unit = self.env["client.business.unit"].create(
            {"name": "Lone", "company_id": self.company.id}
        )
        self.refuse(unit.with_user(self.users["manager"]), company_id=self.other.id)
        self.in_both(unit).write({"company_id": self.other.id})

    # Former references

    def test_a_former_reference_does_not_go_to_a_client_of_others(self):
        formers = self.env["client.former.reference"]
        former = formers.create({"partner_id": self.family.id, "reference": "OLD-1"})
        theirs = self.Partner.create({"name": "Theirs", "company_id": self.other.id})
        former = former.with_user(self.users["manager"])
        self.refuse(former, partner_id=theirs.id)

    def test_a_pair_of_clients_does_not_go_to_clients_of_others(self):
        theirs = self.Partner.create({"name": "Theirs", "company_id": self.other.id})
        pairs = self.env["client.not.duplicate"]
        pairs._add_all(self.family | self.school)
        ids = (self.family | self.school).ids
        pair = pairs.search([("partner_id", "in", ids), ("other_id", "in", ids)])
        self.refuse(pair.with_user(self.users["manager"]), other_id=theirs.id)

    # Imports

    def test_an_import_does_not_go_to_a_company_of_others(self):
        for user in (self.users["manager"], self.importer):
            record = self.make(FILE, user=user)
            self.refuse(record, company_id=self.other.id)
            self.assertEqual(record.sudo().company_id, self.company)

    def test_an_import_changes_its_company_as_a_draft_only(self):
        record = self.in_both(self.make(FILE, user=self.both))
        record.write({"company_id": self.other.id})
        record.check()
        self.assertEqual(record.state, "checked")
        with self.assertRaises(UserError):
            record.write({"company_id": self.company.id})
        record.run()
        with self.assertRaises(UserError):
            record.write({"company_id": self.company.id})
        self.assertEqual(self.client("V-1").company_id, self.other)

    # Mappings

    def mapping(self, user):
        record = self.make(FILE, user=user)
        record.check()
        return self.env["client.import.mapping"].with_user(user)._save(record, "Map")

    def test_a_mapping_does_not_go_to_a_company_of_others(self):
        mapping = self.mapping(self.users["manager"])
        mapping.sudo().env["client.import"].search([]).mapping_id = False
        self.refuse(mapping, company_id=self.other.id)

    def test_a_mapping_that_is_used_stays_in_its_company(self):
        mapping = self.in_both(self.mapping(self.both))
        with self.assertRaises(UserError):
            mapping.write({"company_id": self.other.id})
        self.env["client.import"].search([]).mapping_id = False
        mapping.write({"company_id": self.other.id})
        self.assertEqual(mapping.company_id, self.other)
