from unittest.mock import patch

from odoo.fields import Domain
from odoo.tests import new_test_user, tagged

from ..common import GROUPS, ClientCase
from ..common_invoice import InvoiceMixin


@tagged("post_install", "-at_install")
class TestFigureQuery(InvoiceMixin, ClientCase):
    """Figures of one model share a query, unless an add-on searches in its own way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = new_test_user(
            cls.env,
            login="figure_query",
            groups=f"{GROUPS['user']},account.group_account_invoice",
        )
        cls.invoice(cls.school, 100)
        cls.invoice(cls.school, 70, post=False)
        cls.client = cls.school.with_user(cls.accountant)

    def invoice_figures(self):
        """:return: list of the three figures of invoices"""
        figures = self.client._get_client_invoice_figures()
        self.assertEqual(len(figures), 3)
        return figures

    def counts(self):
        """:return: dict ``{key: count}`` of the figures of invoices"""
        values = self.client._read_client_figures(self.invoice_figures())
        counts = values[self.client.id].items()
        return {key: figure["count"] for (_section, key), figure in counts}

    def test_three_figures_of_invoices_are_one_query_beside_that_of_the_scope(self):
        self.counts()
        with self.assertQueryCount(2):
            self.counts()

    def test_an_add_on_that_searches_in_its_own_way_gets_each_figure(self):
        moves = self.registry["account.move"]
        search, asked = moves._search, []

        def _search(model, domain, *args, **kwargs):
            # Drafts are hidden, but only from who asks for drafts alone.
            asked.append(Domain(domain))
            if Domain("state", "=", "draft") in getattr(asked[-1], "children", ()):
                domain = Domain.FALSE
            return search(model, domain, *args, **kwargs)

        with patch.object(moves, "_search", _search):
            self.assertEqual(
                self.counts(), {"waiting": 0, "this_year": 1, "last_year": 0}
            )
        self.assertEqual(len(asked), 3)
        self.assertEqual(self.counts(), {"waiting": 1, "this_year": 1, "last_year": 0})

    def test_an_add_on_that_groups_in_its_own_way_gets_each_figure(self):
        moves = self.registry["account.move"]
        read_group = moves._read_group

        def _read_group(model, domain, *args, **kwargs):
            posted = Domain(domain) & Domain("state", "=", "posted")
            return read_group(model, posted, *args, **kwargs)

        with patch.object(moves, "_read_group", _read_group):
            self.assertEqual(
                self.counts(), {"waiting": 0, "this_year": 1, "last_year": 0}
            )
