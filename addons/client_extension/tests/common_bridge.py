"""What every add-on that declares sections, figures or timeline sources has to keep.

Import the module, not the class, so that the class itself is not collected::

    from odoo.addons.client_extension.tests import common_bridge

    @tagged("post_install", "-at_install")
    class TestBridge(common_bridge.BridgeCase):
        sections = ("sale",)
        sources = ("order",)
        groups = "sales_team.group_sale_salesman_all_leads"
        allow_inherited_tests_method = True

        @classmethod
        def make_documents(cls, client): ...
"""

import functools
import json
import unittest
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import new_test_user
from odoo.tools import mute_logger
from odoo.tools.json import json_default

from odoo.addons.client_extension.models.overview.figure_reader import FigureReader
from odoo.addons.client_extension.models.sheets.res_partner_sheet import SheetFigures

from .common import ClientCase

OVERVIEW_LOG = "odoo.addons.client_extension.models.overview.res_partner_overview"


class BridgeCase(ClientCase):
    """Inherit it, say what your add-on declares, and make documents of every kind."""

    #: keys of the sections that the add-on declares
    sections = ()
    #: keys of its timeline sources
    sources = ()
    #: how many blocks the add-on adds to the sheet of a client
    blocks = 0
    #: groups that a user needs to see all of it, separated by commas
    groups = ""
    #: queries that opening the overview may take with everything installed
    overview_queries = 40
    #: set it in every class that inherits this one: Odoo runs inherited tests only then
    allow_inherited_tests_method = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.sections:
            raise unittest.SkipTest("a case to inherit from")
        groups = ",".join(
            filter(None, [cls.groups, "client_extension.group_client_user"])
        )
        cls.reader = new_test_user(cls.env, login="bridge_reader", groups=groups)
        cls.contact = cls.Partner.create(
            {"name": "Léa Lefèvre", "parent_id": cls.school.id, "active": True}
        )
        cls.make_documents(cls.school)
        cls.make_documents(cls.contact)
        cls.make_documents(cls.family)
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def make_documents(cls, client):
        """Make documents of this client so that no figure of the add-on is zero."""
        raise NotImplementedError("your test makes the documents")

    def as_reader(self, clients):
        """:return: the clients as the user with the groups of the add-on sees them"""
        return clients.with_user(self.reader)

    def declared_figures(self):
        """:return: list of the figures of the sections of this add-on"""
        figures = self.as_reader(self.Partner)._get_client_visible_figures()
        return [figure for figure in figures if figure.section in self.sections]

    def overview(self, client, user=None):
        """:return: dict ``{key of section: section}`` of the overview of a client"""
        client = client.with_user(user or self.reader)
        return {s["key"]: s for s in client.get_client_overview()["sections"]}

    # Figures

    def test_bridge_shows_its_sections_and_every_figure_has_something(self):
        shown = self.overview(self.school)
        for key in self.sections:
            self.assertIn(key, shown)
            self.assertFalse(shown[key]["error"])
        self.assertTrue(self.declared_figures())
        for figure in self.declared_figures():
            figures = {f["key"]: f for f in shown[figure.section]["figures"]}
            values = figures[figure.key]
            self.assertGreater(values["count"], 0, figure.name)
            self.assertTrue(values["text"], figure.name)

    def test_bridge_figures_equal_the_list_that_they_open(self):
        for client in (self.school, self.family, self.contact):
            client = self.as_reader(client)
            values = client._read_client_figures()[client.id]
            for figure in self.declared_figures():
                with self.subTest(figure.name, client=client.name):
                    action = client.open_client_figure(*figure.name)
                    self.assertEqual(action["res_model"], figure.model)
                    for name in ("name", "display_name"):
                        self.assertIn(client.display_name, action[name])
                    # As it comes back from the browser.
                    sent = json.dumps(action, default=json_default)
                    action = json.loads(sent)
                    records = (
                        self.env[figure.model]
                        .with_user(self.reader)
                        .with_context(**action["context"])
                        .search(Domain(action["domain"]))
                    )
                    shown = values[figure.name]
                    self.assertEqual(shown["count"], len(records))
                    self.assert_measure(figure, records, shown["amount"])
                    self.assert_oldest(figure, records, shown["oldest"])

    def assert_measure(self, figure, records, amount):
        """Compare the amount of a figure with the sum over *records*."""
        if not figure.measure:
            self.assertIs(amount, False)
            return
        [[total]] = records._read_group(
            [("id", "in", records.ids)], [], [figure.measure]
        )
        self.assertAlmostEqual(amount, total or 0.0, places=2)

    def assert_oldest(self, figure, records, oldest):
        """Compare the date of a figure with the earliest of *records*."""
        if not figure.oldest:
            self.assertIs(oldest, False)
            return
        counted = records.filtered_domain(Domain(list(figure.oldest_domain)))
        dates = [date for date in counted.mapped(figure.oldest) if date]
        expected = min(dates) if dates else False
        if expected and hasattr(expected, "date"):
            expected = expected.date()
        self.assertEqual(oldest, expected)

    def test_bridge_figures_of_many_clients_are_those_of_each(self):
        clients = self.as_reader(self.school | self.family | self.contact)
        together = clients._read_client_figures()
        for client in clients:
            self.assertEqual(
                together[client.id], client._read_client_figures()[client.id]
            )

    def test_bridge_figures_counted_by_one_query_are_those_counted_alone(self):
        for clients in (self.school, self.school | self.family | self.contact):
            clients = self.as_reader(clients)
            together = clients._read_client_figures()
            # Nothing is known to be neutral: each figure has a query of its own.
            with patch.object(
                self.registry["res.partner"],
                "_get_client_neutral_modules",
                lambda partners: (),
            ):
                self.assertEqual(together, clients._read_client_figures())

    def test_bridge_figures_of_a_client_include_those_of_archived_contacts(self):
        client = self.as_reader(self.school)
        several = self.as_reader(self.school | self.family)
        before = client._read_client_figures(), several._read_client_figures()
        self.contact.active = False
        after = client._read_client_figures(), several._read_client_figures()
        self.assertEqual(before, after)
        for figure in self.declared_figures():
            action = client.open_client_figure(*figure.name)
            records = self.env[figure.model].with_user(self.reader)
            listed = records.with_context(**action["context"])
            count = listed.search_count(action["domain"])
            self.assertEqual(count, after[0][client.id][figure.name]["count"])

    def test_bridge_figures_take_as_many_queries_for_1_10_and_80_clients(self):
        clients = self.Partner.create(
            [{"name": f"Client {n}", "client_status": "client"} for n in range(80)]
        )
        figures = self.declared_figures()
        counts = set()
        for number in (1, 10, 80):
            asked = self.as_reader(clients[:number])
            call = functools.partial(asked._read_client_figures, figures)
            counts.add(self.count_queries(call))
        self.assertEqual(len(counts), 1, counts)

    def test_bridge_overview_stays_below_its_ceiling_of_queries(self):
        taken = self.count_queries(self.as_reader(self.school).get_client_overview)
        self.assertLessEqual(taken, self.overview_queries)

    def count_queries(self, call):
        """:return: int, the queries of a call of the reader, when nothing is cached but
        what every request reads: the user, the company and its address
        """
        call()
        self.env.invalidate_all()
        user = self.env(user=self.reader).user
        company = user.company_id
        _read = user.name, company.currency_id.name, company.root_id, company.city
        self.as_reader(self.school).check_access("read")
        before = self.env.cr.sql_log_count
        call()
        return self.env.cr.sql_log_count - before

    # Sheet

    def test_bridge_blocks_are_on_the_sheet_of_who_may_see_them(self):
        client = self.as_reader(self.school)
        blocks = self.blocks_of(client)
        self.assertEqual(len(blocks), self.blocks)
        for _title, template, values in blocks:
            self.assertLessEqual(len(values["rows"]), 10)
            text = client._render_client_sheet_block(template, values)
            self.assertIn("o_client_row", text or "")
        if self.groups:
            plain = self.school.with_user(self.users["user"])
            self.assertFalse(self.blocks_of(plain))
        empty = self.Partner.create({"name": "Empty", "client_status": "client"})
        self.assertFalse(self.blocks_of(self.as_reader(empty)))

    def blocks_of(self, client):
        """:return: list of the blocks that this add-on adds to the sheet of a client"""
        labels = [
            f"{section.label} ("
            for section in client._get_client_sections()
            if section.key in self.sections
        ]
        blocks = client._get_client_list_blocks(SheetFigures(client))
        blocks += client._get_client_sheet_blocks()
        return [block for block in blocks if block[0].startswith(tuple(labels))]

    # Rights

    def test_bridge_shows_nothing_to_users_without_the_right(self):
        if not self.groups:
            self.skipTest("the add-on shows its sections to every user of the app")
        plain = self.users["user"]
        shown = self.overview(self.school, plain)
        client = self.school.with_user(plain)
        timeline = client.get_client_timeline()
        for key in self.sections:
            self.assertNotIn(key, shown)
        for figure in self.declared_figures():
            self.assertNotIn(figure.name, client._read_client_figures()[client.id])
            with self.assertRaises(AccessError):
                client.open_client_figure(*figure.name)
        self.assertFalse({k["key"] for k in timeline["kinds"]} & set(self.sources))
        self.assertFalse({e["kind"] for e in timeline["entries"]} & set(self.sources))

    def test_bridge_buttons_for_new_documents_lead_to_an_action(self):
        for section in self.overview(self.school).values():
            if section["key"] in self.sections and section["new"]:
                action = getattr(self.as_reader(self.school), section["new"])()
                self.assertIn(action["type"], ("ir.actions.act_window",))
                self.env[action["res_model"]].with_user(self.reader).check_access(
                    "create"
                )

    # Faults

    def test_bridge_error_in_a_section_leaves_the_others(self):
        before = self.overview(self.school)
        for key in self.sections:
            with self.subTest(key):
                after = self.overview_with_error_in(key)
                self.assertTrue(after[key]["error"])
                self.assertFalse(after[key]["figures"])
                self.assertEqual(
                    {k: s for k, s in after.items() if k != key},
                    {k: s for k, s in before.items() if k != key},
                )

    def overview_with_error_in(self, key):
        """:return: the overview where reading the figures of a section fails in SQL"""
        count_all = FigureReader.count_all

        def fail(reader, figures):
            if any(figure.section == key for figure in figures):
                reader.env.cr.execute("SELECT 1 / 0")
            return count_all(reader, figures)

        with (
            patch.object(FigureReader, "count_all", fail),
            mute_logger(OVERVIEW_LOG, "odoo.sql_db"),
        ):
            return self.overview(self.school)

    # Timeline

    def timeline(self, **options):
        """:return: list of all entries of the sources of this add-on, page by page"""
        client = self.as_reader(self.school)
        entries, before = [], None
        while True:
            page = client.get_client_timeline(
                kinds=list(self.sources), before=before, **options
            )
            entries += page["entries"]
            before = page["next"]
            if not before:
                return entries

    def test_bridge_timeline_is_complete_over_pages_and_has_one_order(self):
        whole = self.timeline(limit=200)
        paged = self.timeline(limit=1)
        self.assertEqual(whole, paged)
        names = [(entry["kind"], entry["id"]) for entry in whole]
        self.assertEqual(len(names), len(set(names)))
        dates = [entry["date"][:10] for entry in whole]
        self.assertEqual(dates, sorted(dates, reverse=True))
        for key in self.sources:
            self.assertIn(key, {entry["kind"] for entry in whole})

    def test_bridge_timeline_entries_can_be_read_by_who_sees_them(self):
        for entry in self.timeline(limit=200):
            self.assertTrue(entry["title"])
            record = self.env[entry["model"]].browse(entry["id"])
            record.with_user(self.reader).check_access("read")

    def test_bridge_timeline_takes_two_queries_a_kind_and_three(self):
        client = self.as_reader(self.school)
        kinds = list(self.sources)
        taken = self.count_queries(lambda: client.get_client_timeline(kinds=kinds))
        self.assertLessEqual(taken, 2 * len(kinds) + 3 + self.timeline_more_queries)

    #: queries that titles or labels of the sources take beyond two a kind and three
    timeline_more_queries = 0
