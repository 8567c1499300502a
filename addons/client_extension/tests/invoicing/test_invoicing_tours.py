from odoo.tests import HttpCase, new_test_user, tagged

from ..common import GROUPS
from ..common_sale import SaleCase


class InvoicingTourCase(SaleCase, HttpCase):
    """Tours that begin on the form of a client."""

    def start(self, tour, login="clients_clerk"):
        self.start_tour(f"/odoo/clients/{self.family.id}", tour, login=login)

    def attach(self, record, name):
        values = {"res_model": record._name, "res_id": record.id, "raw": b"text"}
        return self.env["ir.attachment"].create({"name": name, **values})


@tagged("post_install", "-at_install", "client_neighbours", "client_tour")
class TestInvoicingTour(InvoicingTourCase):
    """Who may invoice, without sales rights, also beside an add-on of the OCA."""

    def test_sell_onto_a_draft_by_keyboard(self):
        draft = self.make_draft()
        self.start("client_sale_draft_tour", login="clients_accountant")
        products = draft.invoice_line_ids.product_id
        self.assertEqual(products, self.bus | self.skis)
        self.assertEqual(draft.amount_total, 256)

    def test_fill_in_what_is_missing_and_invoice(self):
        self.start("client_invoice_gap_tour")
        self.assertEqual(self.family.street, "3 rue des Lilas")
        invoice = self.env["account.move"].search([("partner_id", "=", self.family.id)])
        self.assertEqual(invoice.mapped("move_type"), ["out_invoice"])


@tagged("post_install", "-at_install", "client_tour")
class TestInvoicingTours(InvoicingTourCase):
    """What else is in the form of a client, in a real browser."""

    def test_a_wrong_iban_is_marked_while_it_is_typed(self):
        new_test_user(
            self.env,
            "clients_bank",
            f"{GROUPS['user']},account.group_account_invoice,base.group_partner_manager",
        )
        self.start("client_bank_account_tour", login="clients_bank")
        self.assertEqual(self.family.bank_ids.acc_type, "iban")

    def test_files_are_added_deleted_and_previewed(self):
        self.attach(self.family, "passport.txt")
        self.attach(self.make_draft(), "voucher.txt")
        self.start("client_files_tour")
        files = self.env["ir.attachment"].search(
            [("res_model", "=", "res.partner"), ("res_id", "=", self.family.id)]
        )
        self.assertEqual(files.mapped("name"), ["contract.txt"])
