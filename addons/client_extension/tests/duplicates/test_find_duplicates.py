import json
from contextlib import suppress
from unittest.mock import patch

import psycopg2

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.clients.ir_websocket import BUS_CHANNEL
from ...models.duplicates import (
    client_duplicate_search,
    client_duplicate_search_cron,
)
from ...models.duplicates.client_duplicate_search import NOTICE
from ...tools.name_keys import group_by_keys, name_keys
from ..common_import import raise_end_of_time
from ..common_merge import MergeCase
from ..common_worker import Killed, WorkerMixin


@tagged("post_install", "-at_install")
class TestFindDuplicates(WorkerMixin, MergeCase):
    """The search for duplicate clients."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The transaction of a test is never committed.
        cls.classPatch(
            type(cls.env["client.duplicate.search"]),
            "_commit_step",
            lambda search: search.env.flush_all(),
        )
        # Only the clients of the test, whatever database it runs in.
        known = cls.family | cls.school
        others = cls.Partner.with_context(active_test=False).search(
            [("client_status", "!=", False), ("id", "not in", known.ids)]
        )
        others.client_status = False
        cls.env["client.contact"].search([]).unlink()

    def search(self, user="manager"):
        """:return: the finished search of a user"""
        searches = self.env["client.duplicate.search"].with_user(self.users[user])
        search = searches.browse(searches.action_open_own()["res_id"])
        search.action_search()
        self.env.invalidate_all()
        return search

    def found(self, user="manager"):
        """:return: dict: the clients of each group -> its reasons"""
        groups = self.search(user).group_ids
        return {
            group.partner_ids.sudo().with_env(self.env): group.reasons
            for group in groups
        }

    def test_each_reason_finds_two_clients_and_several_make_one_group(self):
        cases = {
            "email": {"email": "LEFEVRE@example.com"},
            "phone": {"phone": "+33 6 12 34 56 01"},
            "email,phone": {
                "email": "lefevre@example.com",
                "mobile": "+33 4 78 00 00 01",
            },
            "name": {"name": "LEFEVRE famille", "city": "lyon "},
        }
        for reasons, values in cases.items():
            with self.subTest(reasons), self.env.cr.savepoint() as savepoint:
                other = self.twin(**values)
                self.assertEqual(self.found(), {self.family | other: reasons})
                savepoint.rollback()
                self.env.invalidate_all()

    def test_tax_numbers_are_the_same_however_they_are_spelled(self):
        other = self.twin(vat="FR 23 334175221", country_id=self.france.id)
        self.assertEqual(self.found(), {self.school | other: "vat"})
        self.school.vat = other.vat = "/"
        self.assertEqual(self.found(), {})

    def test_what_people_take_for_the_same_is_the_same(self):
        cases = (
            (
                {"name": "Le Bœuf", "city": "Spa"},
                {"name": "LE BOEUF", "city": "spa"},
                "name",
            ),
            (
                {"name": "L\u2019Or Été", "city": "Łódź"},
                {"name": "L'or  ete", "city": "Lodz"},
                "name",
            ),
            (
                {"name": "Sørensen", "city": "St-Denis"},
                {"name": "Sorensen", "city": "St Denis"},
                "name",
            ),
            (
                {"name": "A", "email": "a@b.example, Two@b.example"},
                {"name": "B", "email": "two@b.example"},
                "email",
            ),
            (
                {"name": "A", "email": "x@b.example; two@b.example"},
                {"name": "B", "email": "Bo <two@b.example> y@b.example"},
                "email",
            ),
            (
                {"name": "A", "vat": "BE 0477.472.701"},
                {"name": "B", "vat": "be0477472701"},
                "vat",
            ),
            (
                {"name": "A", "company_registry": "732 829 320"},
                {"name": "B", "company_registry": "732.829.320"},
                "registry",
            ),
            (
                {"name": "A", "phone": "06 12 34 56 80", "country_id": self.france.id},
                {"name": "B", "mobile": "0033612345680"},
                "phone",
            ),
        )
        partners = self.Partner.with_context(no_vat_validation=True)
        for one, other, reason in cases:
            with self.subTest(one=one, other=other):
                both = partners.create(
                    [{**vals, "client_status": "client"} for vals in (one, other)]
                )
                self.assertEqual(self.found().get(both), reason)
                both.unlink()

    def test_archived_clients_are_found_and_partners_that_are_none_are_not(self):
        other = self.twin(email="lefevre@example.com", active=False)
        self.supplier.email = "lefevre@example.com"
        self.assertEqual(list(self.found()), [self.family | other])

    def test_what_many_share_says_nothing(self):
        self.Partner.create(
            [
                {"name": f"C{n}", "client_status": "client", "email": "x@example.com"}
                for n in range(21)
            ]
        )
        search = self.search()
        self.assertFalse(search.group_ids)
        self.assertEqual(search.common_count, 1)

    def test_names_are_similar_but_for_a_slip_of_the_pen(self):
        def similar(one, other):
            return bool(name_keys(one) & name_keys(other))

        for one, other in (
            ("Lefèvre Anna", "ANNA LEFEVRE"),
            ("Janssens Bart", "Jansens Bart"),
            ("Jansens Bart", "Jansans Bart"),
            ("Mme Peeters Greet", "Peters Greet"),
            ("SARL Boulanger", "Boulanger"),
            ("Petit", "petit"),
            ("Camping 12", "Camping  12"),
        ):
            with self.subTest((one, other)):
                self.assertTrue(similar(one, other))
        for one, other in (
            ("Lefèvre Anna", "Lefèvre Hugo"),
            ("Petit", "Petix"),
            ("Camping Soleil 12", "Camping Soleil 13"),
            ("", ""),
            ("—", "!"),
        ):
            with self.subTest((one, other)):
                self.assertFalse(similar(one, other))

    def test_groups_are_what_hangs_together(self):
        keyed = [(1, {"a"}), (2, {"b"}), (3, {"a", "c"}), (4, {"c"}), (5, {"d"})]
        self.assertEqual(group_by_keys(keyed), [[1, 3, 4]])

    def test_clients_in_other_towns_are_others(self):
        self.twin(name="Famille Lefèvre", city="Nice")
        self.twin(name="Famille Lefèvre")
        self.assertFalse(self.found())

    def test_who_were_told_apart_are_not_found_again(self):
        one, other = self.twin(email="a@example.com"), self.twin(email="a@example.com")
        third = self.twin(email="a@example.com")
        [group] = self.search().group_ids
        self.assertEqual(group.partner_ids, one | other | third)
        (third | one).with_user(self.users["user"]).action_client_not_duplicates()
        self.assertTrue(group.exists())
        self.assertEqual(list(self.found()), [one | other | third])
        [group] = self.search().group_ids
        group.action_not_duplicates()
        self.assertFalse(group.exists())
        self.assertFalse(self.found())

    def test_a_settled_group_is_gone_for_everybody(self):
        other = self.twin(email="lefevre@example.com")
        groups = self.search().group_ids | self.search("importer").group_ids
        self.assertEqual(len(groups.sudo()), 2)
        self.merge(self.family, other)
        self.assertFalse(groups.sudo().exists())

    def test_only_clients_that_the_user_may_see_and_write(self):
        self.agency.members_only = True
        other = self.twin(
            email="lefevre@example.com", client_business_unit_id=self.agency.id
        )
        self.assertFalse(self.found("importer"))
        self.assertEqual(list(self.found()), [self.family | other])
        other.write(
            {"client_business_unit_id": False, "company_id": self.make_company().id}
        )
        self.assertFalse(self.found())

    def test_each_has_a_search_of_their_own(self):
        self.twin(email="lefevre@example.com")
        group = self.search().group_ids
        own = self.env["client.duplicate.group"].with_user(self.users["importer"])
        self.assertFalse(own.search([]))
        with self.assertRaises(AccessError):
            group.with_user(self.users["importer"]).read(["reasons"])
        for user in ("user", "employee", "accountant"):
            with self.subTest(user), self.assertRaises(AccessError):
                self.search(user)

    def test_a_long_search_goes_on_in_the_background_where_it_stopped(self):
        names = ["Camping du Lac", "Camping du  Lac"]
        self.Partner.create(
            [
                {"name": name, "city": f"Town {town}", "client_status": "client"}
                for town in range(6)
                for name in names
            ]
        )
        self.enterContext(patch.object(client_duplicate_search, "AT_ONCE", 1))
        self.enterContext(patch.object(client_duplicate_search, "CHUNK", 4))
        search = self.search()
        self.assertEqual((search.state, search.progress), ("running", 0))
        commits = []

        def commit(cron, processed=0, **kwargs):
            self.env.flush_all()
            commits.append(search.name_count)
            return 60 if len(commits) % 2 else 0

        cron = type(self.env["ir.cron"])
        self.enterContext(patch.object(cron, "_commit_progress", commit))
        searches = self.env["client.duplicate.search"]
        while search.state == "running":
            searches._cron_search()
            self.env.invalidate_all()
        self.assertEqual(search.state, "done")
        self.assertEqual(len(search.group_ids), 6)
        self.assertEqual(commits[-3:], [7, 11, 13])
        self.assertEqual(search.progress, 100)

    def test_its_page_hears_of_each_piece_and_nobody_else_does(self):
        search = self.search()
        self.env.cr.precommit.run()
        self.env["bus.bus"].search([]).unlink()
        search.name_count += 1
        self.env.cr.precommit.run()
        sent = self.env["bus.bus"].search([])
        [message] = [m for m in sent if NOTICE in m.message]
        self.assertEqual(json.loads(message.message)["payload"], {"ids": search.ids})
        partner = self.users["manager"].partner_id
        _db, model, listener, room = json.loads(message.channel)
        self.assertEqual(
            (model, listener, room), ("res.partner", partner.id, BUS_CHANNEL)
        )

    def test_a_search_that_fails_says_so_and_keeps_no_other_waiting(self):
        self.enterContext(patch.object(client_duplicate_search, "AT_ONCE", 1))
        search, other = self.search(), self.search("importer")
        cron = type(self.env["ir.cron"])
        self.enterContext(patch.object(cron, "_commit_progress", lambda *a, **k: 60))
        searches = type(self.env["client.duplicate.search"])
        real = searches._search_next

        def broken(record):
            if record.user_id == self.users["manager"]:
                raise ValueError("no")
            return real(record)

        self.enterContext(patch.object(searches, "_search_next", broken))
        with self.assertLogs("odoo.addons.client_extension", "ERROR"):
            search.sudo()._cron_search()
        self.assertEqual((search.state, other.state), ("failed", "done"))

    def test_a_city_that_takes_too_long_is_left_out_by_name(self):
        names = ("Alpha Bravo", "Bravo Alpha")
        self.Partner.create(
            [
                {"name": name, "city": f"Town {town}", "client_status": "client"}
                for town in range(4)
                for name in names
            ]
        )
        self.enterContext(patch.object(client_duplicate_search, "AT_ONCE", 1))
        self.enterContext(patch.object(client_duplicate_search, "CHUNK", 4))
        search = self.search()
        cron = type(self.env["ir.cron"])
        self.enterContext(patch.object(cron, "_commit_progress", lambda *a, **k: 60))
        searches = type(self.env["client.duplicate.search"])
        compare = searches._compare_names

        def slow(record, cities):
            if "Town 2" in cities:
                raise_end_of_time()
            return compare(record, cities)

        self.enterContext(patch.object(searches, "_compare_names", slow))
        for _worker in range(9):
            with suppress(Exception):
                search.sudo()._cron_search()
        self.assertEqual(search.state, "done")
        self.assertIn("Town 2", search.last_error)
        self.assertEqual(len(search.group_ids), 3)

    def test_a_key_that_takes_too_long_is_left_out_by_name(self):
        self.enterContext(patch.object(client_duplicate_search, "AT_ONCE", 1))
        search, other = self.search(), self.search("importer")
        cron = type(self.env["ir.cron"])
        self.enterContext(patch.object(cron, "_commit_progress", lambda *a, **k: 60))
        searches = type(self.env["client.duplicate.search"])
        search_key = searches._search_key

        def slow(record, code, names):
            if code == "email" and record.user_id == self.users["manager"]:
                raise psycopg2.errors.QueryCanceled(
                    "statement timeout\nDETAIL:  secret"
                )
            return search_key(record, code, names)

        self.enterContext(patch.object(searches, "_search_key", slow))
        self.enterContext(patch.object(self.env.cr, "rollback"))  # the savepoint did
        with mute_logger(client_duplicate_search_cron.__name__):
            search.sudo()._cron_search()
            self.assertEqual((search.state, other.state), ("running", "done"))
            self.assertEqual(search.last_error, "statement timeout")
            for _run in range(3):
                search.sudo()._cron_search()
        self.assertEqual(search.state, "done")
        self.assertIn("same email", search.last_error)

    def test_a_killed_worker_is_known_and_the_other_searches_go_first(self):
        self.enterContext(patch.object(client_duplicate_search, "AT_ONCE", 1))
        search, other = self.search(), self.search("importer")
        search.sudo().date = fields.Datetime.subtract(search.date, hours=1)
        searches = type(self.env["client.duplicate.search"])
        search_key = searches._search_key

        def kill(record, code, names):
            if code == "email" and record.user_id == self.users["manager"]:
                raise Killed
            return search_key(record, code, names)

        self.enterContext(patch.object(searches, "_search_key", kill))
        self.assertFalse(self.work())
        self.assertEqual((search.state, search.attempts), ("running", 1))
        self.assertEqual((search.step, other.state), ("email", "running"))
        for _worker in range(2):
            self.assertFalse(self.work())
            self.assertEqual((search.state, other.state), ("running", "done"))
        self.assertIn("stopped the job", search.last_error)
        self.assertTrue(self.work())
        self.assertEqual(search.state, "done")
        self.assertIn("same email", search.last_error)

    def work(self):
        """:return: bool, whether a worker was not killed"""
        with suppress(Killed), self.worker("client.duplicate.search", "_commit_step"):
            self.env["client.duplicate.search"]._cron_search()
            return True
        return False

    def test_a_search_that_never_gets_on_fails_in_the_end(self):
        self.enterContext(patch.object(client_duplicate_search, "AT_ONCE", 1))
        search = self.search()
        cron = type(self.env["ir.cron"])
        self.enterContext(patch.object(cron, "_commit_progress", lambda *a, **k: 60))
        searches = type(self.env["client.duplicate.search"])

        def slow(record):
            raise psycopg2.errors.QueryCanceled("timeout\nCONTEXT: of a row")

        self.enterContext(patch.object(searches, "_get_towns", slow))
        self.enterContext(patch.object(self.env.cr, "rollback"))  # the savepoint did
        with mute_logger(client_duplicate_search_cron.__name__):
            for _run in range(25):
                search.sudo()._cron_search()
        self.assertEqual((search.state, search.last_error), ("failed", "timeout"))

    def test_who_may_no_longer_search_does_not_stop_the_cron(self):
        self.enterContext(patch.object(client_duplicate_search, "AT_ONCE", 1))
        search = self.search("importer").sudo()
        other = self.search("manager").sudo()
        self.users["importer"].group_ids = self.env.ref("base.group_user")
        self.users["manager"].active = False
        cron = type(self.env["ir.cron"])
        self.enterContext(patch.object(cron, "_commit_progress", lambda *a, **k: 60))
        with self.assertLogs("odoo.addons.client_extension", "ERROR"):
            search._cron_search()
        self.assertEqual((search.state, other.state), ("failed", "failed"))

    def test_nobody_leaves_anything_among_what_somebody_else_searches(self):
        self.twin(email="lefevre@example.com")
        manager, importer = self.users["manager"], self.users["importer"]
        theirs = self.search("manager")
        mine = self.search("importer")
        group = mine.group_ids
        self.assertEqual(group.env.user, importer)
        with self.assertRaises(AccessError):
            mine.write({"user_id": manager.id, "state": "running"})
        with self.assertRaises(AccessError):
            group.write({"search_id": theirs.id})
        for values in ({"user_id": manager.id}, {}):
            forced = mine.with_context(default_user_id=manager.id)
            with self.assertRaises(AccessError):
                forced.create(values)

    def test_many_clients_cost_few_queries(self):
        self.Partner.create(
            [
                {
                    "name": f"C{n}",
                    "client_status": "client",
                    "email": f"x{n % 50}@example.com",
                    "city": f"Town {n}",
                }
                for n in range(100)
            ]
        )
        self.search()
        search = self.search()
        self.assertEqual(len(search.group_ids), 50)
        self.env.invalidate_all()
        with self.assertQueryCount(70):
            search.action_search()
            self.env.flush_all()
