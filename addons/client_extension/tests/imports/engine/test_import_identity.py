import csv
import io
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import SQL

from ....tools.create_cache import copied
from ...common_import import ImportCase

#: counters and timestamps
STAMPS = ["id", "commercial_partner_id", "create_date", "write_date"]
STAMPS += ["calendar_last_notif_ack"]
#: rows of each type
COPIES = 8


@tagged("post_install", "-at_install")
class TestImportIdentity(ImportCase):
    """An imported client equals, column by column, one made by ``create()``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["client.import.columns"]._add_labels(["code SAP"])
        cls.source = cls.env["utm.source"].create({"name": "Test fair"})
        cls.state = cls.env.ref("base.state_us_5")
        cls.other = cls.env["res.partner.category"].create({"name": "Test school trip"})
        cls.unit = cls.env["client.business.unit"].create(
            {"name": "Test unit", "company_id": False}
        )
        cls.env["ir.default"].set("res.partner", "function", "Somebody")
        cls.env["ir.default"].set(
            "res.partner", "client_type_id", cls.type_school.id, user_id=cls.importer.id
        )
        cls.env["ir.default"].set(
            "res.partner",
            "property_payment_term_id",
            cls.env.ref("account.account_payment_term_30days").id,
            company_id=cls.company.id,
        )
        cls.rows = [
            row for n in range(COPIES) for row in cls.make_rows(f"{n:02}").values()
        ]

    @classmethod
    def make_rows(cls, n):
        """:return: dict: kind -> pair of dicts: cells of a row, values of a partner"""
        label = cls.env["client.import.columns"]._get_labels()["codesap"][0]
        return {
            "person": (
                {"name": f"Anna {n}", "email": f" Anna{n}@Example.COM", "city": "Gent"},
                {"name": f"Anna {n}", "email": f"Anna{n}@Example.COM", "city": "Gent"},
            ),
            "phones": (
                {"name": f"Bo {n}", "phone": f"0470 12 34 {n}", "country": "BE"}
                | {"mobile": f"+32 470 12 34 {n}"},
                {"name": f"Bo {n}", "phone": f"0470 12 34 {n}"}
                | {"mobile": f"+32 470 12 34 {n}", "country_id": cls.belgium.id},
            ),
            "company": (
                {"type": "company", "name": f"School {n}", "vat": "BE0477472701"}
                | {"country": "Belgium", "website": f"school{n}.example.com"},
                {"is_company": True, "name": f"School {n}", "vat": "BE0477472701"}
                | {"country_id": cls.belgium.id}
                | {"website": f"school{n}.example.com"},
            ),
            "links": (
                {"name": f"Cy {n}", "country": "US", "state": "CA"}
                | {"category": "Test VIP, Test school trip", "source": "Test fair"}
                | {"business_unit": "Test unit", "manager": "clients_user"}
                | {"client_type": "Test school"},
                {"name": f"Cy {n}", "country_id": cls.state.country_id.id}
                | {"state_id": cls.state.id, "client_source_id": cls.source.id}
                | {"category_id": [(6, 0, (cls.vip | cls.other).ids)]}
                | {"client_business_unit_id": cls.unit.id}
                | {"user_id": cls.users["user"].id}
                | {"client_type_id": cls.type_school.id},
            ),
            "texts": (
                {"name": f"Dé {n}", "comment": f"One\n<b>{n}</b>", "code SAP": f"0{n}"},
                {"name": f"Dé {n}", "comment": f"<p>One<br>&lt;b&gt;{n}&lt;/b&gt;</p>"}
                | {"client_properties": {label: f"0{n}"}},
            ),
            "archived": (
                {"name": f"Ed {n}", "active": "no", "status": "prospect"}
                | {"language": "en_US", "address": f"Rue {n}", "zip": f"0{n}"},
                {"name": f"Ed {n}", "active": False, "client_status": "prospect"}
                | {"lang": "en_US", "street": f"Rue {n}", "zip": f"0{n}"},
            ),
        }

    # Tools

    def text(self, rows):
        header = dict.fromkeys(key for cells, _vals in rows for key in cells)
        stream = io.StringIO()
        writer = csv.DictWriter(stream, ["reference", *header], delimiter=";")
        writer.writeheader()
        for number, (cells, _vals) in enumerate(rows):
            writer.writerow({"reference": f"ID-{number}", **cells})
        return stream.getvalue()

    def partners(self):
        """:return: the partner model with the importer's rights, outside an import"""
        partners = self.env["res.partner"].with_user(self.importer)
        # An import omits the message for each change, written by OdooBot.
        return partners.with_context(
            allowed_company_ids=self.company.ids,
            lang=self.importer.lang,
            tracking_disable=True,
        )

    def dump(self):
        """:return: dict: reference -> everything stored of these partners"""
        links = [
            SQL(
                "%(name)s, (SELECT jsonb_agg(r.%(other)s ORDER BY r.%(other)s)"
                " FROM %(table)s r WHERE r.%(own)s = p.id)",
                name=field.name,
                other=SQL.identifier(field.column2),
                table=SQL.identifier(field.relation),
                own=SQL.identifier(field.column1),
            )
            for field in self.Partner._fields.values()
            if field.type == "many2many" and field.store
        ]
        self.env.cr.execute(
            SQL(
                """
                SELECT p.ref, (to_jsonb(p) - %s::text[]) || jsonb_build_object(
                           'own', p.id = p.commercial_partner_id, %s)
                  FROM res_partner p WHERE p.ref LIKE 'ID-%%'
                """,
                STAMPS,
                SQL(", ").join(links),
            )
        )
        return dict(self.env.cr.fetchall())

    def undone(self, make):
        """:return: what `make` stores, which is rolled back"""
        with self.env.cr.savepoint() as savepoint:
            make()
            # Odoo records the user who flushes as the one who wrote.
            self.partners().env.flush_all()
            found = self.dump()
            self.env.invalidate_all()
            savepoint.close(rollback=True)
        self.env.invalidate_all()
        return found

    def assert_same(self, imported, plain):
        self.assertEqual(len(imported), len(self.rows))
        self.assertEqual(imported.keys(), plain.keys())
        for reference, columns in plain.items():
            with self.subTest(reference=reference, name=columns["name"]):
                self.assertEqual(imported[reference], columns)

    def create_plainly(self, rows, **values):
        partners = self.partners()
        for number, (_cells, vals) in enumerate(rows):
            common = {"ref": f"ID-{number}", "client_status": "client", **values}
            partners.create({**common, **vals})

    # Tests

    def test_new_clients_are_those_that_create_makes(self):
        for shared in (True, False):
            company_id = False if shared else self.company.id
            with self.subTest(shared=shared):
                imported = self.undone(
                    lambda s=shared: self.run_import(self.text(self.rows), is_shared=s)
                )
                plain = self.undone(
                    lambda c=company_id: self.create_plainly(self.rows, company_id=c)
                )
                self.assert_same(imported, plain)

    def test_the_defaults_of_the_user_are_in_it(self):
        imported = self.undone(lambda: self.run_import(self.text(self.rows)))
        self.assertEqual({c["function"] for c in imported.values()}, {"Somebody"})
        types = {c["client_type_id"] for c in imported.values()}
        self.assertEqual(types, {self.type_school.id})

    def test_a_default_that_changes_with_each_record_does_so_in_an_import(self):
        numbers = iter(range(10_000))
        field = self.Partner._fields["barcode"]
        self.patch(field, "default", lambda records: f"B{next(numbers)}")
        imported = self.undone(lambda: self.run_import(self.text(self.rows)))
        barcodes = {tuple(c["barcode"].values()) for c in imported.values()}
        self.assertEqual(len(barcodes), len(self.rows))

    def test_labels_with_a_default_are_filled(self):
        definition = self.Partner._get_client_properties_definition()
        definition.properties_definition = [
            *definition.properties_definition,
            {"name": "aaaa", "string": "Size", "type": "char", "default": "Large"},
        ]
        text = self.text(self.rows)
        imported = self.undone(lambda: self.run_import(text, is_shared=True))
        plain = self.undone(lambda: self.create_plainly(self.rows, company_id=False))
        self.assert_same(imported, plain)
        sizes = {c["client_properties"]["aaaa"] for c in imported.values()}
        self.assertEqual(sizes, {"Large"})

    def test_changed_clients_are_those_that_write_leaves(self):
        self.create_plainly(
            [({}, {"name": f"Old {n}"}) for n in range(len(self.rows))],
            company_id=self.company.id,
        )
        imported = self.undone(lambda: self.run_import(self.text(self.rows)))

        def write():
            found = self.partners().search([("ref", "=like", "ID-%")])
            by_reference = found.grouped("ref")
            for number, (_cells, vals) in enumerate(self.rows):
                by_reference[f"ID-{number}"].write(vals)

        self.assert_same(imported, self.undone(write))

    def test_a_company_that_does_not_fit_is_refused_for_its_row_alone(self):
        theirs = self.make_company()
        terms = self.env["account.payment.term"].create(
            {"name": "Theirs", "company_id": theirs.id}
        )
        applying = type(self.env["client.import.apply"])
        prepare = applying._prepare_client_import_vals

        def prepared(room, scope, outcome):
            vals = prepare(room, scope, outcome)
            if outcome.row.reference == "ID-7":
                vals["property_payment_term_id"] = terms.id
            return vals

        self.patch(applying, "_prepare_client_import_vals", prepared)
        record = self.run_import(self.text(self.rows))
        self.assertEqual([p.code for p in record.problem_ids], ["apply_refused"])
        self.assertFalse(self.client("ID-7"))
        self.assertEqual(record.created_count, len(self.rows) - 1)


@tagged("post_install", "-at_install")
class TestCreateCache(ImportCase):
    """What is cached for a chunk, and what is computed for each record."""

    def test_what_is_kept_cannot_be_changed_by_who_gets_it(self):
        kept = {"list": [{"name": "a"}], "dict": {"b": 1}}
        first = copied(kept)
        first["list"][0]["value"] = 2
        first["dict"]["b"] = 3
        self.assertEqual(kept, {"list": [{"name": "a"}], "dict": {"b": 1}})

    def test_defaults_are_asked_once_for_rows_alike(self):
        self.needs_batches()
        partners = type(self.env["res.partner"])
        with patch.object(
            partners,
            "_get_known_defaults",
            autospec=True,
            side_effect=partners._get_known_defaults,
        ) as asked:
            rows = "".join(f"M{n};N{n}\n" for n in range(COPIES))
            self.run_import("reference;name\n" + rows)
        # for the values as they came, and as Odoo has them afterwards
        self.assertLessEqual(asked.call_count, 2)

    def test_a_default_of_an_addon_is_asked_for_each_record(self):
        asked = []
        field = self.Partner._fields["barcode"]
        self.patch(field, "default", lambda _records: asked.append(1))
        rows = "".join(f"M{n};N{n}\n" for n in range(COPIES))
        self.run_import("reference;name\n" + rows)
        self.assertGreaterEqual(len(asked), COPIES)

    def test_a_method_of_an_addon_is_asked_for_each_record(self):
        asked = []
        partners = type(self.env["res.partner"])
        missing = partners._add_missing_default_values

        def asking(records, values):
            asked.append(values.get("ref"))
            return missing(records, values)

        self.patch(partners, "_add_missing_default_values", asking)
        rows = "".join(f"M{n};N{n}\n" for n in range(COPIES))
        self.run_import("reference;name\n" + rows)
        self.assertLessEqual({f"M{n}" for n in range(COPIES)}, set(asked))
