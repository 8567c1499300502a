from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from ...models.imports import client_import_preview
from ..common_import import ImportCase

HEADER = "reference;name;city;country;type;active;category;manager;language;comment\n"


@tagged("post_install", "-at_install")
class TestImportPreview(ImportCase):
    """What the check page shows, row by row."""

    def rows(self, record):
        """:return: dict: reference -> checked row, as its user sees them"""
        return {row.reference: row for row in record.preview_ids}

    def lines(self, row):
        """:return: list of (label, old, new)"""
        return [(line["label"], line["old"], line["new"]) for line in row.changes]

    def checked(self, text, **values):
        record = self.make(text, **values)
        record.check()
        self.assertEqual(record.state, "checked")
        return record

    def fingerprint(self):
        """:return: a number that changes with any value of any partner"""
        self.env.flush_all()
        self.env.cr.execute(
            SQL("SELECT count(*), sum(hashtext(p::text)) FROM res_partner p")
        )
        return self.env.cr.fetchone()

    def make_school(self):
        return self.env["res.partner"].create(
            {
                "name": "Old School",
                "ref": "P1",
                "client_status": "client",
                "city": "Namur",
                "country_id": self.france.id,
                "is_company": True,
                "category_id": [Command.set(self.vip.ids)],
            }
        )

    def test_old_and_new_as_people_read_them(self):
        self.make_school()
        record = self.checked(
            HEADER + "P1;Old School;Liège;BE;individual;no;Brand new;"
            "clients_manager;English (US);Two\n"
        )
        lines = self.lines(self.rows(record)["P1"])
        manager = self.users["manager"].name
        self.assertIn(("City", "Namur", "Liège"), lines)
        self.assertIn(("Country", "France", "Belgium"), lines)
        self.assertIn(("Individual or company", "Company", "Individual"), lines)
        self.assertIn(("Active", "Yes", "No"), lines)
        self.assertIn(("Client Manager", "", manager), lines)
        self.assertIn(("Categories", "Test VIP", "Brand new (new)"), lines)
        self.assertNotIn("Name", [label for label, _old, _new in lines])

    def test_each_outcome(self):
        self.make_school()
        text = "reference;name;email\nP1;Old School;\nP2;New;\nP3;Bad;nobody\n;None;\n"
        record = self.checked(text, mode="create_update")
        rows = self.rows(record)
        outcomes = {row.reference: row.outcome for row in record.preview_ids}
        self.assertEqual(
            outcomes,
            {"P1": "unchanged", "P2": "create", "P3": "reject", "": "reject"},
        )
        self.assertEqual(rows["P2"].name, "New")
        self.assertFalse(rows["P2"].partner_id)
        self.assertEqual(rows["P1"].partner_id.name, "Old School")
        self.assertIn("nobody", rows["P3"].note)
        self.assertEqual([row.line for row in record.preview_ids], [3, 4, 5, 2])
        skipped = self.checked(text, mode="create_skip")
        self.assertEqual(self.rows(skipped)["P1"].outcome, "skip")

    def test_counts_are_those_of_the_run(self):
        self.make_school()
        text = (
            "reference;name;city;code SAP\nP1;Old School;Liège;7\nP2;New;;8\n"
            "P2;New;Paris;8\nP3;;;\n"
        )
        for mode in ("create", "create_skip", "update", "update_skip", "create_update"):
            with self.subTest(mode), self.env.cr.savepoint() as savepoint:
                record = self.checked(text, mode=mode)
                before = self.counts(record)
                by_outcome = {
                    outcome: len(
                        record.preview_ids.filtered(lambda r, o=outcome: r.outcome == o)
                    )
                    for outcome in client_import_preview.OUTCOMES
                }
                self.assertEqual(
                    by_outcome,
                    {
                        outcome: record[name]
                        for outcome, name in client_import_preview.OUTCOMES.items()
                    },
                )
                record.run()
                self.assertEqual(self.counts(record), before)
                self.assertFalse(record.preview_ids)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_what_is_shown_is_what_is_done(self):
        school = self.make_school()
        text = (
            "reference;name;city;zip;country;category;code SAP\n"
            "P1;Newer School;Liège;04000;Belgium;Test VIP, Brand new;007\n"
            "P2;New;Paris;;FR;;\n"
        )
        record = self.checked(text)
        shown = {
            row.reference: {line["label"]: line["new"] for line in row.changes}
            for row in record.preview_ids
        }
        record.run()
        new = self.client("P2")
        for client in (school, new):
            values = shown[client.ref]
            self.assertEqual(client.city, values["City"])
            self.assertEqual(client.country_id.name, values["Country"])
        self.assertEqual((school.name, school.zip), ("Newer School", "04000"))
        self.assertEqual(shown["P1"]["Name"], school.name)
        self.assertEqual(shown["P1"]["Zip"], school.zip)
        self.assertEqual(shown["P1"]["Categories"], "Brand new (new), Test VIP")
        names = school.category_id.mapped("name")
        self.assertEqual(sorted(names), ["Brand new", "Test VIP"])
        label = self.label("codesap")
        self.assertEqual(school.client_properties[label], shown["P1"]["code SAP"])
        again = self.checked(text)
        self.assertEqual(set(again.preview_ids.mapped("outcome")), {"unchanged"})
        self.assertFalse(any(again.preview_ids.mapped("changes")))

    def test_a_reference_twice_shows_what_each_row_adds(self):
        record = self.checked("reference;name;city\nP2;New;\nP2;New;Paris\n")
        first, second = record.preview_ids.sorted("line")
        self.assertEqual((first.outcome, second.outcome), ("create", "update"))
        self.assertEqual(self.lines(second), [("City", "", "Paris")])
        self.assertFalse(second.partner_id)

    def test_nothing_is_written(self):
        school = self.make_school()
        self.env.flush_all()
        tables = ("res.partner.category", "utm.source", "properties.base.definition")
        before = self.fingerprint()
        count = [self.env[model].search_count([]) for model in tables]
        labels = self.env["client.import.columns"]._get_labels()
        written = school.write_date
        self.checked(
            "reference;name;city;category;source;brand new label\n"
            "P1;Old School;Liège;Unheard of;Unheard of;x\nP2;New;;;;y\n"
        )
        self.assertEqual(self.fingerprint(), before)
        self.assertEqual(school.write_date, written)
        self.assertEqual([self.env[model].search_count([]) for model in tables], count)
        self.assertEqual(self.env["client.import.columns"]._get_labels(), labels)

    def test_additional_data(self):
        definition = self.env["res.partner"]._get_client_properties_definition()
        definition.sudo().properties_definition = [
            *(definition.properties_definition or []),
            {"name": "c_pets", "string": "Test pets", "type": "boolean"},
            {
                "name": "c_meal",
                "string": "Test meal",
                "type": "selection",
                "selection": [["v", "Vegetarian"], ["m", "Meat"]],
            },
        ]
        record = self.checked(
            "reference;name;Test pets;Test meal;Unheard\nP2;New;yes;vegetarian;7\n"
        )
        [row] = record.preview_ids
        self.assertIn(("Test pets", "", "Yes"), self.lines(row))
        self.assertIn(("Test meal", "", "Vegetarian"), self.lines(row))
        self.assertIn(("Unheard", "", "7"), self.lines(row))
        new = {line["label"] for line in row.changes if line.get("is_new_label")}
        self.assertEqual(new, {"Unheard"})

    def test_markup_stays_text(self):
        script = "<script>alert(1)</script>"
        record = self.checked(
            f"reference;name;{script}\nP2;{script};<b>{script}</b>\nP3;;{script}\n"
        )
        row = self.rows(record)["P2"]
        self.assertEqual(row.name, script)
        self.assertEqual(self.lines(row)[-1], (script, "", f"<b>{script}</b>"))
        self.assertNotIn(script, record.columns_html)

    def test_only_the_first_of_many(self):
        text = "reference;name\n" + "".join(f"P{i};New {i}\n" for i in range(9))
        with patch.object(client_import_preview, "PREVIEW_LIMIT", 4):
            record = self.checked(text)
        self.assertEqual(
            [row.reference for row in record.preview_ids], ["P0", "P1", "P2", "P3"]
        )
        self.assertEqual(record.created_count, 9)
        self.assertIn("Rows Created: first 4 of 9", record.preview_note)
        self.assertFalse(self.checked(text).preview_note)

    def test_rows_go_with_their_check(self):
        record = self.checked("reference;name\nP2;New\n")
        first = record.preview_ids
        record.check()
        self.assertFalse(first.exists())
        self.assertEqual(len(record.preview_ids), 1)
        record.mode = "update"
        self.assertFalse(record.preview_ids)

    def test_rows_of_an_old_check_go_by_themselves(self):
        record = self.checked("reference;name\nP2;New\n")
        young = self.checked("reference;name\nP2;New\n")
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE client_import_preview SET create_date = create_date - "
                "interval '8 days' WHERE import_id = %s",
                record.id,
            )
        )
        self.env.invalidate_all()
        self.env["client.import.preview"]._gc_previews()
        self.assertFalse(record.preview_ids)
        self.assertIn("7 days", record.preview_note)
        self.assertTrue(young.preview_ids)

    def test_who_sees_the_rows(self):
        rows = self.checked("reference;name\nP2;New\n").preview_ids
        model = self.env["client.import.preview"]
        other = new_test_user(
            self.env, "clients_other", "client_extension.group_client_importer"
        )
        self.assertIn(rows, model.with_user(self.users["manager"]).search([]))
        self.assertIn(rows, model.with_user(self.importer).search([]))
        self.assertFalse(model.with_user(other).search([]))
        for name in ("user", "employee", "accountant", "portal"):
            with self.subTest(name), self.assertRaises(AccessError):
                rows.with_user(self.users[name]).read(["summary"])
        with self.assertRaises(AccessError):
            rows.with_user(self.users["manager"]).write({"outcome": "skip"})

    def test_another_company_sees_none(self):
        rows = self.checked("reference;name\nP2;New\n").preview_ids
        other = self.make_company()
        stranger = new_test_user(
            self.env,
            "clients_stranger",
            "client_extension.group_client_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        found = self.env["client.import.preview"].with_user(stranger).search([])
        self.assertFalse(found & rows)

    def test_the_list_is_that_of_one_import(self):
        record = self.checked("reference;name\nP2;New\n")
        self.checked("reference;name\nP3;New\n")
        action = record.action_open_previews()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found, record.preview_ids)

    def test_opens_the_client(self):
        school = self.make_school()
        [row] = self.checked("reference;name\nP1;Newer\n").preview_ids
        action = row.action_open_client()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("res.partner", school.id)
        )

    def test_queries_do_not_grow_with_the_rows(self):
        def queries(count):
            lines = (f"Q{i};New {i};FR;Test VIP\n" for i in range(count))
            record = self.make("reference;name;country;category\n" + "".join(lines))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            record.check()
            return self.env.cr.sql_log_count - before

        queries(3)
        self.assertLess(queries(300) - queries(3), 40)
