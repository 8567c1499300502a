from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import ClientCase
from ..common_invoice import InvoiceMixin


@tagged("post_install", "-at_install")
class TestTimeline(InvoiceMixin, ClientCase):
    """What happened with a client, newest first, page by page."""

    def timeline(self, client=None, user="user", **options):
        client = (client or self.family).with_user(self.users[user])
        return client.get_client_timeline(**options)

    def message(self, client, body, **values):
        return client.message_post(body=body, message_type="comment", **values)

    def test_a_client_with_nothing_has_an_empty_timeline(self):
        self.family.message_ids.unlink()
        result = self.timeline()
        self.assertEqual(result["entries"], [])
        self.assertIs(result["next"], False)
        counts = {kind["key"]: kind["count"] for kind in result["kinds"]}
        self.assertLessEqual({"mail", "activity"}, counts.keys())
        self.assertFalse({"invoice", "payment"} & counts.keys())
        self.assertEqual(set(counts.values()), {0})

    def test_an_entry_says_what_who_and_when(self):
        message = self.message(self.family, "Rooms with a <b>view</b>", subject="Rooms")
        [entry] = self.timeline(search="view")["entries"]
        self.assertEqual(
            entry,
            {
                "kind": "mail",
                "model": "mail.message",
                "id": message.id,
                "date": message.date.strftime("%Y-%m-%d %H:%M:%S"),
                "title": "Rooms",
                "state": False,
                "amount": False,
                "currency_id": False,
                "who": message.author_id.name,
                "preview": message.preview,
                "talk_count": 0,
            },
        )

    def test_messages_of_contacts_are_there_and_logs_of_changes_are_not(self):
        contact = self.Partner.create({"name": "Léa", "parent_id": self.family.id})
        self.message(contact, "From Léa")
        self.family._message_log(body="Status changed")
        previews = [entry["preview"] for entry in self.timeline()["entries"]]
        self.assertIn("From Léa", previews)
        self.assertNotIn("Status changed", previews)

    def test_documents_of_one_second_are_neither_lost_nor_repeated(self):
        with freeze_time("2026-03-01 09:00:00"):
            for number in range(7):
                self.message(self.family, f"Message {number}")
        whole = self.timeline(limit=100)["entries"]
        paged, before = [], None
        while True:
            page = self.timeline(limit=2, before=before)
            paged += page["entries"]
            before = page["next"]
            if not before:
                break
        self.assertEqual(paged, whole)

    def test_a_message_that_arrives_between_two_pages_shifts_nothing(self):
        for number in range(4):
            self.message(self.family, f"Message {number}")
        first = self.timeline(limit=2)
        self.message(self.family, "New")
        second = self.timeline(limit=2, before=first["next"])
        ids = [entry["id"] for entry in first["entries"] + second["entries"]]
        self.assertEqual(len(ids), len(set(ids)))
        self.assertNotIn("New", [e["preview"] for e in second["entries"]])

    def test_dates_and_moments_have_one_order_in_every_time_zone(self):
        accountant = self.users["user"]
        accountant.group_ids += self.env.ref("account.group_account_invoice")
        for zone in ("Pacific/Auckland", "America/Los_Angeles", "UTC"):
            accountant.tz = zone
            for day in (1, 2, 3):
                self.invoice(self.family, 10 * day, invoice_date=f"2026-03-0{day}")
                for hour in (0, 11, 12, 23):
                    with freeze_time(datetime(2026, 3, day, hour)):
                        self.message(self.family, f"{zone} {day} {hour}")
            whole = self.timeline(limit=200)["entries"]
            paged, before = [], None
            while True:
                page = self.timeline(limit=3, before=before)
                paged += page["entries"]
                before = page["next"]
                if not before:
                    break
            self.assertEqual(paged, whole, zone)

    def test_kinds_are_counted_and_filtered(self):
        for number in range(3):
            self.message(self.family, f"Message {number}")
        self.activity(self.family, done=True, user_id=self.users["user"].id)
        result = self.timeline(limit=2)
        kinds = {kind["key"]: kind for kind in result["kinds"]}
        self.assertEqual((kinds["mail"]["count"], kinds["mail"]["more"]), (2, True))
        self.assertEqual(
            (kinds["activity"]["count"], kinds["activity"]["more"]), (1, False)
        )
        only = self.timeline(kinds=["activity"])
        self.assertEqual({entry["kind"] for entry in only["entries"]}, {"activity"})
        [asked] = [k for k in only["kinds"] if k["key"] == "mail"]
        self.assertIs(asked["count"], False)

    def test_a_document_with_messages_unfolds_them(self):
        user = self.users["user"]
        user.group_ids += self.env.ref("account.group_account_invoice")
        invoice = self.invoice(self.family, 10)
        self.message(invoice, "About the invoice")
        [entry] = self.timeline(kinds=["invoice"])["entries"]
        self.assertEqual(entry["talk_count"], 1)
        self.assertEqual(entry["amount"], 10)
        self.assertEqual(entry["currency_id"], self.company.currency_id.id)
        client = self.family.with_user(user)
        talk = client.get_client_timeline_talk("account.move", invoice.id)
        [message] = talk["messages"]
        self.assertEqual(message["preview"], "About the invoice")

    def test_messages_of_documents_of_others_are_refused(self):
        user = self.users["user"]
        client = self.family.with_user(user)
        invoice = self.invoice(self.school, 10)
        for model, id_ in (
            ("account.move", invoice.id),
            ("res.users", 1),
            ("no.model", 1),
        ):
            with self.assertRaises(AccessError):
                client.get_client_timeline_talk(model, id_)
        user.group_ids += self.env.ref("account.group_account_invoice")
        with self.assertRaises(AccessError):
            client.get_client_timeline_talk("account.move", invoice.id)

    def test_nonsense_over_rpc_gets_an_answer_and_harms_nothing(self):
        for before in ("x", "2026-01-01|mail", "x|mail|1", 5, "2026-01-01|mail|x"):
            with self.assertRaises(UserError):
                self.timeline(before=before)
        far = ("2026-01-01T00:00:00+00:00|mail|1", f"2026-01-01|mail|{10**30}")
        for before in far:
            with self.assertRaises(UserError):
                self.timeline(before=before)
        for limit in ("many", float("inf")):
            with self.assertRaises(UserError):
                self.timeline(limit=limit)
        for kinds in (5, [["mail"]], {"mail": 1}):
            with self.assertRaises(UserError):
                self.timeline(kinds=kinds)
        client = self.family.with_user(self.users["user"])
        for id_ in ("x", None, [1], 10**30, -1):
            with self.assertRaises(AccessError):
                client.get_client_timeline_talk("res.partner", id_)
            with self.assertRaises(AccessError):
                client.get_client_timeline_talk("account.move", id_)
        self.timeline(search="a\0b")
        self.assertEqual(self.timeline(kinds=["nothing"])["entries"], [])
        self.timeline(search="100% _\\ '", limit=-4)
        with self.assertRaises(UserError):
            self.family.with_user(self.users["user"]).open_client_figure("x", "y")

    def test_only_users_of_the_app_read_overview_and_timeline(self):
        for name in ("portal", "employee", "accountant"):
            client = self.family.with_user(self.users[name])
            for call in (client.get_client_overview, client.get_client_timeline):
                with self.assertRaises(AccessError):
                    call()
        other = self.make_company()
        hidden = self.Partner.create({"name": "x", "company_id": other.id})
        for call in (
            "get_client_overview",
            "get_client_timeline",
            "action_client_new_activity",
        ):
            with self.assertRaises(AccessError):
                getattr(hidden.with_user(self.users["user"]), call)()

    def test_messages_of_contacts_of_another_company_are_hidden(self):
        other = self.make_company()
        hidden = self.Partner.create({"name": "Hidden", "parent_id": self.family.id})
        self.message(hidden, "Secret")
        hidden.company_id = other
        previews = [entry["preview"] for entry in self.timeline()["entries"]]
        self.assertNotIn("Secret", previews)
