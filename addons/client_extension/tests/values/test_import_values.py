import base64
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ..common_import import ImportCase

#: 9 rows of which 8 are refused, because of four words
NORTHWIND = (
    "customerID;companyName;region;country\n"
    "ALFKI;Alfreds;elsewhere;Germany\n"
    "ANATR;Ana Trujillo;elsewhere;Mexico\n"
    "BLONP;Blondesddsl;Elsewhere;France\n"
    "BERGS;Berglunds;elsewhere;Sweden\n"
    "BOTTM;Bottom-Dollar;BC;Canada\n"
    "ISLAT;Island Trading;Wight Island;UK\n"
    "MEREP;Mère Paillarde;Kebec;Canada\n"
    "HUNGO;Hungry Owl;Co. Cork;Ireland\n"
    "LAUGB;Laughing Bacchus;Co. Cork;Ireland\n"
)
MAPPING = {"customerID": "reference", "companyName": "name"}
STATUS = "reference;name;status\nV1;A;warm\nV2;B;cold\nV3;C;Warm\nV4;D;client\n"


@tagged("post_install", "-at_install")
class TestImportValues(ImportCase):
    """Words that a list does not have are asked about, each of them once."""

    def asked(self, record):
        """:return: dict: (column, word) -> number of rows"""
        return {
            (noted["column"], noted["word"].casefold()): noted["count"]
            for noted in record.unknown_values or []
            if noted["is_unknown"]
        }

    def choices(self, record, name):
        """:return: dict: word to answer -> label, of one column of the page"""
        found = next(c for c in record.value_choices if c["name"] == name)
        return dict(found["choices"])

    def checked(self, text, **values):
        record = self.make(text, **values)
        record.check()
        return record

    # The page

    def test_each_word_is_listed_once_with_its_rows(self):
        record = self.checked(NORTHWIND, column_mapping=MAPPING)
        self.assertEqual(record.rejected_count, 8)
        self.assertEqual(
            self.asked(record),
            {
                ("state", "elsewhere"): 4,
                ("state", "co. cork"): 2,
                ("state", "wight island"): 1,
                ("state", "kebec"): 1,
            },
        )
        (shown,) = record.value_choices
        self.assertEqual((shown["name"], shown["header"]), ("state", "region"))
        self.assertEqual([w["count"] for w in shown["words"]], [4, 2, 1, 1])
        self.assertFalse(shown["can_create"])
        self.assertIn(["Quebec (CA)", "Quebec (CA)"], shown["choices"])
        self.assertTrue(record.can_answer)

    def test_answers_are_a_matter_of_three_clicks(self):
        record = self.checked(NORTHWIND, column_mapping=MAPPING)
        summary = record.columns_summary
        with Form(record) as form:
            form.value_answers = {
                "state": {
                    "elsewhere": "",
                    "Co. Cork": "",
                    "Wight Island": "",
                    "Kebec": "Quebec (CA)",
                }
            }
            self.assertTrue(form.mapping_pending)
        self.assertEqual((record.state, record.columns_summary), ("draft", summary))
        self.assertTrue(record.mapping_pending)
        self.assertEqual(len(record.value_choices[0]["words"]), 4)
        record.action_check()
        self.assertEqual(self.counts(record), (9, 0, 0, 0, 0))
        self.assertFalse(record.mapping_pending)
        self.assertFalse(self.asked(record))
        shown = record.value_choices[0]["words"]
        self.assertEqual([w["count"] for w in shown], [4, 2, 1, 1], "can be changed")
        record.action_import()
        self.assertEqual(self.counts(record), (9, 0, 0, 0, 0))
        self.assertFalse(self.client("ALFKI").state_id)
        self.assertEqual(self.client("MEREP").state_id.code, "QC")

    def test_the_status_of_a_crm(self):
        record = self.checked(STATUS)
        self.assertEqual(
            self.asked(record), {("status", "warm"): 2, ("status", "cold"): 1}
        )
        self.assertEqual(
            self.choices(record, "status"), {"prospect": "Prospect", "client": "Client"}
        )
        record.value_answers = {"status": {"warm": "client", "cold": "prospect"}}
        record.run()
        self.assertEqual(self.counts(record), (4, 0, 0, 0, 0))
        status = [self.client(f"V{n}").client_status for n in range(1, 5)]
        self.assertEqual(status, ["client", "prospect", "client", "client"])

    def test_every_list_offers_its_words(self):
        self.desk.name = "Desk of values"
        (self.agency + self.desk).company_id = False
        label = self.env["client.label"].create(
            {
                "name": "Valued",
                "kind": "selection",
                "choice_ids": [Command.create({"name": n}) for n in ("Gold", "Iron")],
            }
        )
        self.env["client.label"].create({"name": "Loyal", "kind": "boolean"})
        self.assertTrue(label.key)
        names = [
            "type",
            "country",
            "state",
            "active",
            "status",
            "client_type",
            "business_unit",
            "manager",
            "language",
            "contact_role",
            "Valued",
            "Loyal",
            "name",
            "contact_last_name",
        ]
        word = "?".join(["", "x"])
        cells = [word] * (len(names) - 1)
        text = f"reference;{';'.join(names)}\nV1;{';'.join(cells)};Last\n"
        record = self.checked(text)
        found = {c["name"]: c["choices"] for c in record.value_choices}
        self.assertEqual(
            set(found),
            {*names[:10], "additional:Valued", "additional:Loyal"},
        )
        self.assertIn(["Belgium", "Belgium"], found["country"])
        self.assertIn(["English (US)", "English (US)"], found["language"])
        self.assertEqual([t for _w, t in found["additional:Valued"]], ["Gold", "Iron"])
        self.assertIn(self.importer.login, [w for w, _t in found["manager"]])
        answers = {name: {word: pairs[0][0]} for name, pairs in found.items()}
        # The first state must be of the first country.
        answers["state"] = {word: ""}
        record.value_answers = answers
        record.check()
        self.assertEqual(
            self.counts(record), (1, 0, 0, 0, 0), record.problem_ids.mapped("message")
        )

    def test_archived_and_hidden_records_are_not_offered(self):
        self.type_school.active = False
        self.agency.write(
            {"members_only": True, "member_ids": False, "company_id": False}
        )
        self.desk.company_id = False
        record = self.checked("reference;client_type;business_unit\nV1;?;?\n")
        self.assertNotIn("Test school", self.choices(record, "client_type").values())
        units = self.choices(record, "business_unit").values()
        self.assertNotIn(self.agency.name, units)

    def test_words_of_texts_dates_and_addresses_are_not_asked(self):
        self.env["client.label"].create({"name": "Born", "kind": "date"})
        record = self.checked("reference;name;email;Born\nV1;A;nothing;soon\n")
        self.assertEqual(record.rejected_count, 1)
        self.assertFalse(record.value_choices)

    # How answers are kept

    def test_the_mapping_keeps_them_for_the_next_file(self):
        record = self.checked(STATUS, value_answers={"status": {"warm": "client"}})
        mapping = self.env["client.import.mapping"].with_user(self.importer)
        mapping = mapping._save(record, "A CRM")
        self.assertEqual(mapping.value_answers, {"status": {"warm": "client"}})
        self.assertEqual(mapping.value_choices[0]["words"][0]["word"], "warm")
        wizard = (
            self.env["client.import.wizard"]
            .with_user(self.importer)
            .create(
                {
                    "file": self.encode(STATUS),
                    "file_name": "b.csv",
                    "mapping_id": mapping.id,
                }
            )
        )
        action = wizard.action_check()
        following = self.opened(action).with_user(self.importer)
        self.assertEqual(following.created_count, 3)
        self.assertEqual(self.asked(following), {("status", "cold"): 1})
        words = {w["word"] for w in following.value_choices[0]["words"]}
        self.assertEqual(words, {"warm", "cold"})
        self.assertFalse(following.mapping_pending)

    def test_another_file_has_other_words(self):
        record = self.checked(STATUS)
        record.file = self.encode("reference;name\nV1;A\n")
        self.assertFalse(record.unknown_values)

    def test_the_values_go_with_the_file(self):
        record = self.checked(STATUS)
        record.action_clear()
        self.assertFalse(record.unknown_values)
        self.assertFalse(record.can_answer)

    def test_a_meaning_that_is_gone_is_asked_again(self):
        record = self.checked(
            "reference;name;client_type\nV1;A;Ecole\n",
            value_answers={"client_type": {"Ecole": "Test school"}},
        )
        self.assertEqual(record.created_count, 1)
        self.type_school.name = "Renamed"
        record.check()
        self.assertEqual(self.codes(record), [(2, "cell_unknown")])
        (shown,) = record.value_choices[0]["words"]
        self.assertEqual((shown["word"], shown["is_asked"]), ("Ecole", True))
        self.assertIn("Values page", record.next_step)

    def test_a_word_is_found_again_in_another_spelling(self):
        answers = {"status": {"WARM": "client"}}
        record = self.checked(STATUS, value_answers=answers)
        self.assertEqual(record.created_count, 3)
        words = {w["word"]: w["is_asked"] for w in record.value_choices[0]["words"]}
        self.assertEqual(words, {"WARM": False, "cold": True})

    # When answers are given

    def test_after_a_run_without_a_check(self):
        record = self.run_import(STATUS)
        self.assertEqual(self.counts(record), (1, 0, 0, 0, 3))
        self.assertTrue(record.can_answer)
        record.value_answers = {"status": {"warm": "client"}}
        self.assertEqual(record.state, "done_with_problems")
        self.assertTrue(record.answers_pending)
        self.assertFalse(record.mapping_pending)
        record.import_rejected()
        self.assertEqual(self.counts(record), (3, 0, 0, 0, 1))
        self.assertEqual(self.asked(record), {("status", "cold"): 1})
        self.assertIn(b"V2", self.rejects(record))
        self.assertNotIn(b"V1", self.rejects(record))
        record.value_answers = {"status": {"warm": "client", "cold": ""}}
        record.import_rejected()
        self.assertEqual((record.state, self.counts(record)), ("done", (4, 0, 0, 0, 0)))
        self.assertFalse(record.rejects_file)
        record.undo()
        self.assertFalse(self.client("V1"))
        with self.assertRaises(UserError):
            record.value_answers = {}

    def rejects(self, record):
        return base64.b64decode(record.with_context(bin_size=False).rejects_file)

    def test_rejected_rows_above_the_limit_wait_for_the_background(self):
        record = self.run_import(STATUS)
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("client_extension.import_limit", 1)
        record.value_answers = {"status": {"warm": "client", "cold": ""}}
        record.import_rejected()
        self.assertEqual(record.state, "queued")
        cron = type(self.env["ir.cron"])
        with patch.object(cron, "_commit_progress", lambda *args, **kwargs: 60.0):
            record._make_task().resume()
        self.assertEqual(self.counts(record), (4, 0, 0, 0, 0))

    def test_a_check_in_the_background_asks_too(self):
        record = self.make(STATUS)
        record._make_task("check").enqueue()
        cron = type(self.env["ir.cron"])
        with patch.object(cron, "_commit_progress", lambda *args, **kwargs: 60.0):
            record._make_task().resume()
        self.assertEqual(
            self.asked(record), {("status", "warm"): 2, ("status", "cold"): 1}
        )

    def test_rows_with_a_warning_are_asked_before_they_are_imported(self):
        record = self.checked(STATUS, warn_cells=True)
        self.assertEqual(record.rejected_count, 0)
        self.assertEqual(
            self.asked(record), {("status", "warm"): 2, ("status", "cold"): 1}
        )
        record.run()
        self.assertFalse(self.asked(record))
        self.assertFalse(record.can_answer)

    # Creation

    def test_a_manager_creates_what_a_word_names_and_undoes_it(self):
        header = "reference;name;client_type;business_unit"
        text = f"{header}\nV1;A;Choir;Liège\nV2;B;choir;Liège\n"
        answers = {"client_type": {"Choir": "+"}, "business_unit": {"Liège": "+"}}
        record = self.make(text, user=self.users["manager"])
        record.check()
        self.assertEqual([c["can_create"] for c in record.value_choices], [True, True])
        record.value_answers = answers
        record.check()
        self.assertEqual(self.counts(record), (2, 0, 0, 0, 0))
        self.assertIn("Choir (new)", record.preview_ids[0].summary)
        types = self.env["client.type"]
        self.assertFalse(types.search([("name", "=", "Choir")]))
        record.run()
        self.assertEqual(self.counts(record), (2, 0, 0, 0, 0))
        made = types.search([("name", "=", "Choir")])
        self.assertEqual(self.client("V1").client_type_id, made)
        self.assertEqual(self.client("V2").client_type_id, made)
        self.assertEqual(self.client("V2").client_business_unit_id.name, "Liège")
        again = self.make(text, user=self.users["manager"], value_answers=answers)
        again.run()
        self.assertEqual(self.counts(again), (0, 0, 2, 0, 0))
        record.undo()
        self.assertFalse(made.exists())
        self.assertFalse(
            self.env["client.business.unit"].search([("name", "=", "Liège")])
        )

    def test_a_manager_creates_a_role_and_undoes_it(self):
        header = "reference;name;contact_last_name;contact_role"
        text = f"{header}\nV1;A;Un;Conductor\nV2;B;Deux;conductor, Escort\n"
        record = self.make(text, user=self.users["manager"])
        record.check()
        self.assertTrue(record.value_choices[0]["can_create"])
        record.value_answers = {"contact_role": {"Conductor": "+"}}
        record.check()
        self.assertEqual(self.counts(record), (2, 0, 0, 0, 0))
        roles = self.env["client.contact.role"]
        self.assertFalse(roles.search([("name", "=", "Conductor")]))
        record.run()
        self.assertEqual(self.counts(record), (2, 0, 0, 0, 0))
        made = roles.search([("name", "=", "Conductor")])
        self.assertEqual(len(made), 1)
        escort = self.env.ref("client_extension.client_contact_role_escort")
        lines = [self.client(f"V{n}").client_contact_ids for n in (1, 2)]
        self.assertEqual([line.role_ids for line in lines], [made, made | escort])
        again = self.make(
            text, user=self.users["manager"], value_answers=record.value_answers
        )
        again.run()
        self.assertEqual(self.counts(again), (0, 0, 2, 0, 0))
        record.undo()
        self.assertFalse(made.exists())
        self.assertFalse(self.client("V1"))

    def test_an_importer_cannot_create_a_type(self):
        record = self.checked(
            "reference;name;client_type\nV1;A;Choir\n",
            value_answers={"client_type": {"Choir": "+"}},
        )
        self.assertEqual(record.rejected_count, 1)
        self.assertFalse(record.value_choices[0]["can_create"])
        record.run()
        self.assertFalse(self.env["client.type"].search([("name", "=", "Choir")]))

    # Rights

    def test_who_may_answer(self):
        record = self.checked(STATUS)
        answers = {"status": {"warm": "client"}}
        for name in ("user", "manager"):
            with self.subTest(name), self.assertRaises(AccessError):
                other = record.with_user(self.stranger(name))
                other.value_answers = answers
                self.env.flush_all()
        with self.assertRaises(AccessError):
            record.with_user(self.stranger("user")).import_rejected()
        record.with_user(self.users["manager"]).value_answers = answers
        self.assertEqual(record.value_answers, answers)

    def stranger(self, name):
        """:return: a plain user of the company, or a manager of another one"""
        if name != "manager":
            return self.users[name]
        company = self.env["res.company"].create({"name": "Another company"})
        return self.users["manager"].copy(
            {
                "login": "values_stranger",
                "company_id": company.id,
                "company_ids": [Command.set(company.ids)],
            }
        )

    def test_what_users_send_is_checked(self):
        record = self.checked(STATUS)
        for answers in (
            ["status"],
            {"status": "client"},
            {"status": {"warm": 1}},
            {"a": {"b": None}},
        ):
            with self.subTest(answers=answers), self.assertRaises(ValidationError):
                record.value_answers = answers
                self.env.flush_all()
        with self.assertRaises(AccessError):
            record.unknown_values = False
        # Nothing that the list does not have, whatever a script sends.
        record.value_answers = {"status": {"warm": "vendor"}, "nowhere": {"x": "y"}}
        record.check()
        self.assertEqual(record.rejected_count, 3)
        with self.assertRaises(UserError):
            record.import_rejected()

    # Cost

    def test_answers_cost_no_query(self):
        rows = "".join(f"Q{n};N{n};warm;Belgium\n" for n in range(30))
        text = f"reference;name;status;country\n{rows}"
        self.run_import(text, value_answers={"status": {"warm": "client"}})
        plain = self.make(text.replace("warm", "client"))
        answered = self.make(text, value_answers={"status": {"warm": "client"}})
        self.env.flush_all()
        counts = []
        for record in (plain, answered):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            record.run()
            counts.append(self.cr.sql_log_count - before)
            self.assertEqual(self.counts(record), (0, 0, 30, 0, 0))
        self.assertLessEqual(counts[1], counts[0])
