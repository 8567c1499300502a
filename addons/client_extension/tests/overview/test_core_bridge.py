from unittest.mock import patch

from dateutil.relativedelta import relativedelta

from odoo.tests import tagged

from .. import common_bridge
from ..common_invoice import InvoiceMixin


@tagged("post_install", "-at_install")
class TestCoreBridge(InvoiceMixin, common_bridge.BridgeCase):
    """Invoices and activities, which the core declares itself."""

    sections = ("invoices",)
    sources = ("invoice", "payment")
    groups = "account.group_account_invoice"
    overview_queries = 15
    # the names of the salespeople: users, and their partners
    timeline_more_queries = 2

    @classmethod
    def make_documents(cls, client):
        cls.invoice(client, 100, due=-43)
        cls.invoice(client, 200, due=30)
        cls.invoice(client, 300, post=False)
        a_year_ago = cls.day() - relativedelta(years=1)
        cls.invoice(client, 400, invoice_date=a_year_ago)
        cls.invoice(client, 50, move_type="out_refund")
        cls.payment(client, 30)

    def test_bridge_overview_stays_below_its_ceiling_of_queries(self):
        partners = self.registry["res.partner"]
        may_see = partners._client_may_see

        def only_core(model, declared):
            section = getattr(declared, "section", None) or declared.key
            return section in ("invoices", "activities") and may_see(model, declared)

        # The ceiling of the core alone, whatever else is installed.
        with patch.object(partners, "_client_may_see", only_core):
            return super().test_bridge_overview_stays_below_its_ceiling_of_queries()


@tagged("post_install", "-at_install")
class TestActivityBridge(InvoiceMixin, common_bridge.BridgeCase):
    """Activities and messages, which every user of the app sees."""

    sections = ("activities",)
    sources = ("mail", "activity")

    @classmethod
    def make_documents(cls, client):
        for days in (-5, -1, 0, 3):
            cls.activity(client, days)
        cls.activity(client, 1, done=True)
        for values in (
            {"body": "Called about rooms", "message_type": "comment"},
            {"body": "Rooms", "subject": "Rooms", "message_type": "email"},
        ):
            client.message_post(**values)
