from threading import Thread

import psycopg2.errors

from odoo import api
from odoo.exceptions import ValidationError
from odoo.modules.module import load_script
from odoo.tests import tagged
from odoo.tools import file_path, mute_logger

from ..common import CONTEXT, ClientCase
from ..common_import import ImportCase

NAME = "Race for a reference"
REFERENCE = "RACE-1"
COMPOSED = "TEST-É1"
DECOMPOSED = "TEST-E\u03011"


class RaceCase(ImportCase):
    """Two transactions at once, each of which sees the database as it was before."""

    def setUp(self):
        super().setUp()
        self.opened_cursors = []
        self.addCleanup(self.close)
        self.base = self.env.ref("base.main_company").id

    def open(self):
        """:return: an environment with a transaction of its own, begun now"""
        cursor = self.registry.cursor()
        self.opened_cursors.append(cursor)
        # The first query makes the snapshot.
        cursor.execute("SELECT 1")
        return api.Environment(cursor, api.SUPERUSER_ID, CONTEXT)

    def close(self):
        for cursor in self.opened_cursors:
            cursor.rollback()
            cursor.close()
        with self.registry.cursor() as cursor:
            env = api.Environment(cursor, api.SUPERUSER_ID, CONTEXT)
            self.delete(env)

    def delete(self, env):
        """Delete what the tests committed."""
        env["client.import"].search([("file_name", "=", NAME)]).unlink()
        company = env["res.company"].search([("name", "=", NAME)])
        try:
            with mute_logger("odoo.sql_db"), env.cr.savepoint():
                company.unlink()
        except psycopg2.errors.IntegrityError:
            # An app keeps what it made for the company.
            company.write({"name": f"{NAME} {company.id}", "active": False})
        partners = env["res.partner"].with_context(active_test=False)
        partners.search([("name", "=", NAME)]).unlink()

    def commit(self, env):
        env.flush_all()
        env.cr.commit()

    def keep(self, values_list):
        """:return: ids of partners that both transactions see"""
        env = self.open()
        partners = env["res.partner"].create(
            [{"name": NAME, **values} for values in values_list]
        )
        self.commit(env)
        return partners.ids

    def make_client(self, env, **values):
        values = {"name": NAME, "client_status": "client", "ref": REFERENCE, **values}
        return env["res.partner"].create(values)

    def make_import(self, env, **values):
        values = {"is_shared": True, "mode": "create", **values}
        record = env["client.import"].create(
            {
                "file": self.encode(f"reference,name\n{REFERENCE},{NAME}\n"),
                "file_name": NAME,
                "default_status": "client",
                **values,
            }
        )
        self.commit(env)
        return record.id

    def assert_second_is_told(self, first, second):
        """Do two things at once, and check that the second one is tried again."""
        one, other = self.open(), self.open()
        first(one)
        self.commit(one)
        with (
            self.assertRaises(psycopg2.errors.SerializationFailure),
            mute_logger("odoo.sql_db"),
        ):
            second(other)
            other.flush_all()
        other.cr.rollback()
        other.invalidate_all(flush=False)
        return other

    def assert_second_is_refused(self, first, second):
        """Check that what is tried again is then refused by name."""
        other = self.assert_second_is_told(first, second)
        with self.assertRaisesRegex(ValidationError, REFERENCE):
            second(other)


@tagged("post_install", "-at_install")
class TestReferenceRace(RaceCase):
    """A reference is unique, whatever two users do at the same moment."""

    def test_create_beside_create(self):
        self.assert_second_is_refused(self.make_client, self.make_client)

    def test_a_company_beside_all_companies(self):
        def create(env):
            self.make_client(env, company_id=self.base)

        self.assert_second_is_refused(create, self.make_client)

    def test_all_companies_beside_a_company(self):
        def create(env):
            self.make_client(env, company_id=self.base)

        self.assert_second_is_refused(self.make_client, create)

    def test_write_of_the_reference(self):
        (one,) = self.keep([{"client_status": "client"}])

        def write(env):
            env["res.partner"].browse(one).ref = REFERENCE

        self.assert_second_is_refused(self.make_client, write)
        self.assertNotEqual(self.partner(one).ref, REFERENCE)

    def test_write_of_the_status(self):
        (one,) = self.keep([{"ref": REFERENCE}])

        def write(env):
            env["res.partner"].browse(one).client_status = "prospect"

        self.assert_second_is_refused(write, self.make_client)

    def test_write_of_the_company(self):
        env = self.open()
        company = env["res.company"].create({"name": NAME}).id
        self.commit(env)
        ref = {"client_status": "client", "ref": REFERENCE}
        (one,) = self.keep([{**ref, "company_id": self.base}])

        def write(env):
            env["res.partner"].browse(one).company_id = False

        def create(env):
            self.make_client(env, company_id=company)

        self.assert_second_is_refused(write, create)

    def test_a_merge_that_shares_a_reference(self):
        env = self.open()
        company = env["res.company"].create({"name": NAME}).id
        self.commit(env)
        shared, one = self.keep(
            [
                {"client_status": "client"},
                {"client_status": "client", "ref": REFERENCE, "company_id": self.base},
            ]
        )

        def merge(env):
            partners = env["res.partner"].browse([shared, one])
            partners[0]._client_merge(partners[1])

        def create(env):
            self.make_client(env, company_id=company)

        self.assert_second_is_refused(merge, create)

    def test_import_beside_import(self):
        one = self.make_import(self.open())
        other = self.make_import(self.open(), is_shared=False)

        def run(record_id, env):
            env["client.import"].browse(record_id).run()

        env = self.assert_second_is_told(
            lambda env: run(one, env), lambda env: run(other, env)
        )
        run(other, env)
        self.assertEqual(env["client.import"].browse(other).rejected_count, 1)

    def test_import_beside_a_form(self):
        record_id = self.make_import(self.open())

        def run(env):
            env["client.import"].browse(record_id).run()

        env = self.assert_second_is_told(self.make_client, run)
        run(env)
        self.assertEqual(env["client.import"].browse(record_id).rejected_count, 1)

    def test_who_comes_second_waits_for_the_first(self):
        one, other = self.open(), self.open()
        self.make_client(one)
        raised = []

        def wait():
            try:
                self.make_client(other)
            except psycopg2.errors.SerializationFailure as error:
                raised.append(error)

        with mute_logger("odoo.sql_db"):
            thread = Thread(target=wait)
            thread.start()
            thread.join(0.5)
            self.assertTrue(thread.is_alive())
            self.commit(one)
            thread.join(10)
        self.assertTrue(raised)

    def test_who_waits_for_one_that_gives_up_goes_on(self):
        one, other = self.open(), self.open()
        self.make_client(one)
        one.cr.rollback()
        self.assertTrue(self.make_client(other))

    def test_partners_that_are_no_clients_never_meet(self):
        one, other = self.open(), self.open()
        for env in (one, other):
            self.make_client(env, client_status=False)
            self.commit(env)

    def test_different_references_never_meet(self):
        one, other = self.open(), self.open()
        self.make_client(one)
        self.make_client(other, ref="RACE-2")
        for env in (one, other):
            self.commit(env)

    def partner(self, partner_id):
        return self.open()["res.partner"].browse(partner_id)


@tagged("post_install", "-at_install")
class TestReferenceAccents(ImportCase):
    """The same letters are the same reference, however their accents are stored."""

    def setUp(self):
        super().setUp()
        self.school.ref = COMPOSED

    def make_client(self, **values):
        return self.Partner.create({"name": "x", "client_status": "client", **values})

    def test_created_and_written(self):
        with self.assertRaises(ValidationError):
            self.make_client(ref=DECOMPOSED)
        with self.assertRaises(ValidationError):
            self.family.ref = DECOMPOSED
        self.school.ref = DECOMPOSED
        self.assertEqual(self.school.ref, COMPOSED)

    def test_a_partner_that_becomes_a_client(self):
        partner = self.Partner.create({"name": "x"})
        self.store(partner, DECOMPOSED)
        with self.assertRaises(ValidationError):
            partner.client_status = "client"

    def test_imported(self):
        for text in (DECOMPOSED, COMPOSED):
            record = self.run_import(
                f"reference,city\n{text},Lyon {len(text)}\n", mode="create_update"
            )
            self.assertEqual(record.updated_count, 1)
            record = self.run_import(
                f"reference,city\n{text},Lyon {len(text)}\n", mode="create_update"
            )
            self.assertEqual(record.unchanged_count, 1)
        self.assertEqual(self.client(COMPOSED), self.school)

    def test_twice_in_a_file(self):
        text = f"reference,name\nN-É,a\n{'N-E' + chr(0x301)},b\n"
        record = self.run_import(text, mode="create")
        self.assertEqual(self.counts(record), (1, 0, 0, 0, 1))

    def test_a_former_reference(self):
        formers = self.env["client.former.reference"]
        former = formers.create({"partner_id": self.school.id, "reference": DECOMPOSED})
        self.assertEqual(former.reference, COMPOSED)
        former.reference = "E\u0301"
        self.assertEqual(former.reference, "É")

    def test_the_upgrade_composes_what_does_not_clash(self):
        free, clash, twin, partner = self.Partner.create(
            [{"name": "x", "client_status": "client"}] * 3 + [{"name": "x"}]
        )
        for client, reference in (
            (free, "E\u03012"),
            (clash, DECOMPOSED),
            (twin, "E\u03012"),
            (partner, "E\u03012"),
        ):
            self.store(client, reference)
        former = self.env["client.former.reference"].create(
            {"partner_id": free.id, "reference": "x"}
        )
        self.env.flush_all()
        self.cr.execute(
            "UPDATE client_former_reference SET reference = %s WHERE id = %s",
            [DECOMPOSED, former.id],
        )
        path = "client_extension/migrations/19.0.4.0.0/post-references.py"
        for _time in range(2):
            load_script(file_path(path), "references").migrate(self.cr, "19.0.3.0.0")
            self.env.invalidate_all()
        references = [client.ref for client in (free, clash, twin, partner)]
        self.assertEqual(references, ["É2", DECOMPOSED, "E\u03012", "E\u03012"])
        self.assertEqual(former.reference, COMPOSED)

    def test_the_upgrade_takes_out_invisible_signs(self):
        found, clash, twin = self.Partner.create(
            [{"name": ref, "ref": ref, "client_status": "client"} for ref in "XYZ"]
        )
        self.store(found, "\u202aC\u200b1\u202c")
        self.store(clash, "Z\u00ad")
        path = "client_extension/migrations/19.0.4.0.0/post-references.py"
        for _time in range(2):
            load_script(file_path(path), "signs").migrate(self.cr, "19.0.3.0.0")
            self.env.invalidate_all()
        self.assertEqual((found + clash + twin).mapped("ref"), ["C1", "Z\u00ad", "Z"])

    def test_a_typed_reference_has_no_invisible_signs(self):
        client = self.Partner.create(
            {"name": "S", "ref": "\u202aS\u200b1\u202c", "client_status": "client"}
        )
        self.assertEqual(client.ref, "S1")

    def store(self, partner, reference):
        """Store a reference as an older version did."""
        self.env.flush_all()
        self.cr.execute(
            "UPDATE res_partner SET ref = %s WHERE id = %s", [reference, partner.id]
        )
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestTakenNumbers(ClientCase):
    """A sequence that runs into numbers that are taken."""

    def setUp(self):
        super().setUp()
        self.company.client_auto_reference = True
        self.sequence = self.env.ref("client_extension.ir_sequence_client_reference")
        # Other tests have drawn numbers, and a rollback does not bring them back.
        self.next = 500_000
        self.sequence.number_next = self.next

    def take(self, *places):
        self.Partner.create(
            [
                {"name": "x", "ref": self.sequence.get_next_char(self.next + place)}
                for place in places
            ]
        )
        self.env.flush_all()

    def test_thousands_are_passed_in_some_queries(self):
        self.env["client.former.reference"].create(
            [
                {
                    "partner_id": self.school.id,
                    "reference": self.sequence.get_next_char(self.next + place),
                }
                for place in range(2500)
            ]
        )
        self.env.flush_all()
        with self.assertQueryCount(20):
            numbers = self.Partner._prepare_client_references(False, 1)
        self.assertEqual(numbers, [self.sequence.get_next_char(self.next + 2500)])

    def test_no_free_number_is_lost(self):
        self.take(0, 2, 3, 5)
        found = self.Partner._prepare_client_references(False, 3)
        places = [self.next + place for place in (1, 4, 6)]
        self.assertEqual(found, [self.sequence.get_next_char(n) for n in places])
        self.sequence.invalidate_recordset()
        self.assertEqual(self.sequence.number_next_actual, self.next + 7)

    def test_a_sequence_without_gaps(self):
        self.sequence.implementation = "no_gap"
        self.take(0, 1)
        found = self.Partner._prepare_client_references(False, 2)
        places = [self.next + place for place in (2, 3)]
        self.assertEqual(found, [self.sequence.get_next_char(n) for n in places])

    def test_a_step_of_its_own(self):
        self.sequence.number_increment = 5
        self.take(0, 5, 10)
        found = self.Partner._prepare_client_references(False, 1)
        self.assertEqual(found, [self.sequence.get_next_char(self.next + 15)])
