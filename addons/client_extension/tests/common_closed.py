"""What every add-on with documents of clients has to keep of closed business units.

Import the module, not the class, so that the class itself is not collected::

    from odoo.addons.client_extension.tests import common_closed

    @tagged("post_install", "-at_install")
    class TestClosed(common_closed.ClosedUnitCase):
        groups = "sales_team.group_sale_salesman_all_leads"
        allow_inherited_tests_method = True

        @classmethod
        def make_documents(cls, client): ...
"""

import unittest

from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import new_test_user

from .common import ClientCase


class ClosedUnitCase(ClientCase):
    """Inherit it, say which groups see all documents of your app, and make some."""

    #: groups that a user needs to see the documents, separated by commas
    groups = ""
    #: names of models without access rights of their own to create or delete
    reports = ()
    #: set it in every class that inherits this one: Odoo runs inherited tests only then
    allow_inherited_tests_method = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.groups:
            raise unittest.SkipTest("a case to inherit from")
        groups = f"{cls.groups},client_extension.group_client_user"
        cls.outsider = new_test_user(cls.env, login="closed_outsider", groups=groups)
        cls.member = new_test_user(cls.env, login="closed_member", groups=groups)
        cls.accountant = new_test_user(
            cls.env,
            login="closed_accountant",
            groups=f"{cls.groups},account.group_account_invoice",
        )
        units = cls.env["client.business.unit"].with_context(active_test=False)
        units.search([("members_only", "=", True)]).members_only = False
        cls.closed = units.create(
            {"name": "Closed", "company_id": False, "member_ids": cls.member.ids}
        )
        cls.client = cls.Partner.create(
            {
                "name": "Hidden Travel",
                "is_company": True,
                "client_status": "client",
                "email": "hidden@example.com",
                "phone": "+33 4 78 00 00 99",
                "client_business_unit_id": cls.closed.id,
            }
        )
        cls.contact = cls.Partner.create(
            {
                "name": "Hidden Person",
                "parent_id": cls.client.id,
                "email": "person@example.com",
            }
        )
        cls.branch = cls.Partner.create(
            {
                "name": "Hidden Branch",
                "parent_id": cls.client.id,
                "is_company": True,
                "email": "branch@example.com",
            }
        )
        cls.hidden = {
            partner: cls.make_documents(partner)
            for partner in (cls.client, cls.contact, cls.branch)
        }
        cls.open = cls.make_documents(cls.school)
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def make_documents(cls, client):
        """Make a document of every model of the add-on for this client.

        :return: list of recordsets
        """
        raise NotImplementedError("your test makes the documents")

    def close(self):
        self.closed.members_only = True
        self.env.flush_all()
        self.env.invalidate_all()

    def sees(self, user, records):
        """:return: set of those of these ids that a user finds and can read"""
        records = records.with_user(user)
        records = records.with_context(active_test=False)
        found = records.search([("id", "in", records.ids)])
        self.assertEqual(set(found._filtered_access("read").ids), set(found.ids))
        self.assertEqual(set(records._filtered_access("read").ids), set(found.ids))
        return set(found.ids)

    def test_closed_documents_are_open_to_all_where_the_unit_is_open(self):
        for records in self.all_hidden():
            with self.subTest(records):
                self.assertTrue(records.ids, "no document was made")
                self.assertEqual(self.sees(self.outsider, records), set(records.ids))

    def all_hidden(self):
        return [records for made in self.hidden.values() for records in made]

    def test_closed_documents_are_hidden_from_others(self):
        self.close()
        for partner, made in self.hidden.items():
            for records in made:
                with self.subTest(records, partner=partner.name):
                    self.assertEqual(self.sees(self.outsider, records), set())
        for records in self.open:
            with self.subTest(records, partner="open"):
                self.assertEqual(self.sees(self.outsider, records), set(records.ids))

    def test_closed_documents_are_seen_by_members_and_accountants(self):
        self.close()
        for user in (self.member, self.accountant):
            for records in self.all_hidden():
                with self.subTest(records, user=user.login):
                    self.assertEqual(self.sees(user, records), set(records.ids))

    def test_closed_rules_are_empty_where_no_unit_is_closed(self):
        rules = self.env["ir.rule"].with_user(self.outsider)
        for model in {records._name for records in self.open}:
            domain = Domain(rules._compute_domain(model, "read"))
            used = {condition.field_expr for condition in domain.iter_conditions()}
            with self.subTest(model):
                self.assertFalse({name for name in used if "client_is_hidden" in name})

    def test_closed_clients_cannot_be_put_on_a_document(self):
        self.close()
        for records in self.open:
            field = self.partner_field(records)
            if records._name in self.reports or not field:
                continue
            records = records.with_user(self.outsider)
            if not records.has_access("write"):
                continue
            with self.subTest(records), self.assertRaises(AccessError):
                self.put(records, field)
            self.env.invalidate_all()

    def put(self, records, field):
        """Write the hidden client on a document, and read the document."""
        with self.env.cr.savepoint():
            records.write({field: self.client.id})
            records.env.flush_all()
            records.env.invalidate_all()
            records.read([field])

    def partner_field(self, records):
        """:return: str: the field of a document that holds its client, or None"""
        for name in ("client_id", "partner_id"):
            if name in records._fields and not records._fields[name].readonly:
                return name
        return None
