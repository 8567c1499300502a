from dataclasses import replace

from odoo.tests import tagged

from ....importer.types import Column
from ...common_import import ImportCase


@tagged("post_install", "-at_install", "client_neighbours")
class TestImportColumns(ImportCase):
    """Columns that are additional data, and nothing else."""

    def test_attack_columns_are_labels(self):
        other = self.make_company()
        group = self.env.ref("base.group_system")
        rows = (
            "reference;name;id;company_id;user_ids/login;__proto__;group_ids;write_uid\n"
            f"X1;A;{self.school.id};{other.id};root;evil;{group.id};1\n"
        )
        record = self.run_import(rows)
        self.assertEqual(self.counts(record), (1, 0, 0, 0, 0))
        client = self.client("X1")
        self.assertNotEqual(client, self.school)
        self.assertNotEqual(client.company_id, other)
        self.assertFalse(client.user_ids)
        self.assertEqual(client.client_properties[self.label("proto")], "evil")
        self.assertEqual(
            client.client_properties[self.label("id")], str(self.school.id)
        )

    def test_countries_and_languages_by_other_codes(self):
        self.env["res.lang"]._activate_lang("fr_BE")
        rows = "reference;name;country;language\n"
        rows += "X1;A;BEL;fr-BE\nX2;B;fra;fr_be\nX3;C;XXX;\nX4;D;;fr-XX\n"
        record = self.run_import(rows)
        self.assertEqual(self.codes(record), [(4, "cell_unknown"), (5, "cell_unknown")])
        self.assertEqual(self.client("X1").country_id, self.belgium)
        self.assertEqual(self.client("X1").lang, "fr_BE")
        self.assertEqual(self.client("X2").country_id, self.france)

    def test_a_state_is_one_of_the_clients_country(self):
        states = self.env["res.country.state"]
        usa, spain = self.env.ref("base.us"), self.env.ref("base.es")
        self.assertGreater(states.search_count([("code", "=", "CA")]), 1)
        self.school.country_id, self.family.country_id = usa, spain
        self.Partner.create({"name": "U", "ref": "T-0003", "client_status": "client"})
        rows = "reference;state\nT-0002;CA\nT-0003;CA\nT-0002;Aragón\n"
        record = self.make(rows, mode="update")
        record.check()
        codes = [(3, "cell_several"), (4, "row_repeated"), (4, "cell_unknown")]
        self.assertEqual(self.codes(record), codes)
        record.run()
        self.assertEqual(self.codes(record), codes)
        self.assertEqual(self.school.state_id, self.env.ref("base.state_us_5"))
        rows = "reference;country;state\nT-0002;Espagne;\nT-0002;;Madrid\n"
        record = self.make(rows, mode="update")
        record.check()
        self.assertEqual(self.counts(record), (0, 2, 0, 0, 0))
        record.run()
        self.assertEqual(self.counts(record), (0, 2, 0, 0, 0))
        self.assertEqual(self.school.state_id.country_id, spain)

    def test_problems_name_the_columns_of_the_file(self):
        rows = "Klantnummer;Naam\n;A\nX1;A\nX1;B\nX2;\n"
        record = self.run_import(rows, mode="create")
        self.assertEqual(
            [(p.code, p.column) for p in record.problem_ids],
            [
                ("row_no_reference", "Klantnummer"),
                ("match_repeated", "Klantnummer"),
                ("row_no_name", "Naam"),
            ],
        )

    def test_labels_are_found_whatever_their_case(self):
        definition = self.Partner._get_client_properties_definition()
        definition.properties_definition = [
            {"name": "aaaa", "string": "Éta_ge", "type": "char"},
            {"name": "bbbb", "string": "Other", "type": "char"},
        ]
        self.school.client_properties = {"aaaa": "1", "bbbb": "keep"}
        self.run_import("reference;ETAGE\nT-0002;2\n")
        self.assertEqual(self.school.client_properties["aaaa"], "2")
        self.assertEqual(self.school.client_properties["bbbb"], "keep")
        self.assertEqual(len(definition.properties_definition), 2)

    def test_labels_with_a_kind(self):
        definition = self.Partner._get_client_properties_definition()
        definition.properties_definition = [
            {"name": "int1", "string": "Visits", "type": "integer"},
            {"name": "date", "string": "First visit", "type": "date"},
            {"name": "bool", "string": "Loyal", "type": "boolean"},
            {
                "name": "sel1",
                "string": "Rank",
                "type": "selection",
                "selection": [["gold", "Or"], ["iron", "Fer"]],
            },
        ]
        rows = (
            "reference;Visits;First visit;Loyal;Rank\n"
            "T-0002;12;31/01/2024;oui;OR\nT-0002;12;2024-01-31;1;gold\n"
            "T-0002;many;;;\nT-0002;;;;silver\n"
        )
        record = self.run_import(rows)
        self.assertEqual(self.counts(record), (0, 1, 1, 0, 2))
        values = self.school.client_properties._values
        self.assertEqual((values["int1"], values["bool"]), (12, True))
        self.assertEqual(str(values["date"]), "2024-01-31")
        self.assertEqual(values["sel1"], "gold")
        codes = [(3, "row_repeated"), (4, "cell_kind"), (5, "cell_kind")]
        self.assertEqual(self.codes(record), codes)
        _said, number, choice = record.problem_ids.mapped("message")
        self.assertIn("is not a whole number. Write digits only", number)
        self.assertIn("one of the choices of Rank: Or, Fer.", choice)

    def test_another_type_of_label_is_named_as_on_the_screens(self):
        problems = self.env["client.import.problem"]
        sentence = problems._get_sentence("cell_kind", {"kind": "datetime"})
        self.assertIn("(type: Date and Time)", sentence)

    def test_a_wrong_value_is_said_with_its_type_and_how_to_write_it(self):
        problems = self.env["client.import.problem"]
        said = {
            kind: problems._get_sentence(
                "cell_kind",
                {"kind": kind, "value": "x", "column": "Rank", "choices": "Or, Fer"},
            )
            for kind in ("integer", "float", "date", "boolean", "selection")
        }
        names = dict(
            self.env["client.label"]._fields["kind"]._description_selection(self.env)
        )
        for kind, sentence in said.items():
            self.assertIn(names[kind].lower(), sentence.lower(), kind)
        for kind, manner in {
            "integer": "(type: Number)",
            "float": "for example 1200.50",
            "date": "2026-12-31",
            "boolean": "Write yes or no.",
            "selection": "Or, Fer",
        }.items():
            self.assertIn(manner, said[kind])

    def test_a_synonym_beside_the_exact_name_is_additional_data(self):
        rows = "reference;name;Comments;comment\nX1;A;By telephone;Nice people\n"
        record = self.make(rows)
        record.check()
        self.assertIn("Same meaning as “comment”", record.columns_html)
        record.run()
        self.assertEqual(self.counts(record), (1, 0, 0, 0, 0))
        client = self.client("X1")
        self.assertIn("Nice people", client.comment)
        values = client.client_properties._values
        self.assertEqual(list(values.values()), ["By telephone"])

    def test_states_and_countries_as_people_write_them(self):
        rows = (
            "reference;name;state;country\nX1;A;California (US);US\n"
            "X2;B;california (us);\nX3;C;;Turkey\nX4;D;;Pays bas\nX5;E;;Ivory-Coast\n"
            "X6;F;;United-States\nX7;G;California (US);BE\n"
        )
        record = self.run_import(rows)
        self.assertEqual(self.codes(record), [(8, "cell_unknown")])
        california = self.env.ref("base.state_us_5")
        self.assertEqual(self.client("X1").state_id, california)
        self.assertEqual(self.client("X2").state_id, california)
        found = [self.client(f"X{n}").country_id.code for n in range(3, 7)]
        self.assertEqual(found, ["TR", "NL", "CI", "US"])

    def test_labels_come_with_values_only(self):
        self.run_import("reference;name;empty one;full one\nX1;A;;x\nX2;B;;\n")
        labels = self.env["client.import.columns"]._get_labels()
        self.assertIn("fullone", labels)
        self.assertNotIn("emptyone", labels)

    def test_mapping_of_the_user(self):
        mapping = {"customerID": "reference", "companyName": "name", "fax": "-"}
        rows = "customerID,companyName,fax,phone\nALFKI,Alfreds,030,040\n"
        record = self.run_import(rows, column_mapping=mapping)
        self.assertEqual(self.counts(record), (1, 0, 0, 0, 0))
        self.assertEqual(self.client("ALFKI").phone, "040")
        self.assertNotIn("fax", self.env["client.import.columns"]._get_labels())

    def test_summary_says_what_each_column_is(self):
        record = self.make("reference;Nom;phnoe\nX1;A;1\n")
        record.check()
        self.assertEqual(
            [(c["header"], c["role"], c["key"]) for c in record.columns_summary],
            [
                ("reference", "standard", "reference"),
                ("Nom", "standard", "name"),
                ("phnoe", "additional", "phnoe"),
            ],
        )
        self.assertEqual(record.columns_summary[2]["suggestion"], "phone")

    def test_countries_in_three_languages(self):
        rows = "reference;name;country\n" + "".join(
            f"X{i};A;{text}\n"
            for i, text in enumerate(("be", "Belgique", "België", "BELGIUM", "UK"))
        )
        record = self.run_import(rows)
        self.assertEqual(self.codes(record), [])
        countries = [self.client(f"X{i}").country_id.code for i in range(5)]
        self.assertEqual(countries, ["BE"] * 4 + ["GB"])

    def test_countries_as_other_lists_name_them(self):
        names = {
            "United States of America": "US",
            "The Netherlands": "NL",
            "Slovakia (Slovak Republic)": "SK",
            "Lao People's Democratic Republic": "LA",
            "Swaziland": "SZ",
        }
        rows = "".join(f"{code};A;{name}\n" for name, code in names.items())
        record = self.run_import("reference;name;country\n" + rows)
        self.assertEqual(self.counts(record), (5, 0, 0, 0, 0))
        for code in names.values():
            self.assertEqual(self.client(code).country_id.code, code)

    def test_a_name_that_an_addon_stores_otherwise_is_unchanged(self):
        imports = type(self.env["client.import"])
        get_options = imports._get_plan_options
        normalizers = {"name": lambda name: name.replace(", ", ",")}
        self.patch(
            imports,
            "_get_plan_options",
            lambda record, labels: replace(
                get_options(record, labels), normalizers=normalizers
            ),
        )
        self.school.name = "Roux, Anne"
        for name, counts in (
            ("Roux,Anne", (0, 0, 1, 0, 0)),
            ("Roux,Anna", (0, 1, 0, 0, 0)),
        ):
            record = self.make(f"reference;name\nT-0002;{name}\n", mode="update")
            record.check()
            self.assertEqual(self.counts(record), counts, name)

    def test_hooks(self):
        columns = type(self.env["client.import.columns"])
        get_columns = columns._get_import_columns
        more = Column("job", "function", aliases=("métier",))
        self.patch(columns, "_get_import_columns", lambda s: (*get_columns(s), more))
        apply = type(self.env["client.import.apply"])
        prepare, seen = apply._prepare_client_import_vals, []

        def prepare_vals(room, scope, outcome):
            return {**prepare(room, scope, outcome), "barcode": outcome.row.reference}

        def applied(room, client_import, done):
            seen.extend((outcome.kind, partner.name) for outcome, partner in done)

        self.patch(apply, "_prepare_client_import_vals", prepare_vals)
        self.patch(apply, "_client_import_applied", applied)
        rows = "reference;name;Métier\nX1;A;Guide\nT-0002;;Teacher\nX3;;\n"
        self.run_import(rows)
        self.assertEqual(self.client("X1").function, "Guide")
        self.assertEqual(self.client("X1").barcode, "X1")
        self.assertEqual(self.school.function, "Teacher")
        self.assertEqual(seen, [("create", "A"), ("update", "Collège Jean Moulin")])
