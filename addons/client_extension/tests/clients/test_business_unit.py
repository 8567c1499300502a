from markupsafe import Markup

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.modules.module import load_script
from odoo.tests import new_test_user, tagged
from odoo.tools import file_path

from ..common import GROUPS, ClientCase


@tagged("post_install", "-at_install")
class TestBusinessUnit(ClientCase):
    """Units, their hierarchy, and units whose clients only members see."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        units = cls.env["client.business.unit"].with_context(active_test=False)
        units.search([("members_only", "=", True)]).members_only = False
        cls.family.client_business_unit_id = cls.desk
        cls.contact = cls.Partner.create(
            {"name": "Mme Lefèvre", "parent_id": cls.family.id}
        )

    def sees(self, user, partner=None):
        partner = partner or self.family
        partners = self.Partner.with_user(user)
        return partner in partners.search([("id", "=", partner.id)])

    def close(self, unit):
        unit.members_only = True

    def test_a_unit_is_called_by_its_place(self):
        self.assertEqual(self.desk.complete_name, "Agency Lyon / Groups desk")
        self.agency.name = "Lyon"
        self.assertEqual(self.desk.display_name, "Lyon / Groups desk")

    def test_a_unit_is_no_part_of_itself(self):
        with self.assertRaises(UserError):
            self.agency.parent_id = self.desk

    def test_a_sub_unit_belongs_to_the_company_of_its_parent(self):
        self.agency.company_id = self.company
        with self.assertRaises(ValidationError):
            self.desk.company_id = self.make_company()

    def test_a_client_of_a_company_has_a_unit_of_that_company(self):
        other = self.make_company()
        self.family.company_id = self.company
        self.desk.company_id = self.company
        with self.assertRaisesRegex(ValidationError, "different companies"):
            self.family.company_id = other

    def test_no_closed_unit_adds_nothing_to_any_query(self):
        rules = self.env["ir.rule"].with_user(self.users["user"])
        stock = self.env.ref("base.res_partner_rule")
        domain = Domain(rules._compute_domain("res.partner", "read"))
        fields_used = {condition.field_expr for condition in domain.iter_conditions()}
        self.assertTrue(stock.active)
        self.assertEqual(fields_used, {"partner_share", "company_id"})

    def test_a_closed_unit_hides_its_clients_and_their_contacts(self):
        self.assertTrue(self.sees(self.users["user"]))
        self.close(self.desk)
        self.assertFalse(self.sees(self.users["user"]))
        self.assertFalse(self.sees(self.users["employee"], self.contact))
        with self.assertRaises(AccessError):
            self.family.with_user(self.users["user"]).read(["name"])

    def test_a_branch_follows_the_unit_of_its_parent(self):
        """A branch is a company of its own, for Odoo also a commercial entity."""
        chain = [self.Partner.create({"name": "Group", "is_company": True})]
        for number in range(3):
            chain.append(
                self.Partner.create(
                    {
                        "name": f"Branch {number}",
                        "is_company": True,
                        "parent_id": chain[-1].id,
                    }
                )
            )
        person = self.Partner.create({"name": "Ann", "parent_id": chain[-1].id})
        bank = self.env["res.partner.bank"].create(
            {"acc_number": "BE71096123456769", "partner_id": person.id}
        )
        user = self.users["user"]
        self.close(self.desk)
        for partner in (*chain, person):
            self.assertTrue(self.sees(user, partner))
        chain[0].client_business_unit_id = self.desk
        for partner in (*chain, person):
            with self.subTest(partner.name):
                self.assertFalse(self.sees(user, partner))
                self.assertFalse(partner.with_user(user).has_access("read"))
        self.assertFalse(bank.with_user(user).search([("id", "=", bank.id)]))
        chain[0].client_business_unit_id = False
        chain[2].client_business_unit_id = self.desk
        seen = [self.sees(user, partner) for partner in (*chain, person)]
        self.assertEqual(seen, [True, True, False, False, False])
        readable = [one.with_user(user).has_access("read") for one in (*chain, person)]
        self.assertEqual(readable, seen)

    def test_a_hidden_follower_is_still_told(self):
        user = self.users["user"]
        self.school.message_subscribe(self.family.ids)
        self.close(self.desk)
        followers = self.env["mail.followers"].with_user(user)
        here = [("res_model", "=", "res.partner"), ("res_id", "=", self.school.id)]
        self.assertNotIn(self.family, followers.search(here).sudo().partner_id)
        self.school.with_user(user).message_post(
            body=Markup("<p>Hello</p>"), subtype_xmlid="mail.mt_comment"
        )
        message = self.school.message_ids[0]
        self.assertIn(self.family, message.notified_partner_ids)

    def test_the_rules_of_closed_units_are_brought_up_to_date(self):
        rule = self.env.ref("client_extension.res_partner_rule_members_only")
        rule.domain_force = """[("client_business_unit_id", "=", False)]"""
        path = "client_extension/migrations/19.0.4.0.0/post-closed.py"
        migration = load_script(file_path(path), "post_closed")
        migration.migrate(self.env.cr, "19.0.3.0.0")
        self.assertIn("client_business_unit_id", rule.domain_force, "somebody's own")
        rule.domain_force = """
            (["|", ("partner_share", "=", False),
              ("commercial_partner_id.client_business_unit_id", "not in",
               user.client_hidden_unit_ids.ids)] if user.client_hidden_unit_ids else [])
        """
        for _time in range(2):
            migration.migrate(self.env.cr, "19.0.3.0.0")
            self.env.invalidate_all()
            self.assertIn("client_is_hidden", rule.domain_force)
        self.close(self.desk)
        self.assertFalse(self.sees(self.users["user"]))

    def test_managers_and_accountants_see_every_unit(self):
        self.close(self.desk)
        for name in ("manager", "accountant"):
            with self.subTest(name):
                self.assertTrue(self.sees(self.users[name]))

    def test_a_member_sees_the_unit_and_the_units_below(self):
        member = new_test_user(self.env, "member", GROUPS["user"])
        self.close(self.agency)
        self.assertFalse(self.sees(member), "closed above is closed below")
        self.agency.member_ids = member
        self.assertTrue(self.sees(member))
        self.agency.member_ids = False
        self.desk.member_ids = member
        self.assertTrue(self.sees(member))

    def test_the_manager_of_a_unit_is_a_member(self):
        boss = new_test_user(self.env, "boss", GROUPS["user"])
        self.close(self.desk)
        self.desk.manager_id = boss
        self.assertTrue(self.sees(boss))

    def test_opening_a_unit_again_shows_its_clients_at_once(self):
        self.close(self.desk)
        self.assertFalse(self.sees(self.users["user"]))
        self.desk.members_only = False
        self.assertTrue(self.sees(self.users["user"]))

    def test_archiving_a_unit_does_not_open_it(self):
        self.close(self.desk)
        self.desk.active = False
        self.assertFalse(self.sees(self.users["user"]))

    def test_other_clients_and_colleagues_stay_visible(self):
        colleague = self.users["employee"].partner_id
        colleague.client_business_unit_id = self.desk
        self.close(self.desk)
        self.assertTrue(self.sees(self.users["user"], self.school))
        self.assertTrue(self.sees(self.users["user"], colleague))

    def test_a_portal_user_sees_their_own_record_in_a_closed_unit(self):
        portal = self.users["portal"]
        portal.partner_id.client_business_unit_id = self.desk
        self.close(self.desk)
        self.assertTrue(self.sees(portal, portal.partner_id))
        self.assertFalse(self.sees(portal, self.family))

    def test_an_accountant_opens_and_posts_an_invoice_of_a_closed_unit(self):
        self.close(self.desk)
        invoices = self.env["account.move"].with_user(self.users["accountant"])
        invoice = invoices.create(
            {
                "move_type": "out_invoice",
                "partner_id": self.family.id,
                "invoice_line_ids": [Command.create({"name": "a", "price_unit": 1})],
            }
        )
        invoice.action_post()
        self.assertEqual(invoice.partner_id.display_name, "Famille Lefèvre")

    def test_many_units_are_counted_at_once(self):
        units = self.env["client.business.unit"].create(
            [{"name": f"U{n}", "parent_id": self.agency.id} for n in range(10)]
        )
        for unit in units:
            self.Partner.create(
                {
                    "name": unit.name,
                    "client_status": "client",
                    "client_business_unit_id": unit.id,
                }
            )
        units[0].active = False
        counted = (self.agency | self.desk | units).with_user(self.users["manager"])
        counted.mapped("client_count")
        self.env.flush_all()
        self.env.invalidate_all()
        # The clients, the paths of their units, the rules and the companies.
        with self.assertQueryCount(5):
            counts = counted.mapped("client_count")
        self.assertEqual(counts, [11, 1] + [1] * 10)

    def test_units_of_another_company_are_not_listed(self):
        other = self.make_company()
        units = self.env["client.business.unit"]
        units.create({"name": "Elsewhere", "company_id": other.id})
        found = units.with_user(self.users["manager"]).search([])
        self.assertIn(self.agency, found)
        self.assertNotIn("Elsewhere", found.mapped("name"))
