from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..common_label import LabelCase


@tagged("post_install", "-at_install")
class TestLabel(LabelCase):
    """A label is added, renamed, moved; Odoo's definition follows."""

    def test_the_dialog_adds_the_label_for_all_and_the_value_for_one(self):
        label = self.add("Dormitory", partner_id=self.school.id, value_char="Blue")
        self.assertEqual(self.items()[0]["string"], "Dormitory")
        self.assertEqual(self.school.client_properties[label.key], "Blue")
        self.assertFalse(self.family.client_properties[label.key])

    def test_the_value_of_each_kind(self):
        day = "2026-03-31"
        for kind, value, kept in (
            ("integer", "12", 12),
            ("integer", "0", 0),
            ("float", "2.5", 2.5),
            ("float", " 0 ", 0),
            ("date", day, day),
            ("boolean", "yes", True),
            ("boolean", "no", False),
        ):
            with self.subTest(kind=kind, value=value):
                name = "number" if kind in ("integer", "float") else kind
                value = {f"value_{name}": value, "partner_id": self.school.id}
                label = self.add(f"As {kind} {kept}", kind, **value)
                self.assertEqual(self.items()[-1]["type"], kind)
                self.assertEqual(self.stored(self.school)[label.key], kept)

    def test_without_a_value_the_client_has_none(self):
        for kind in ("char", "integer", "float", "date", "boolean"):
            with self.subTest(kind):
                self.add(f"No {kind}", kind, partner_id=self.school.id)
                self.assertFalse(self.stored(self.school))

    def test_a_number_is_read_as_the_user_writes_it(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.users["manager"].lang = "fr_FR"
        for text, kept in (("1\u202f234,5", 1234.5), ("-2,50", -2.5), ("0,0", 0)):
            with self.subTest(text):
                value = {"partner_id": self.school.id, "value_number": text}
                label = self.add(f"Number {kept}", "float", **value)
                self.assertEqual(self.stored(self.school)[label.key], kept)
        for kind, text in (("float", "many"), ("integer", "2,5"), ("float", "nan")):
            value = {"partner_id": self.school.id, "value_number": text}
            with self.subTest(text), self.assertRaisesRegex(ValidationError, text):
                self.add(f"Bad {kind} {text}", kind, **value)

    def test_a_choice_comes_with_its_choices_and_that_of_the_client(self):
        choices = [
            Command.create({"name": "Half board"}),
            Command.create({"name": "Full board", "is_value": True}),
        ]
        label = self.add(
            "Board", "selection", partner_id=self.school.id, choice_ids=choices
        )
        self.assertEqual(label.choice_ids.mapped("name"), ["Half board", "Full board"])
        self.assertEqual(self.school.client_properties[label.key], "Full board")

    def test_a_choice_without_choices_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "choices"):
            self.add("Board", "selection")

    def test_other_values_of_the_client_stay(self):
        first = self.add("First", partner_id=self.school.id, value_char="1")
        self.add("Second", partner_id=self.school.id, value_char="2")
        self.assertEqual(self.school.client_properties[first.key], "1")

    def test_a_label_that_differs_by_case_and_accents_is_refused_by_name(self):
        self.add("Étage")
        for name in ("ETAGE", " étage ", "E-tage"):
            with self.subTest(name), self.assertRaisesRegex(ValidationError, "“Étage”"):
                self.add(name)
        other = self.add("Other")
        with self.assertRaisesRegex(ValidationError, "“Étage”"):
            other.name = "etage"

    def test_the_dialog_says_so_before(self):
        self.add("Étage")
        self.add("Gone").active = False
        new = self.env["client.label.add"].new({"name": "etage"})
        self.assertIn("“Étage”", new.warning)
        self.assertFalse(new.hint)
        new.name = "GONE"
        self.assertFalse(new.warning)
        self.assertIn("“Gone”", new.hint)

    def test_a_label_without_a_name_is_refused(self):
        with self.assertRaises(ValidationError):
            self.add("  ")

    def test_renaming_keeps_the_key_and_the_values(self):
        label = self.add("Dormitory", partner_id=self.school.id, value_char="Blue")
        key = label.key
        label.with_user(self.users["manager"]).name = "  Sleeping   hall "
        self.assertEqual(label.key, key)
        self.assertEqual(self.items()[0]["name"], key)
        self.assertEqual(self.items()[0]["string"], "Sleeping hall")
        self.assertEqual(self.school.client_properties[key], "Blue")

    def test_a_name_that_was_renamed_away_can_be_added_again(self):
        renamed = self.add("Visits")
        renamed.name = "Stays"
        self.assertNotEqual(self.add("Visits").key, renamed.key)

    def test_key_and_kind_never_change(self):
        label = self.add("Dormitory").with_user(self.users["manager"])
        for values in ({"key": "other"}, {"kind": "integer"}):
            with self.subTest(values), self.assertRaises(UserError):
                label.write(values)

    def test_labels_are_moved(self):
        first, second = self.add("First"), self.add("Second")
        (first.sequence, second.sequence) = (2, 1)
        self.assertEqual([i["string"] for i in self.items()], ["Second", "First"])

    def test_labels_on_cards(self):
        self.add("Dormitory").on_cards = True
        self.assertTrue(self.items()[0]["view_in_cards"])

    def test_a_choice_keeps_its_key_when_it_is_renamed(self):
        choices = [Command.create({"name": "Half", "is_value": True})]
        label = self.add(
            "Board", "selection", partner_id=self.school.id, choice_ids=choices
        )
        choice = label.choice_ids.with_user(self.users["manager"])
        choice.name = "Half board"
        self.assertEqual(self.school.client_properties[label.key], "Half board")
        choice.create({"label_id": label.id, "name": "Full board"})
        self.assertEqual(len(self.items()[0]["selection"]), 2)

    def test_two_equal_choices_are_refused(self):
        choices = [Command.create({"name": "Half"}), Command.create({"name": "HALF"})]
        with self.assertRaisesRegex(ValidationError, "Half|HALF"):
            self.add("Board", "selection", choice_ids=choices)

    def test_a_choice_that_clients_have_stays(self):
        choices = [
            Command.create({"name": "Half", "is_value": True}),
            Command.create({"name": "Full"}),
        ]
        label = self.add(
            "Board", "selection", partner_id=self.school.id, choice_ids=choices
        )
        half, full = label.choice_ids
        full.unlink()
        self.assertEqual(len(self.items()[0]["selection"]), 1)
        with self.assertRaisesRegex(UserError, "Clients with the choice “Half”: 1"):
            half.unlink()


@tagged("post_install", "-at_install")
class TestLabelDefinition(LabelCase):
    """What Odoo's own screens, imports and scripts write is turned into labels."""

    ITEM = {"name": "aaaa", "string": "Board", "type": "selection"}

    def test_a_written_definition_makes_labels(self):
        item = {**self.ITEM, "selection": [["h", "Half"], ["f", "Full"]]}
        link = {"name": "bbbb", "string": "Guide", "type": "many2one"}
        link["comodel"] = "res.partner"
        self.definition.properties_definition = [item, link]
        board, guide = self.Label.search([])
        self.assertEqual(board.choice_ids.mapped("name"), ["Half", "Full"])
        self.assertEqual(guide.extra, {"comodel": "res.partner"})

    def test_nothing_of_a_definition_is_lost_when_a_label_changes(self):
        item = {**self.ITEM, "selection": [["h", "Half"]], "default": "h"}
        self.definition.properties_definition = [item]
        self.Label.search([]).name = "Meals"
        self.assertEqual(self.items(), [{**item, "string": "Meals"}])

    def test_a_label_that_a_definition_leaves_out_is_a_removed_one(self):
        label = self.add("Dormitory", partner_id=self.school.id, value_char="Blue")
        self.definition.properties_definition = []
        self.assertFalse(label.active)
        self.assertTrue(label.removed_date)
        label.action_restore()
        self.assertEqual(self.school.client_properties[label.key], "Blue")

    def test_changed_choices_of_a_definition(self):
        item = {**self.ITEM, "selection": [["h", "Half"]]}
        self.definition.properties_definition = [item]
        item["selection"] = [["h", "Half board"], ["f", "Full board"]]
        self.definition.properties_definition = [item]
        label = self.Label.search([])
        self.assertEqual(label.choice_ids.mapped("name"), ["Half board", "Full board"])
        self.assertEqual(self.items()[0]["selection"], item["selection"])

    def test_an_import_adds_labels_that_managers_change(self):
        self.env["client.import.columns"]._add_labels(["Code SAP", "Étage"])
        labels = self.Label.search([])
        self.assertEqual(labels.mapped("name"), ["Code SAP", "Étage"])
        self.assertEqual([i["string"] for i in self.items()], ["Code SAP", "Étage"])

    def test_sixty_labels_are_added_in_few_queries(self):
        self.add("First")
        names = [f"Label {number}" for number in range(60)]
        self.env.flush_all()
        with self.assertQueryCount(150):
            self.env["client.import.columns"]._add_labels(names)
            self.env.flush_all()
