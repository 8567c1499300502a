from datetime import timedelta

from odoo.tests import tagged

from ...common_import import ImportCase

ACCENTS = (
    "reference;type;name;address;address_additional;zip;city;country;mobile;phone;"
    "email;comment;active;code SAP;contrat d'entretien\r\n"
    "00901;individual;Maïté Saint-Léger;13 rue de l'Église;Bus 4;01000;"
    "Bourg-en-Bresse;FR;;01 21 65 63 18;a@example.com;"
    '"Dit ""le patron""\r\nŒuvre à 5 €";1;007747;oui\r\n'
    "00902;company;Garage D'Hondt;74 avenue Foch;;1000;'s-Gravenhage;BE;"
    "+32 471 17 99 49;;;;0;023688;\r\n"
)


@tagged("post_install", "-at_install", "client_neighbours")
class TestImportRun(ImportCase):
    """A file is imported as it is, and a second import changes nothing."""

    def test_lines_of_a_title_are_passed_over_and_counted(self):
        title = "Our clients\nPrinted;today\n"
        record = self.run_import(f"{title}reference;name;city\nT1;Anna;Lyon\n")
        self.assertEqual((record.title_count, record.row_count), (2, 1))
        record = self.run_import("reference;name\nT1;Anna\n")
        self.assertEqual(record.title_count, 0)

    def test_accents_line_breaks_and_zeros(self):
        record = self.run_import(ACCENTS, encoding="cp1252")
        self.assertEqual(self.counts(record), (2, 0, 0, 0, 0))
        self.assertEqual(record.state, "done")
        self.assertEqual(record.encoding_found, "cp1252")
        self.assertEqual(record.delimiter_found, ";")
        first, second = self.client("00901"), self.client("00902")
        self.assertEqual(first.name, "Maïté Saint-Léger")
        self.assertEqual(first.street, "13 rue de l'Église")
        self.assertEqual(first.zip, "01000")
        self.assertEqual(first.country_id, self.france)
        self.assertEqual(first.comment, '<p>Dit "le patron"<br>Œuvre à 5 €</p>')
        self.assertFalse(first.is_company)
        self.assertFalse(first.user_id, "no manager unless the file names one")
        self.assertEqual(first.client_status, "client")
        self.assertEqual(first.client_properties[self.label("codesap")], "007747")
        self.assertTrue(second.is_company)
        self.assertFalse(second.active)
        self.assertEqual(second.city, "'s-Gravenhage")
        self.assertEqual(second.mobile, "+32 471 17 99 49")

    def test_a_second_run_changes_nothing(self):
        self.run_import(ACCENTS, encoding="cp1252")
        clients = self.client("00901") + self.client("00902")
        before = clients[0].write_date - timedelta(days=1)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET write_date = %s WHERE id IN %s",
            [before, tuple(clients.ids)],
        )
        self.env.invalidate_all()
        record = self.run_import(ACCENTS, encoding="cp1252")
        self.assertEqual(self.counts(record), (0, 0, 2, 0, 0))
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(set(clients.mapped("write_date")), {before})

    def test_a_check_writes_nothing(self):
        partners = self.env["res.partner"].with_context(active_test=False)
        count = partners.search_count([])
        record = self.make(ACCENTS, encoding="cp1252")
        record.check()
        self.assertEqual(record.state, "checked")
        self.assertEqual(self.counts(record), (2, 0, 0, 0, 0))
        self.assertEqual(partners.search_count([]), count)
        labels = self.env["client.import.columns"]._get_labels()
        self.assertNotIn("codesap", labels)
        record.run()
        self.assertEqual(self.counts(record), (2, 0, 0, 0, 0))
        self.assertEqual(partners.search_count([]), count + 2)

    def test_only_what_differs_is_written(self):
        rows = "reference;name;city;phone\nT-0002;Collège Jean Moulin;Lyon;\n"
        record = self.run_import(rows)
        self.assertEqual(self.counts(record), (0, 1, 0, 0, 0))
        self.assertEqual(self.school.city, "Lyon")
        self.assertEqual(self.school.vat, "FR23334175221")

    def test_empty_cells_and_clearing_marks(self):
        self.run_import("reference;city;phone\nT-0001b;;\n", mode="update_skip")
        family = self.family
        family.ref = "T-0003"
        rows = "reference;city;phone;email\nT-0003;;=;\n"
        self.run_import(rows)
        self.assertEqual((family.city, family.phone), ("Lyon", False))
        self.assertEqual(family.email, "lefevre@example.com")
        self.run_import(rows, clear_empty=True)
        self.assertEqual((family.city, family.email), (False, False))

    def test_a_cleared_answer_is_none_any_more(self):
        definition = self.Partner._get_client_properties_definition()
        definition.properties_definition = [
            {"name": "pets", "type": "boolean", "string": "Pets"},
            {"name": "beds", "type": "integer", "string": "Beds"},
        ]
        self.school.client_properties = {"pets": True, "beds": 3}
        rows = "reference;Pets;Beds\nT-0002;=;=\n"
        self.run_import(rows, mode="update")
        self.assertFalse(self.school.client_properties._values)
        again = self.run_import(rows, mode="update")
        self.assertEqual(again.unchanged_count, 1)

    def test_every_standard_column(self):
        manager = self.users["user"]
        state = self.env["res.country.state"].search(
            [("country_id", "=", self.env.ref("base.us").id)], limit=1
        )
        rows = (
            "reference;name;country;state;website;status;client_type;category;"
            "business_unit;manager;language;source;vat\n"
            f"F1;All;US;{state.code};example.com;Prospect;TEST SCHOOL;"
            f'"Test VIP; Fresh tag";{self.agency.name};{manager.login};en_US;;x\n'
        )
        record = self.run_import(rows)
        self.assertEqual(self.codes(record), [])
        client = self.client("F1")
        self.assertEqual(client.state_id, state)
        self.assertEqual(client.client_status, "prospect")
        self.assertEqual(client.client_type_id, self.type_school)
        names = client.category_id.mapped("name")
        self.assertEqual(sorted(names), ["Fresh tag", "Test VIP"])
        self.assertEqual(client.client_business_unit_id, self.agency)
        self.assertEqual(client.user_id, manager)
        self.assertEqual(client.lang, "en_US")
        record = self.run_import(rows)
        self.assertEqual(self.counts(record), (0, 0, 1, 0, 0))

    def test_new_names_are_made_once(self):
        rows = (
            "reference;name;category\nF1;A;Brand new\nF2;B;brand NEW\nF1;A;Brand new\n"
        )
        record = self.run_import(rows)
        self.assertEqual(self.counts(record), (2, 0, 1, 0, 0))
        tags = self.env["res.partner.category"].search(
            [("name", "=ilike", "brand new")]
        )
        self.assertEqual(len(tags), 1)

    def test_sources_are_found_and_made(self):
        fair = self.env["utm.source"].create({"name": "Known fair"})
        rows = "reference;name;source\nF1;A;known FAIR\nF2;B;Unheard fair\n"
        record = self.run_import(rows)
        self.assertEqual(self.codes(record), [])
        self.assertEqual(self.client("F1").client_source_id, fair)
        self.assertEqual(self.client("F2").client_source_id.name, "Unheard fair")
        self.assertEqual(self.counts(self.run_import(rows)), (0, 0, 2, 0, 0))

    def test_what_the_import_gives_to_its_rows(self):
        self.school.category_id = self.env["res.partner.category"].create({"name": "B"})
        record = self.run_import(
            "reference;name\nF1;New\nT-0002;\n",
            category_ids=self.vip.ids,
            business_unit_id=self.agency.id,
            default_status="prospect",
        )
        self.assertEqual(self.counts(record), (1, 1, 0, 0, 0))
        new = self.client("F1")
        self.assertEqual(new.category_id, self.vip)
        self.assertEqual(new.client_business_unit_id, self.agency)
        self.assertEqual(new.client_status, "prospect")
        self.assertEqual(len(self.school.category_id), 2)
        self.assertEqual(self.school.client_business_unit_id, self.agency)
        self.assertEqual(self.school.client_status, "client")

    def test_partner_that_is_no_client_becomes_one(self):
        self.supplier.ref = "S1"
        record = self.run_import("reference;name\nS1;Autocars Rhône\n")
        self.assertEqual(self.counts(record), (0, 1, 0, 0, 0))
        self.assertEqual(self.supplier.client_status, "client")
        self.assertTrue(self.supplier.client_since)

    def test_archived_clients_are_found(self):
        self.school.active = False
        record = self.run_import("reference;name;active\nT-0002;;1\n")
        self.assertEqual(self.counts(record), (0, 1, 0, 0, 0))
        self.assertTrue(self.school.active)

    def test_contacts_are_not_found_by_their_reference(self):
        self.env["res.partner"].create(
            {"name": "Contact", "ref": "C1", "parent_id": self.school.id}
        )
        record = self.run_import("reference;name\nC1;Another\n")
        self.assertEqual(self.counts(record), (1, 0, 0, 0, 0))

    def test_comment_is_text(self):
        rows = "reference;name;comment\nF1;A;<script>alert(1)</script>\n"
        self.run_import(rows)
        comment = self.client("F1").comment
        self.assertEqual(comment, "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")
        self.assertEqual(self.counts(self.run_import(rows))[2], 1)

    def test_formula_guard_comes_off(self):
        rows = "reference;name;city;phone;note\n'=1;'@A;'=1+1;'+33 6;''=x\n"
        self.run_import(rows)
        client = self.client("=1")
        self.assertEqual((client.name, client.city), ("@A", "=1+1"))
        self.assertEqual(client.phone, "+33 6")

    def test_nothing_is_posted_and_nobody_follows(self):
        self.run_import("reference;name\nF1;A\n")
        client = self.client("F1")
        self.assertFalse(client.message_follower_ids)
        self.assertFalse(client.message_ids)
