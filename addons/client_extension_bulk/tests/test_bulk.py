from unittest.mock import Mock, patch

from psycopg2.errors import FeatureNotSupported

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.client_extension.tests.common_addon import AddonCase
from odoo.addons.client_extension.tests.imports.engine import test_import_identity

from ..models import res_partner, res_partner_precompute

LOGGER = res_partner.__name__
COUNT = 40


class BulkCase(AddonCase):
    """Imports beside the add-on, and ways to see which way they went."""

    def setUp(self):
        super().setUp()
        self.needs_batches()
        self.copied = self.spy("_copy_lines")

    def spy(self, name):
        """:return: mock that is called along with a method of partners"""
        partners = type(self.env["res.partner"])
        origin = getattr(partners, name)
        patcher = patch.object(partners, name, autospec=True, side_effect=origin)
        self.addCleanup(patcher.stop)
        return patcher.start()

    def import_equals(self):
        """:return: the clients of a file in which all of them have one name"""
        self.run_import(
            "reference;name;type;phone;email;country\n"
            + "".join(
                f"EQ-{n};Anna Peeters;individual;0470 12 34 {n};E{n}@Example.com;BE\n"
                for n in range(COUNT)
            )
        )
        self.env.flush_all()
        self.env.invalidate_all()
        found = self.Partner.search([("ref", "=like", "EQ-%")], order="id")
        self.assertEqual(len(found), COUNT)
        return found


@tagged("post_install", "-at_install")
class TestBulkIdentity(test_import_identity.TestImportIdentity):
    """Each column of a client that came in bulk is the one that ``create()`` makes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.enterClassContext(patch.object(res_partner, "LEAST", 1))


@tagged("post_install", "-at_install")
class TestBulk(BulkCase):
    """New clients are computed first, and stored by COPY."""

    def updated(self):
        """:return: int, how many rows of partners this transaction wrote again"""
        self.env.cr.execute(
            "SELECT pg_stat_get_xact_tuples_updated('res_partner'::regclass)"
        )
        return self.env.cr.fetchone()[0]

    def test_clients_are_copied(self):
        clients = self.import_equals()
        self.assertEqual(
            [len(call.args[2].splitlines()) for call in self.copied.call_args_list],
            [res_partner.SAMPLE // 2, COUNT],
        )
        for number, client in enumerate(clients):
            self.assertEqual(client.complete_name, "Anna Peeters")
            self.assertEqual(client.commercial_partner_id, client)
            self.assertEqual(client.email_normalized, f"e{number}@example.com")
            self.assertEqual(client.ref, f"EQ-{number}")

    def test_what_is_known_is_computed_beforehand(self):
        fields = [f for some in self.Partner._get_precomputable_fields() for f in some]
        names = {field.name for field in fields}
        self.assertLessEqual({"complete_name", "commercial_partner_id"}, names)
        self.assertFalse([field for field in fields if field.inverse])

    def test_a_new_client_is_written_once(self):
        vals_list = [
            {"name": f"A {n}", "ref": f"EQ-{n}", "client_status": "client"}
            for n in range(COUNT)
        ]
        with patch.object(res_partner.ResPartner, "_is_bulk_right", return_value=True):
            before = self.updated()
            self.Partner.with_user(self.importer)._create_imported(vals_list)
            self.env.flush_all()
        # Whether a contact is an employee asks the database: it is written later.
        later = COUNT if "employee" in self.Partner._fields else 0
        self.assertEqual(self.updated(), before + later)

    def test_new_clients_know_what_is_stored_without_asking(self):
        vals = {"name": "A", "city": "Gent", "client_status": "client"}
        belgium = self.belgium.id
        clients = self.Partner.with_user(self.importer)._create_imported(
            [
                {**vals, "ref": f"EQ-{n}", "country_id": bool(n % 2) and belgium}
                for n in range(COUNT)
            ]
        )
        self.env.flush_all()
        names = ["name", "ref", "city", "country_id", "active", "commercial_partner_id"]
        with self.assertQueryCount(0):
            known = [[client[name] for name in names] for client in clients]
        self.env.invalidate_all()
        stored = [[client[name] for name in names] for client in clients]
        self.assertEqual(known, stored)

    def test_a_column_with_a_default_of_the_database_gets_it(self):
        self.env.cr.execute(
            "ALTER TABLE res_partner ALTER COLUMN street SET DEFAULT 'Default road'"
        )
        self.assertEqual(set(self.import_equals().mapped("street")), {"Default road"})

    def test_few_clients_go_the_plain_way(self):
        self.run_import("reference;name\nEQ-1;A\nEQ-2;B\n")
        self.copied.assert_not_called()

    @mute_logger(LOGGER)
    def test_clients_that_would_differ_go_the_plain_way(self):
        compute = res_partner_precompute.ResPartner._compute_on

        def differ(records, bulk, new, table, vals_list, by_method):
            compute(records, bulk, new, table, vals_list, by_method)
            vals_list[-1]["complete_name"] = "Somebody else"

        self.patch(res_partner_precompute.ResPartner, "_compute_on", differ)
        with self.assertLogs(LOGGER, "WARNING") as logs:
            clients = self.import_equals()
        self.assertIn("complete_name", logs.output[0])
        self.assertEqual(set(clients.mapped("complete_name")), {"Anna Peeters"})
        self.assertEqual(self.copied.call_count, 1)

    def test_an_error_of_copy_is_no_error(self):
        """As in a worker of the evented server, or with row-level security."""
        refuse = Mock(side_effect=FeatureNotSupported)
        with patch.object(type(self.env.cr), "copy_expert", refuse, create=True):
            clients = self.import_equals()
        self.assertEqual(refuse.call_count, 2)
        self.assertEqual(set(clients.mapped("complete_name")), {"Anna Peeters"})
        self.assertEqual(self.copied.call_count, 2)

    def test_a_row_that_is_refused_is_named(self):
        self.run_import("reference;name\nEQ-0;First\n")
        text = "".join(f"EQ-{n};Client {n}\n" for n in range(COUNT))
        record = self.run_import("reference;name\n" + text, mode="create")
        self.assertEqual(record.created_count, COUNT - 1)
        self.assertEqual(self.codes(record), [(2, "match_exists")])
