from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.invoicing.res_partner_file import PAGE
from ..common_sale import SaleCase


@tagged("post_install", "-at_install", "client_neighbours")
class TestClientFiles(SaleCase):
    """The files of a client's documents, for who may read these documents."""

    def attach(self, record, name="file.txt", **values):
        return self.env["ir.attachment"].create(
            {
                "name": name,
                "res_model": record._name,
                "res_id": record.id,
                "raw": b"text",
                **values,
            }
        )

    def invoices(self, name="accountant", partner=None, **kwargs):
        """:return: the kind of the invoices as a user sees it, or None"""
        client = (partner or self.family).with_user(self.users[name])
        kinds = client.get_client_files(**kwargs)
        return next((one for one in kinds if one["model"] == "account.move"), None)

    def test_a_file_of_an_invoice_is_shown_with_its_document(self):
        draft = self.make_draft()
        file = self.attach(draft, "voucher.pdf", mimetype="application/pdf")
        kind = self.invoices()
        self.assertEqual(kind["label"], "Invoices")
        self.assertFalse(kind["more"])
        [values] = kind["files"]
        self.assertEqual((values["id"], values["name"]), (file.id, "voucher.pdf"))
        self.assertEqual(values["document_id"], draft.id)
        self.assertEqual(values["document"], draft.display_name)

    def test_a_kind_without_files_is_left_out(self):
        self.make_draft()
        self.assertIsNone(self.invoices())

    def test_the_documents_of_contacts_count(self):
        contact = self.Partner.create({"name": "Anne", "parent_id": self.school.id})
        self.attach(self.make_draft(contact))
        self.assertEqual(len(self.invoices(partner=self.school)["files"]), 1)
        self.assertIsNone(self.invoices())

    def test_who_may_not_read_invoices_sees_none_of_their_files(self):
        self.attach(self.make_draft())
        self.assertIsNone(self.invoices("user"))

    def test_files_of_bills_and_fields_are_not_shown(self):
        self.attach(self.make_draft(move_type="in_invoice"))
        self.attach(self.make_draft(), res_field="invoice_pdf_report_file")
        self.assertIsNone(self.invoices())

    def test_more_than_a_page_comes_in_pages(self):
        draft = self.make_draft()
        files = [self.attach(draft, f"{number}.txt") for number in range(PAGE + 3)]
        first = self.invoices()
        self.assertTrue(first["more"])
        self.assertEqual(len(first["files"]), PAGE)
        second = self.invoices(model="account.move", offset=PAGE)
        self.assertFalse(second["more"])
        ids = [one["id"] for one in first["files"] + second["files"]]
        self.assertEqual(ids, [file.id for file in reversed(files)])

    def test_another_kind_is_not_read_on_demand(self):
        self.attach(self.make_draft())
        self.assertIsNone(self.invoices(model="res.users"))

    def test_a_wrong_offset_is_refused(self):
        for offset in (-1, "0", None):
            with self.assertRaises(UserError):
                self.family.get_client_files(offset=offset)

    def test_a_portal_user_sees_nothing_of_a_client(self):
        portal = self.users["portal"]
        with self.assertRaises(AccessError):
            portal.partner_id.with_user(portal).get_client_files()
        client = self.family.with_user(portal)
        with self.assertRaises(AccessError):
            client.get_client_files()

    def test_another_company_sees_no_file(self):
        self.attach(self.make_draft())
        north = self.make_company()
        self.users["accountant"].write(
            {"company_ids": [(6, 0, north.ids)], "company_id": north.id}
        )
        self.assertIsNone(self.invoices())

    def test_many_documents_cost_no_more_queries(self):
        self.assertConstantQueries(
            12, lambda: self.attach(self.make_draft()), self.invoices
        )
