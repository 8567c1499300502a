from odoo.tests import tagged

from ..common_import import ImportCase


@tagged("post_install", "-at_install")
class TestExportRoundTrip(ImportCase):
    """An export is imported again: every row is found and none changes."""

    file_format = "csv"

    def round_trip(self, domain, user=None, **values):
        """:return: the import, in the mode update, of an export of these clients"""
        user = user or self.importer
        export = self.env["client.export"].with_user(user)
        content = b"".join(export.iter_file(self.file_format, domain))
        record = self.make(content, user=user, mode="update", **values)
        record.check()
        checked = self.counts(record), self.codes(record)
        record.run()
        self.assertEqual((self.counts(record), self.codes(record)), checked)
        return record

    def assert_unchanged(self, partners, **values):
        domain = [("id", "in", partners.ids), ("active", "in", (True, False))]
        record = self.round_trip(domain, **values)
        problems = record.problem_ids.mapped(lambda p: (p.line, p.column, p.message))
        self.assertFalse(problems)
        self.assertEqual(self.counts(record), (0, 0, len(partners), 0, 0))

    def make_client(self, **values):
        """:return: a client with a separate reference and these values"""
        number = self.Partner.search_count([("ref", "like", "R-")])
        return self.Partner.create(
            {
                "name": f"Round {number}",
                "ref": f"R-{number}",
                "client_status": "client",
                **values,
            }
        )

    def test_plain(self):
        self.assert_unchanged(self.school | self.make_client())

    def test_empty_cells_clear_nothing_that_was_empty(self):
        self.assert_unchanged(self.school | self.make_client(), clear_empty=True)

    def test_archived(self):
        self.assert_unchanged(self.make_client(active=False))

    def test_texts_that_look_like_formulas(self):
        self.assert_unchanged(
            self.make_client(name="=1+1", street="+x", city="'tab", comment="<p>=</p>")
            | self.make_client(name="'=quoted'", street="@x", zip="-01")
            | self.make_client(name="'s-Hertogenbosch", street2='"a;b"', city="a\tb")
            | self.make_client(
                name=" = ", street=" '=x", street2="\u00a0-1", city=" '="
            )
            | self.make_client(name="\t=1", street="= ", street2="\tx", city="\ufeffy")
        )

    def test_comments(self):
        comments = (
            "<p>one<br>two &amp; three</p>",
            "<p>a</p><p><br></p><p>b</p>",
            "<ul><li>x</li><li>y</li></ul>",
            "<p><b>bold</b> <a href='https://example.com'>link</a></p>",
            "<p>=</p>",
        )
        clients = self.Partner.browse()
        for comment in comments:
            clients |= self.make_client(comment=comment)
        self.assert_unchanged(clients)
        self.assertIn("<b>bold</b>", clients[3].comment)

    def test_names_that_hold_separators(self):
        Category = self.env["res.partner.category"]
        names = ("Food, drinks", 'The "best"', "a;b", "plain")
        tags = Category.create([{"name": name} for name in names])
        self.assert_unchanged(
            self.make_client(category_id=[(6, 0, tags.ids)])
            | self.make_client(category_id=[(6, 0, tags[0].ids)])
            | self.make_client(category_id=[(6, 0, tags[1].ids)])
        )

    def test_a_name_that_is_also_part_of_another(self):
        Category = self.env["res.partner.category"]
        top = Category.create({"name": "Round youth"})
        parent = Category.create({"name": "Round groups"})
        child = Category.create({"name": "Round youth", "parent_id": parent.id})
        unit = self.env["client.business.unit"].create(
            {"name": "Groups desk", "company_id": False}
        )
        self.assert_unchanged(
            self.make_client(category_id=[(6, 0, top.ids)])
            | self.make_client(category_id=[(6, 0, child.ids)])
            | self.make_client(client_business_unit_id=unit.id)
            | self.make_client(client_business_unit_id=self.desk.id)
        )

    def test_what_is_archived_since(self):
        category = self.env["res.partner.category"].create({"name": "Round old"})
        kind = self.env["client.type"].create({"name": "Round old"})
        unit = self.env["client.business.unit"].create(
            {"name": "Round old", "company_id": False}
        )
        client = self.make_client(
            category_id=[(6, 0, category.ids)],
            client_type_id=kind.id,
            client_business_unit_id=unit.id,
            user_id=self.users["employee"].id,
        )
        for record in (category, kind, unit, self.users["employee"]):
            record.active = False
        self.assert_unchanged(client)

    def test_a_mail_that_is_the_login_of_somebody_else(self):
        self.users["employee"].email = "clients_user"
        self.assert_unchanged(self.make_client(user_id=self.users["user"].id))

    def test_country_and_state(self):
        states = self.env["res.country.state"].search([("country_id.code", "=", "SA")])
        clients = self.Partner.browse()
        for state in states:
            country = state.country_id.id
            clients |= self.make_client(country_id=country, state_id=state.id)
        self.assert_unchanged(clients)

    def test_additional_data(self):
        definition = self.Partner._get_client_properties_definition()
        choice = {"selection": [["a", "Annual; big"], ["m", "Monthly"]]}
        tags = {"tags": [["x", "X, Y", 1], ["z", "Z", 2]]}
        link = {"comodel": "res.partner"}
        definition.properties_definition = [
            {"name": name, "string": text, "type": kind, **more}
            for name, text, kind, more in (
                ("p_text", "Code SAP", "char", {}),
                ("p_notes", "Notes", "text", {}),
                ("p_flag", "Newsletter", "boolean", {}),
                ("p_number", "Beds", "integer", {}),
                ("p_float", "Surface", "float", {}),
                ("p_day", "Contract end", "date", {}),
                ("p_time", "Last call", "datetime", {}),
                ("p_choice", "Contract", "selection", choice),
                ("p_tags", "Themes", "tags", tags),
                ("p_one", "Agent", "many2one", link),
                ("p_many", "Guides", "many2many", link),
            )
        ]
        full = self.make_client()
        full.client_properties = {
            "p_text": "=007",
            "p_notes": "two\nlines",
            "p_flag": False,
            "p_number": -12,
            "p_float": 1e-7,
            "p_day": "2026-03-31",
            "p_time": "2026-03-31 12:00:00",
            "p_choice": "a",
            "p_tags": ["x", "z"],
            "p_one": self.supplier.id,
            "p_many": (self.supplier | self.school).ids,
        }
        self.assert_unchanged(full | self.make_client())

    def test_what_no_import_would_take(self):
        types = self.env["client.type"].create([{"name": "Twin type"}] * 2)
        tags = self.env["res.partner.category"].create([{"name": "Twin tag"}] * 2)
        sources = self.env["utm.source"].create([{"name": f"R{'x' * 600}"}])
        texas = self.env.ref("base.state_us_5")
        clients = (
            self.make_client(email="n/a")
            | self.make_client(email="= nobody", name="n" * 600)
            | self.make_client(state_id=texas.id, country_id=self.belgium.id)
            | self.make_client(client_type_id=types[0].id)
            | self.make_client(client_type_id=types[1].id)
            | self.make_client(category_id=[(6, 0, tags.ids)])
            | self.make_client(category_id=[(6, 0, (tags[1] | self.vip).ids)])
            | self.make_client(client_source_id=sources.id)
        )
        for values in ({}, {"warn_cells": True}, {"clear_empty": True}):
            self.assert_unchanged(clients, **values)
        self.assertEqual(clients[0].email, "n/a")
        self.assertEqual(clients[2].state_id, texas)
        self.assertEqual(clients[6].category_id, tags[1] | self.vip)

    def test_a_manager_of_another_company(self):
        other = self.make_company()
        self.importer.company_ids |= other
        companies = {"company_ids": [(6, 0, other.ids)], "company_id": other.id}
        self.users["employee"].write(companies)
        self.assert_unchanged(self.make_client(user_id=self.users["employee"].id))

    def test_choices_of_the_same_name(self):
        definition = self.Partner._get_client_properties_definition()
        choices = [["a", "Yearly"], ["b", "Yearly"], ["c", "Monthly"]]
        definition.properties_definition = [
            {"name": "c", "string": "Plan", "type": "selection", "selection": choices}
        ]
        first, second = self.make_client(), self.make_client()
        first.client_properties = {"c": "a"}
        second.client_properties = {"c": "b"}
        self.assert_unchanged(first | second)

    def test_numbers_that_may_be_thousands(self):
        definition = self.Partner._get_client_properties_definition()
        definition.properties_definition = [
            {"name": "f", "string": "Surface", "type": "float"}
        ]
        clients = self.Partner.browse()
        for value in (1.234, 999.125, 1000.0, 12.5, 1234.567, 0.125):
            clients |= self.make_client()
            clients[-1].client_properties = {"f": value}
        self.assert_unchanged(clients)

    def test_a_yes_or_no_under_empty_cells_that_clear(self):
        definition = self.Partner._get_client_properties_definition()
        definition.properties_definition = [
            {"name": "b", "string": "Vegan", "type": "boolean"}
        ]
        client = self.make_client()
        client.client_properties = {"b": True}
        rows = f"reference;Vegan\n{client.ref};\n"
        for counts in ((0, 1, 0, 0, 0), (0, 0, 1, 0, 0), (0, 0, 1, 0, 0)):
            record = self.run_import(rows, clear_empty=True)
            self.assertEqual(self.counts(record), counts)
        self.assertNotIn("b", client.client_properties._values or {})

    def test_a_main_contact_with_a_bad_address(self):
        client = self.make_client()
        person = self.Partner.create({"name": "Anne Roux", "email": "n/a"})
        self.env["client.contact"].create(
            {"client_id": client.id, "contact_id": person.id, "is_main": True}
        )
        self.assert_unchanged(client)

    def test_a_bad_cell_that_says_something_else_is_rejected(self):
        client = self.make_client(email="n/a")
        rows = f"reference;email;city\n{client.ref};n/a;Gent\n{client.ref};none;\n"
        record = self.run_import(rows)
        self.assertEqual(self.codes(record), [(3, "row_repeated"), (3, "cell_email")])
        self.assertEqual(self.counts(record), (0, 1, 0, 0, 1))
        self.assertEqual((client.email, client.city), ("n/a", "Gent"))

    def test_a_bad_cell_in_the_place_of_what_an_earlier_row_wrote(self):
        client = self.make_client(email="n/a")
        rows = f"reference;email\n{client.ref};a@example.com\n{client.ref};n/a\n"
        record = self.make(rows)
        record.check()
        self.assertEqual(self.counts(record), (0, 1, 0, 0, 1))
        record.run()
        self.assertEqual(self.counts(record), (0, 1, 0, 0, 1))

    def test_yes_no_and_nothing(self):
        definition = self.Partner._get_client_properties_definition()
        kinds = ("boolean", "integer", "float")
        definition.properties_definition = [
            {"name": kind, "type": kind, "string": f"A {kind}"} for kind in kinds
        ]
        clients = self.make_client().union(
            *(
                self.make_client(client_properties=values)
                for values in (
                    {"boolean": False, "integer": 0, "float": 0.0},
                    {"boolean": True, "integer": 3, "float": 0.5},
                    {"integer": False, "float": False},
                )
            )
        )
        before = [client.client_properties._values for client in clients]
        self.assert_unchanged(clients)
        # If empty cells clear, No stays No and an unset value stays unset.
        self.assert_unchanged(clients, clear_empty=True)
        after = [client.client_properties._values for client in clients]
        self.assertEqual(after, before)

    def test_every_demo_client(self):
        domain = [("client_status", "!=", False), ("ref", "!=", False)]
        clients = self.Partner.search([*domain, ("parent_id", "=", False)])
        once = clients.filtered(
            lambda c: self.Partner.search_count([("ref", "=", c.ref)]) == 1
        )
        self.assert_unchanged(once)


@tagged("post_install", "-at_install")
class TestExportRoundTripXlsx(TestExportRoundTrip):
    """The same as a workbook."""

    file_format = "xlsx"
