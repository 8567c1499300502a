from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..common import ClientCase


@tagged("post_install", "-at_install", "client_neighbours")
class TestReference(ClientCase):
    """Where the reference of a client comes from, and which ones are refused."""

    def make(self, **values):
        return self.Partner.create({"name": "New", "client_status": "client", **values})

    def test_without_the_setting_a_client_has_no_reference(self):
        self.company.client_auto_reference = False
        self.assertNoNumber(self.make())

    def test_with_the_setting_a_new_client_gets_the_next_number(self):
        self.company.client_auto_reference = True
        first, second = self.make(), self.make()
        self.assertTrue(first.ref)
        self.assertNotEqual(first.ref, second.ref)

    def test_a_reference_that_was_typed_stays(self):
        self.company.client_auto_reference = True
        self.assertEqual(self.make(ref="00123").ref, "00123")

    def test_a_number_that_somebody_has_is_left_out(self):
        self.company.client_auto_reference = True
        number = self.env.ref("client_extension.ir_sequence_client_reference")
        taken = number.get_next_char(number.number_next_actual)
        self.supplier.ref = taken
        self.assertNotEqual(self.make().ref, taken)

    def test_partners_that_are_no_clients_get_no_number(self):
        self.company.client_auto_reference = True
        self.assertNoNumber(self.Partner.create({"name": "Supplier"}))

    def test_a_partner_that_becomes_a_prospect_gets_a_number(self):
        self.company.client_auto_reference = True
        partner = self.Partner.create({"name": "Somebody"})
        partner.client_status = "prospect"
        self.assertTrue(partner.ref)

    def test_a_user_of_the_app_takes_a_number(self):
        self.company.client_auto_reference = True
        client = self.as_user("user").create({"name": "x", "client_status": "client"})
        self.assertTrue(client.ref)

    def test_the_reference_of_another_client_is_refused_with_its_name(self):
        with self.assertRaisesRegex(ValidationError, "Collège Jean Moulin"):
            self.make(ref="T-0002")
        with self.assertRaisesRegex(ValidationError, "T-0002"):
            self.family.ref = "T-0002"

    def test_an_archived_client_keeps_its_reference(self):
        self.school.active = False
        with self.assertRaises(ValidationError):
            self.make(ref="T-0002")

    def test_two_new_clients_with_one_reference_are_refused(self):
        values = {"name": "Twin", "client_status": "client", "ref": "TWIN"}
        with self.assertRaises(ValidationError):
            self.Partner.create([values, dict(values)])

    def test_partners_that_are_no_clients_share_references_as_in_odoo(self):
        self.assertEqual(self.supplier.ref, self.family.ref)
        self.supplier.ref = "T-0002"
        self.supplier.copy().ref = "T-0002"

    def test_old_duplicates_can_still_be_changed(self):
        # Like the installation hook, which turns partners into clients.
        self.env.flush_all()
        self.cr.execute(
            "UPDATE res_partner SET client_status = 'client' WHERE id = %s",
            [self.supplier.id],
        )
        self.supplier.invalidate_recordset()
        self.supplier.write({"city": "Givors", "client_status": "prospect"})
        self.assertEqual(self.supplier.city, "Givors")

    def test_a_partner_becomes_no_client_with_the_reference_of_another(self):
        with self.assertRaisesRegex(ValidationError, "Famille Lefèvre"):
            self.supplier.client_status = "client"

    def test_a_copy_takes_no_reference_or_the_next(self):
        self.company.client_auto_reference = False
        self.assertNoNumber(self.school.copy())
        self.company.client_auto_reference = True
        copied = self.school.copy()
        self.assertTrue(copied.ref)
        self.assertNotEqual(copied.ref, self.school.ref)
        self.assertEqual(self.school.copy({"ref": "T-0009"}).ref, "T-0009")
        self.assertEqual(self.supplier.copy().ref, self.supplier.ref)

    def test_merged_partners_keep_one_reference(self):
        wizard = self.env["base.partner.merge.automatic.wizard"]
        for values, kept in (
            ({"client_status": "client"}, "T-0002"),
            ({}, "T-0002"),
            ({"client_status": "client", "ref": "T-0009"}, "T-0009"),
        ):
            with self.subTest(values), self.env.cr.savepoint() as savepoint:
                other = self.Partner.create({"name": "Collège", **values})
                # An add-on may have numbered it.
                other.ref = values.get("ref", False)
                wizard._merge((self.school | other).ids, other)
                self.assertFalse(self.school.exists())
                self.assertEqual(other.ref, kept)
                self.assertEqual(other.client_status, "client")
                savepoint.rollback()
                self.env.invalidate_all()

    def test_a_contact_that_has_the_reference_of_its_client_can_be_a_client(self):
        fields = type(self.Partner)._commercial_fields
        patched = lambda partner: [*fields(partner), "ref"]  # noqa: E731
        self.patch(type(self.Partner), "_commercial_fields", patched)
        values = {"name": "Head", "parent_id": self.school.id}
        contact = self.Partner.create(values)
        self.assertEqual(contact.ref, "T-0002")
        contact.client_status = "prospect"
        self.assertEqual((contact.ref, self.school.ref), ("T-0002", "T-0002"))
        self.school.ref = "T-0009"
        self.assertEqual(contact.ref, "T-0009")
        with self.assertRaisesRegex(ValidationError, "T-0009"):
            self.family.ref = "T-0009"
        with self.assertRaisesRegex(ValidationError, "T-0009"):
            self.make(ref="T-0009")

    def test_each_company_has_references_of_its_own(self):
        other = self.make_company()
        self.school.company_id = self.company
        self.make(ref="T-0002", company_id=other.id)
        with self.assertRaises(ValidationError):
            self.make(ref="T-0002", company_id=self.company.id)

    def test_a_client_of_all_companies_meets_those_of_every_company(self):
        other = self.make_company()
        self.make(ref="N-0001", company_id=other.id)
        manager = self.as_user("manager")
        with self.assertRaisesRegex(ValidationError, "not have access to"):
            manager.create({"name": "x", "client_status": "client", "ref": "N-0001"})
        with self.assertRaises(ValidationError):
            self.make(ref="T-0002", company_id=other.id)

    def test_a_merge_shares_no_reference_that_another_company_uses(self):
        other = self.make_company()
        self.make(ref="N-0001", company_id=other.id)
        source = self.make(ref="N-0001", company_id=self.company.id)
        shared = self.make()
        shared.ref = False
        with self.assertRaisesRegex(ValidationError, "N-0001"):
            shared._client_merge(source)

    def test_the_name_of_a_hidden_client_is_not_told(self):
        self.agency.members_only = True
        self.school.client_business_unit_id = self.agency
        with self.assertRaisesRegex(ValidationError, "not have access to") as caught:
            self.as_user("user").create(
                {"name": "x", "client_status": "client", "ref": "T-0002"}
            )
        self.assertNotIn("Moulin", str(caught.exception))

    def test_a_batch_is_checked_in_a_fixed_number_of_queries(self):
        clients = self.Partner.create(
            [
                {"name": f"B{n}", "client_status": "client", "ref": f"B{n}"}
                for n in range(50)
            ]
        )
        self.env.flush_all()
        with self.assertQueryCount(1):
            clients._check_client_reference()

    def test_many_clients_are_numbered_in_one_query_a_number(self):
        self.company.client_auto_reference = True
        partners = self.Partner.create([{"name": f"N{n}"} for n in range(20)])
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(40):
            partners.write({"client_status": "prospect"})
            self.env.flush_all()
        self.assertEqual(len(set(partners.mapped("ref"))), 20)

    def test_many_new_clients_are_numbered_in_one_query_a_number(self):
        self.needs_batches()
        self.company.client_auto_reference = True
        values = [{"name": f"N{n}", "client_status": "client"} for n in range(20)]
        self.Partner.create(values[0])
        self.env.flush_all()
        with self.assertQueryCount(40):
            partners = self.Partner.create(values)
            self.env.flush_all()
        self.assertEqual(len(set(partners.mapped("ref"))), 20)
