import logging
from unittest.mock import patch

from odoo.exceptions import UserError

from ...models.exports.client_export_rows import ClientExport
from .test_export import ExportCase


class TestExportRows(ExportCase):
    """How rows are read: directly with a query where that gives the same result."""

    def file(self, user="importer", **options):
        """:return: bytes, the export of our clients by one of the users"""
        export = self.env["client.export"].with_user(self.users[user])
        return b"".join(export.iter_csv([("ref", "like", "T-")], **options))

    def fill(self):
        """Give both clients a value in every column, and labels of every kind."""
        definition = self.Partner._get_client_properties_definition()
        link = {"comodel": "res.partner"}
        definition.properties_definition = [
            {"name": name, "type": kind, "string": name, **more}
            for name, kind, more in (
                ("p_text", "char", {}),
                ("p_flag", "boolean", {}),
                ("p_float", "float", {}),
                ("p_choice", "selection", {"selection": [["a", "Annual"]]}),
                ("p_one", "many2one", link),
                ("p_many", "many2many", link),
            )
        ]
        parent = self.env["res.partner.category"].create({"name": "Zoo"})
        tags = parent.create([{"name": "B", "parent_id": parent.id}, {"name": "A"}])
        state = self.env["res.country.state"].search(
            [("country_id.code", "=", "SA")], limit=1
        )
        self.family.write(
            {
                "street": "\t=1+1",
                "comment": "<p>one<br>two <b>&amp;</b></p>",
                "category_id": [(6, 0, (parent | tags).ids)],
                "client_business_unit_id": self.desk.id,
                "client_source_id": self.env["utm.source"].create({"name": "Fair"}).id,
                "user_id": self.users["user"].id,
                "state_id": state.id,
                "lang": "en_US",
                "client_properties": {
                    "p_text": "=x",
                    "p_flag": False,
                    "p_float": 0.5,
                    "p_choice": "a",
                    "p_one": self.supplier.id,
                    "p_many": (self.supplier | self.school).ids,
                },
            }
        )

    def test_both_ways_make_the_same_file(self):
        self.fill()
        every = list(self.env["client.export"]._get_all_columns())
        for user, columns in (("importer", None), ("manager", None), ("admin", every)):
            if user == "admin":
                self.users["admin"] = self.env.ref("base.user_admin")
            quick = self.file(user, columns=columns)
            with patch.object(ClientExport, "_is_plain", lambda *args: False):
                self.assertEqual(self.file(user, columns=columns), quick)
        self.assertIn(b"Zoo / B", quick)

    def test_what_needs_the_orm_is_read_by_it(self):
        export = self.env["client.export"]
        columns = export._get_all_columns()
        slow = {name for name, read in columns.items() if not export._is_plain(read)}
        self.assertLessEqual({"figure: invoiced_total", "figure: receivable"}, slow)
        # Other add-ons may add columns that are slow; these are not.
        for header in (
            "reference",
            "country",
            "state",
            "comment",
            "category",
            "source",
        ):
            self.assertNotIn(header, slow)

    def test_who_changes_what_is_fetched_changes_the_file(self):
        partners = type(self.Partner)
        fetch = partners._fetch_query

        def shout(records, query, fields):
            fetched = fetch(records, query, fields)
            for partner in fetched:
                records.env.cache.set(partner, partner._fields["city"], "EVERYWHERE")
            return fetched

        with patch.object(partners, "_fetch_query", shout):
            self.assertIn(b"EVERYWHERE", self.file())

    def test_what_is_not_written_yet_is_in_the_file(self):
        self.file()
        self.family.street = "1 rue Neuve"
        self.assertIn(b"1 rue Neuve", self.file())

    def test_more_clients_than_a_batch(self):
        self.Partner.create(
            [
                {"name": f"N{i}", "ref": f"T-{i:05}", "client_status": "client"}
                for i in range(5)
            ]
        )
        whole = self.file()
        self.assertEqual(whole.count(b"\r\n"), 8)
        with patch(
            "odoo.addons.client_extension.models.exports.client_export_rows.BATCH", 2
        ):
            self.assertEqual(self.file(), whole)

    def test_who_stops_in_the_middle_can_begin_again(self):
        export = self.env["client.export"]
        columns = export._choose_columns(["reference"])
        rows = export._iter_rows(columns, export._parse_domain([]))
        next(rows), next(rows)
        logger = "odoo.addons.client_extension.models.exports.client_export_rows"
        with self.assertLogs(logger, logging.INFO) as logs:
            rows.close()
        self.assertIn("exported 1 clients: reference", logs.output[0])
        self.assertIn(b"T-0001", self.file())

    def test_a_field_for_others_is_no_column(self):
        self.patch(self.Partner._fields["vat"], "groups", "base.group_system")
        self.assertNotIn("vat", self.export()["T-0001"])
        with self.assertRaises(UserError):
            self.file(columns=["reference", "vat"])
        self.users["admin"] = self.env.ref("base.user_admin")
        self.assertIn(b"FR23334175221", self.file("admin", columns=["vat"]))

    def test_columns_of_choice_in_their_order(self):
        content = self.file(columns=["Name", "reference"], encoding="cp1252")
        self.assertEqual(
            content.decode("cp1252").split("\r\n")[:2],
            ["name;reference", "Famille Lefèvre;T-0001"],
        )
        for wrong in ([], ["nothing"], ["reference", "id"]):
            with self.assertRaises(UserError):
                self.file(columns=wrong)

    def test_an_encoding_that_is_none(self):
        for wrong in ("klingon", "hex"):
            with self.assertRaises(UserError):
                self.file(encoding=wrong)
