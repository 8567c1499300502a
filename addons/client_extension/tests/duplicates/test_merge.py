from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..common_merge import MergeCase


@tagged("post_install", "-at_install", "client_neighbours")
class TestMerge(MergeCase):
    """What happens to clients that are merged."""

    def partner_manager(self):
        """:return: a user who can merge contacts in Odoo but has no Clients app"""
        groups = "base.group_user,base.group_partner_manager"
        return new_test_user(self.env, login="partner_manager", groups=groups)

    def test_a_client_wins_over_a_prospect_and_the_earliest_dates_stay(self):
        self.family.write({"client_prospect_date": "2024-05-01", "client_since": False})
        other = self.twin(client_prospect_date="2023-02-01", client_since="2023-03-01")
        self.merge(self.family, other)
        self.assertFalse(other.exists())
        self.assertEqual(self.family.client_status, "client")
        self.assertEqual(str(self.family.client_prospect_date), "2023-02-01")
        self.assertEqual(str(self.family.client_since), "2023-03-01")

    def test_two_prospects_stay_one_without_new_dates(self):
        self.family.client_prospect_date = False
        other = self.twin(client_status="prospect", client_prospect_date=False)
        other.client_prospect_date = False
        self.merge(self.family, other)
        self.assertEqual(self.family.client_status, "prospect")
        self.assertFalse(self.family.client_prospect_date)
        self.assertFalse(self.family.client_since)

    def test_what_is_empty_is_filled_and_what_is_filled_stays(self):
        source = self.env["utm.source"].create({"name": "Fair"})
        kind = self.env["client.type"].create({"name": "Group"})
        self.family.write({"user_id": False, "company_registry": False, "vat": False})
        other = self.twin(
            user_id=self.users["user"].id,
            company_registry="R1",
            client_source_id=source.id,
            client_type_id=kind.id,
            client_business_unit_id=self.desk.id,
            email="other@example.com",
            website="http://example.com",
        )
        self.merge(self.family, other)
        self.assertEqual(self.family.user_id, self.users["user"])
        self.assertEqual(self.family.company_registry, "R1")
        self.assertEqual(self.family.client_source_id, source)
        self.assertEqual(self.family.client_type_id, kind)
        self.assertEqual(self.family.client_business_unit_id, self.desk)
        self.assertEqual(self.family.website, "http://example.com")
        self.assertEqual(self.family.email, "lefevre@example.com")
        self.assertEqual(self.family.name, "Famille Lefèvre")

    def test_categories_and_additional_data_come_together(self):
        definition = self.Partner._get_client_properties_definition()
        definition.properties_definition = [
            {"name": "dorm", "type": "char", "string": "Dormitory"},
            {"name": "bus", "type": "char", "string": "Bus"},
        ]
        tags = self.env["res.partner.category"].create([{"name": "A"}, {"name": "B"}])
        self.family.category_id = tags[0]
        self.family.client_properties = {"dorm": "Blue"}
        other = self.twin(category_id=[Command.set(tags.ids)])
        other.client_properties = {"dorm": "Red", "bus": "12"}
        self.merge(self.family, other)
        self.assertEqual(self.family.category_id, tags)
        values = self.family.client_properties._values
        self.assertEqual((values["dorm"], values["bus"]), ("Blue", "12"))

    def test_more_than_three_at_once_whatever_their_addresses(self):
        others = self.Partner.browse()
        for number in range(6):
            others |= self.twin(email=f"l{number}@example.com", ref=f"T-01{number}")
        contact = self.Partner.create({"name": "Paul", "parent_id": others[5].id})
        self.merge(self.family, *others)
        self.assertFalse(others.exists())
        self.assertEqual(contact.parent_id, self.family)
        self.assertEqual(len(self.family.client_former_reference_ids), 6)

    def test_two_of_three_old_duplicates_can_be_merged(self):
        others = self.twin() | self.twin()
        self.env.flush_all()
        # Odoo has no unique references: such clients are older than this add-on.
        self.env.cr.execute(
            "UPDATE res_partner SET ref = 'T-0001' WHERE id = ANY(%s)", [others.ids]
        )
        self.env.invalidate_all()
        self.merge(self.family, others[0])
        self.assertEqual(self.family.ref, "T-0001")
        self.assertEqual(others[1].ref, "T-0001")
        self.assertFalse(self.family.client_former_reference_ids)
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge((self.family | others[1]).ids, self.family)
        self.assertEqual(self.family.ref, "T-0001")

    def test_the_lines_of_contacts_become_one_each(self):
        paul, anna = self.Partner.create([{"name": "Paul"}, {"name": "Anna"}])
        other = self.twin()
        kept = self.line(
            self.family,
            paul,
            role_ids=[Command.set(self.roles["escort"].ids)],
            date_start="2024-01-01",
            date_end="2124-12-31",
            note="Bus",
        )
        self.line(
            other,
            paul,
            role_ids=[Command.set(self.roles["accounting"].ids)],
            date_start="2023-01-01",
            date_end="2125-12-31",
            note="Bills",
        )
        moved = self.line(other, anna, is_main=True)
        self.line(other, self.family)
        self.merge(self.family, other)
        self.assertEqual(self.family.client_contact_ids, kept | moved)
        self.assertEqual(kept.role_ids, self.roles["escort"] | self.roles["accounting"])
        self.assertEqual(
            (str(kept.date_start), str(kept.date_end), kept.note),
            ("2023-01-01", "2125-12-31", "Bus / Bills"),
        )
        self.assertTrue(kept.is_main)
        self.assertFalse(moved.is_main)

    def test_two_persons_who_stand_with_one_client_become_one(self):
        one, other = self.Partner.create([{"name": "Paul"}, {"name": "Pol"}])
        first = self.line(self.school, one)
        self.line(self.school, other, role_ids=[Command.set(self.roles["escort"].ids)])
        here = self.line(self.family, other)
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge((one | other).ids, one)
        self.env.invalidate_all()
        self.assertEqual(one.client_of_ids, first | here)
        self.assertEqual(first.role_ids, self.roles["escort"])
        self.assertFalse(one.client_status)
        self.assertFalse(one.client_former_reference_ids)

    def test_contacts_invoices_archived_and_portal_come_along(self):
        other = self.twin(ref="T-0100")
        child = self.Partner.create({"name": "Paul", "parent_id": other.id})
        invoice = self.move(other)
        portal = new_test_user(
            self.env,
            login="clients_twin",
            groups="base.group_portal",
            partner_id=other.id,
        )
        self.family.active = False
        self.merge(other, self.family)
        self.assertEqual(portal.partner_id, other)
        self.merge(self.school, other)
        self.assertEqual(child.parent_id, self.school)
        self.assertEqual(invoice.partner_id, self.school)
        self.assertEqual(portal.partner_id, self.school)
        self.assertEqual(self.school.client_former_references, "T-0001, T-0100")

    def test_who_may_merge(self):
        other = self.twin()
        for user in ("user", "importer"):
            with self.subTest(user), self.assertRaisesRegex(AccessError, "manager"):
                self.merge(self.family, other, user=user)
        with self.assertRaises(AccessError):
            self.page(self.family | other, user="employee")
        company = self.make_company()
        other.company_id = company
        with self.assertRaises(AccessError):
            self.page(self.family | other)
        self.assertTrue(other.exists())

    def test_what_stands_against_a_merge_is_a_sentence(self):
        other = self.twin()
        child = self.Partner.create({"name": "Paul", "parent_id": self.family.id})
        elsewhere = self.twin(company_id=self.make_company().id)
        here = self.twin(company_id=self.company.id)
        self.users["manager"].company_ids += elsewhere.company_id
        users = [
            new_test_user(self.env, login=f"twin{n}", groups="base.group_portal")
            for n in "12"
        ]
        colleague = self.users["user"].partner_id
        visitor = self.env.ref("base.public_partner")
        cases = [
            (self.family | child, "Paul is a contact or address of Famille"),
            (users[0].partner_id | users[1].partner_id, "both have a user"),
            (other | self.company.partner_id, "is one of your own companies"),
            (other | colleague, "Only an administrator can merge the contacts"),
            (other | visitor, "Only an administrator can merge the contacts"),
            (here | elsewhere, "belong to different companies"),
        ]
        companies = self.company | elsewhere.company_id
        for partners, sentence in cases:
            partners = partners.with_user(self.users["manager"])
            partners = partners.with_context(allowed_company_ids=companies.ids)
            with self.subTest(sentence), self.assertRaisesRegex(UserError, sentence):
                partners[0]._client_merge(partners[1:])
        self.assertTrue((other | child | elsewhere | here).exists())

    def test_locked_entries_stay_with_the_one_whose_they_are(self):
        other = self.twin()
        invoice = self.move(other, name="LOCKED/1")
        line = self.env["account.move.line"].create(
            {
                "move_id": invoice.id,
                "name": "Stay",
                "display_type": "line_note",
                "partner_id": other.id,
            }
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_move SET inalterable_hash = '$4$x' WHERE id = %s",
            [invoice.id],
        )
        self.env.invalidate_all()
        self.assertEqual(line.partner_id, other)
        manager = self.family.with_user(self.users["manager"])
        with self.assertRaisesRegex(
            UserError, "Fam. Lefevre has journal entries"
        ) as caught:
            manager._client_merge(other)
        self.assertNotIn("LOCKED", str(caught.exception))
        accounting = self.env.ref("account.group_account_invoice")
        self.users["manager"].group_ids += accounting
        with self.assertRaisesRegex(UserError, "including .*LOCKED/1. Keep Fam"):
            manager._client_merge(other)
        self.merge(other, self.family)
        self.assertFalse(self.family.exists())

    def test_entries_of_another_company_stay_with_a_client_of_all(self):
        foreign = self.make_company()
        self.env["account.journal"].create(
            {
                "name": "Sales",
                "type": "general",
                "code": "GEN",
                "company_id": foreign.id,
            }
        )
        entry = self.move(self.family, "entry", company_id=foreign.id)
        self.env["account.move.line"].create(
            {"move_id": entry.id, "display_type": "line_note", "name": "x"}
        ).partner_id = self.family
        other = self.twin(company_id=self.company.id).with_user(self.users["manager"])
        with self.assertRaisesRegex(UserError, "entries in another company"):
            other._client_merge(self.family)

    def test_partners_that_are_no_clients_are_merged_as_ever(self):
        other = self.Partner.create({"name": "Cars", "ref": "S2"})
        user = new_test_user(
            self.env,
            login="partner_manager",
            groups="base.group_user,base.group_partner_manager",
        )
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(user)
        wizard._merge((self.supplier | other).ids, self.supplier.with_user(user))
        self.assertFalse(other.exists())
        self.assertFalse(self.supplier.client_status)
        self.assertFalse(self.supplier.client_former_reference_ids)

    def test_odoos_own_merge_of_clients_by_somebody_who_is_no_client_manager(self):
        other = self.twin(email=self.family.email, ref="T-0100")
        user = new_test_user(
            self.env,
            login="partner_manager",
            groups="base.group_user,base.group_partner_manager",
        )
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(user)
        wizard._merge((self.family | other).ids, self.family.with_user(user))
        self.assertEqual(self.family.client_status, "client")
        self.assertEqual(self.family.client_former_references, "T-0100")
