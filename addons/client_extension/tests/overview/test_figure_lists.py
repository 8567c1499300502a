from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ...models.overview.lists.res_partner_figure_list import QUIET_DAYS
from ..common import ClientCase
from ..common_invoice import InvoiceMixin

MONEY = ("client_late_amount", "client_open_amount")


@tagged("post_install", "-at_install")
class TestFigureLists(InvoiceMixin, ClientCase):
    """Figures as columns and filters of the list of clients."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = new_test_user(
            cls.env,
            login="figure_lists",
            groups="account.group_account_invoice,client_extension.group_client_user",
        )
        cls.contact = cls.Partner.create({"name": "Anna", "parent_id": cls.family.id})

    def found(self, *condition, user=None):
        clients = self.Partner.with_user(user or self.accountant)
        mine = [("id", "in", (self.family | self.school | self.contact).ids)]
        return clients.search([*mine, condition])

    def test_columns_equal_the_overview(self):
        self.invoice(self.school, 100, due=-5)
        self.invoice(self.school, 40, due=5)
        self.activity(self.family, 3)
        self.activity(self.contact, 1)
        clients = (self.school | self.family).with_user(self.accountant)
        self.assertEqual(clients.mapped("client_late_amount"), [100, 0])
        self.assertEqual(clients.mapped("client_open_amount"), [140, 0])
        dates = [client.client_next_activity for client in clients]
        self.assertEqual(dates, [False, self.day(1)])

    def test_money_is_for_those_who_see_accounting(self):
        self.invoice(self.family, 100, due=-5)
        clients = self.family.with_user(self.users["user"])
        for name in MONEY:
            with self.assertRaises(AccessError):
                clients.read([name])
            domain = [(name, ">", 0), ("id", "=", self.family.id)]
            self.assertFalse(clients.search(domain), "nothing is told by a search")
        view = clients.get_view(
            self.env.ref("client_extension.res_partner_view_list").id, "list"
        )
        self.assertNotIn("client_late_amount", view["arch"])
        self.assertIn("client_next_activity", view["arch"])

    def test_clients_are_found_by_what_they_and_their_contacts_owe(self):
        self.invoice(self.contact, 100, due=-5)
        self.invoice(self.school, 40, due=5)
        for condition, expected in (
            (("client_late_amount", ">", 0), self.family),
            (("client_late_amount", "!=", 0), self.family),
            (("client_late_amount", "=", 0), self.school | self.contact),
            (("client_open_amount", ">=", 100), self.family),
            (("client_open_amount", "<", 100), self.school | self.contact),
            (("client_open_amount", "in", [40, 5]), self.school),
        ):
            self.assertEqual(self.found(*condition), expected, condition)

    def test_a_client_is_quiet_when_nothing_happened_for_90_days(self):
        everybody = self.family | self.school | self.contact
        everybody.message_ids.unlink()
        self.assertEqual(self.found("client_is_quiet", "=", True), everybody)
        self.invoice(self.school, 10, invoice_date=self.day(-QUIET_DAYS))
        self.assertEqual(
            self.found("client_is_quiet", "=", True), self.family | self.contact
        )
        self.contact.message_post(body="x", message_type="comment")
        self.assertEqual(self.found("client_is_quiet", "=", False), everybody)
        self.assertEqual(
            everybody.with_user(self.accountant).mapped("client_is_quiet"), [False] * 3
        )

    def test_an_old_document_does_not_make_a_client_busy(self):
        self.school.message_ids.unlink()
        self.invoice(self.school, 10, invoice_date=self.day(-QUIET_DAYS - 1))
        quiet = self.found("client_is_quiet", "=", True)
        self.assertIn(self.school, quiet)

    def test_queries_of_a_page_do_not_grow_with_clients(self):
        clients = self.Partner.create(
            [{"name": f"Client {n}", "client_status": "client"} for n in range(80)]
        )
        fields = [*MONEY, "client_next_activity"]
        counts = set()
        for number in (2, 10, 80):
            page = clients[:number].with_user(self.accountant)
            page.read(fields)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            page.read(fields)
            counts.add(self.env.cr.sql_log_count - before)
        self.assertEqual(len(counts), 1, counts)
        self.assertLessEqual(max(counts), 15)
