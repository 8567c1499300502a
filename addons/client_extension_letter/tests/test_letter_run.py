from contextlib import suppress
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import LetterCase


class RunCase(LetterCase):
    """Clients in three countries, one without an address, one who objects."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Run = cls.env["client.letter.run"]
        cls.user = cls.users["user"]
        belgium = cls.env.ref("base.be")
        rows = [
            ("Zoé", "6 rue A", "69002", cls.france),
            ("Yves", "5 rue B", "1000", belgium),
            ("Xavier", "4 rue C", "13001", cls.france),
            ("Willy", False, False, cls.france),
            ("Victor", "2 rue E", "75001", cls.france),
            ("Ulysse", "1 rue F", "4000", belgium),
        ]
        cls.clients = cls.Partner.create(
            [
                {
                    "name": name,
                    "street": street,
                    "zip": postcode,
                    "city": postcode and "Ville",
                    "country_id": country.id,
                    "client_status": "client",
                    "client_no_mailing": name == "Victor",
                }
                for name, street, postcode, country in rows
            ]
        )
        cls.zoe, cls.yves, cls.xavier, cls.willy, cls.victor, cls.ulysse = cls.clients

    @classmethod
    def wizard(cls, clients, user="user", **values):
        """:return: the dialog of a user who selected some clients"""
        return (
            cls.env["client.letter.run.wizard"]
            .with_user(cls.users.get(user) or user)
            .with_context(active_model="res.partner", active_ids=clients.ids)
            .create({"template_id": cls.template.id, **values})
        )

    @classmethod
    def run_of(cls, clients, user="user", **values):
        """:return: the run of these clients, as that user sees it"""
        wizard = cls.wizard(clients, user, **values)
        return wizard.env["client.letter.run"].browse(wizard.action_write()["res_id"])

    def names(self, letters):
        return letters.client_id.mapped("name")

    def skipped(self, run):
        """:return: dict name of a client -> why it got no letter"""
        return {one.client_id.name: one.problem for one in run.sudo().skipped_ids}


@tagged("post_install", "-at_install")
class TestLetterRun(RunCase):
    """Letters to many clients at once."""

    def test_a_run_writes_to_each_client_in_its_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.template.with_context(lang="fr_FR").subject = "Votre visite"
        self.zoe.lang = "fr_FR"
        run = self.run_of(self.zoe | self.yves)
        self.assertEqual(run.state, "done")
        self.assertEqual(run.letter_ids.mapped("state"), ["draft", "draft"])
        letters = {one.client_id: one for one in run.letter_ids}
        self.assertEqual(letters[self.zoe].name, "Votre visite")
        self.assertEqual(letters[self.zoe].lang, "fr_FR")
        self.assertEqual(letters[self.yves].name, "Your visit, Yves")
        self.assertIn("To Yves", letters[self.yves].body)
        self.assertEqual(letters[self.yves].user_id, self.user)
        self.assertEqual(
            letters[self.yves].salutation, self.yves._get_client_salutation()
        )

    def test_letters_are_in_the_order_of_country_and_postcode(self):
        run = self.run_of(self.clients)
        letters = run._get_letters([("state", "=", "draft")])
        self.assertEqual(self.names(letters), ["Xavier", "Zoé", "Yves", "Ulysse"])
        run = self.run_of(self.clients, print_order="name")
        letters = run._get_letters([("state", "=", "draft")])
        self.assertEqual(self.names(letters), ["Ulysse", "Xavier", "Yves", "Zoé"])

    def test_who_is_not_written_to_is_said_with_the_reason(self):
        empty, street = self.Partner.create(
            [
                {"name": "Empty", "client_status": "client"},
                {"name": "Street", "client_status": "client", "street": "1 rue A"},
            ]
        )
        run = self.run_of(self.clients | empty | street)
        self.assertEqual(
            self.skipped(run),
            {
                "Willy": "no_address",
                "Victor": "no_mailing",
                "Empty": "no_address",
                "Street": "no_city",
            },
        )
        counts = run.total_count, run.draft_count, run.done_count, run.skipped_count
        self.assertEqual(counts, (8, 4, 0, 4))
        self.assertEqual((run.pending_count, run.progress), (0, 100))
        self.assertIn("No address: 2", run.problem_summary)

    def test_what_was_missing_is_corrected_and_written(self):
        run = self.run_of(self.clients)
        first = run.letter_ids
        run.action_print()
        self.willy.write({"street": "3 rue D", "zip": "33000", "city": "Bordeaux"})
        run.action_write_missing()
        self.assertEqual(self.skipped(run), {"Victor": "no_mailing"})
        new = run.letter_ids - first
        self.assertEqual(self.names(new), ["Willy"])
        action = run.action_print()
        self.assertEqual(action["context"]["active_ids"], new.ids)
        self.assertEqual(set(run.letter_ids.mapped("state")), {"printed"})

    def test_addresses_that_are_too_long_are_said_before_they_are_printed(self):
        self.yves.street2 = "x" * 39
        run = self.run_of(self.zoe | self.yves)
        self.assertEqual(run.long_count, 1)
        letters = self.Letter.search(run.action_open_long()["domain"])
        self.assertEqual(letters.client_id, self.yves)
        run.action_print()
        self.assertEqual(run.long_count, 0)

    def test_a_letter_that_was_deleted_is_not_written_again(self):
        run = self.run_of(self.zoe | self.yves)
        run.letter_ids.filtered(lambda one: one.client_id == self.zoe).unlink()
        run.action_write_missing()
        self.assertEqual(self.names(run.letter_ids), ["Yves"])

    def test_printing_freezes_all_and_tells_each_client(self):
        run = self.run_of(self.clients)
        action = run.action_print()
        self.assertEqual(action["type"], "ir.actions.report")
        letters = run._get_letters([("state", "=", "printed")])
        self.assertEqual(action["context"]["active_ids"], letters.ids)
        for letter in letters:
            note = letter.client_id.message_ids[:1].body
            self.assertIn(f'data-oe-id="{letter.id}"', note)
        with self.assertRaises(UserError):
            run.action_print()
        again = run.action_print_again()
        self.assertEqual(again["context"]["active_ids"], letters.ids)

    def test_letters_go_to_the_contact_with_the_role(self):
        person = self.Partner.create({"name": "Anna Petit"})
        self.line(self.zoe, contact_id=person.id, role_ids=[(4, self.accounting.id)])
        self.template.client_letter_role_id = self.accounting
        run = self.run_of(self.zoe | self.yves)
        contacts = {one.client_id.name: one.contact_id for one in run.letter_ids}
        self.assertEqual(contacts["Zoé"], person)
        self.assertFalse(contacts["Yves"])
        run = self.run_of(self.zoe, role_id=False)
        self.assertFalse(run.letter_ids.contact_id)

    def test_a_contact_who_objects_gets_no_letter(self):
        person = self.Partner.create({"name": "Anna", "client_no_mailing": True})
        self.line(self.zoe, contact_id=person.id, role_ids=[(4, self.accounting.id)])
        run = self.run_of(self.zoe, role_id=self.accounting.id)
        self.assertEqual(self.skipped(run), {"Zoé": "no_mailing"})

    def test_a_text_that_fails_leaves_out_that_client_alone(self):
        self.template.body_html = "<p t-out='1 / (len(object.name) - 4)'/>"
        self.template.subject = "Hello"
        with self.assertLogs("odoo.addons.client_extension_letter", "WARNING"):
            run = self.run_of(self.zoe | self.yves | self.xavier)
        self.assertEqual(self.skipped(run), {"Yves": "failed"})
        self.assertEqual(len(run.letter_ids), 2)

    def test_an_empty_text_is_not_sent(self):
        self.template.body_html = "<p><t t-out='object.website'></t></p>"
        run = self.run_of(self.zoe)
        self.assertEqual(self.skipped(run), {"Zoé": "no_text"})

    def test_a_letter_that_was_not_written_cannot_be_printed_or_changed(self):
        run = self.run_of(self.willy)
        letter = run.skipped_ids
        for call in (
            letter.action_print,
            letter.action_email,
            lambda: letter.write({"body": "x"}),
            letter.unlink,
        ):
            with self.assertRaisesRegex(UserError, "Willy was not written: No address"):
                call()
        other = self.letter()
        (letter | other).action_print()
        self.assertEqual((letter.state, other.state), ("skipped", "printed"))
        sources = self.Partner._get_client_timeline_sources()
        [source] = [one for one in sources if one.key == "letter"]
        self.assertFalse(letter.filtered_domain(source.domain))

    def test_deleting_a_run_keeps_its_letters(self):
        run = self.run_of(self.clients)
        letters, skipped = run.letter_ids, run.skipped_ids
        run.with_user(self.users["manager"]).unlink()
        self.assertEqual(len(letters.exists()), 4)
        self.assertFalse(skipped.exists())

    # The dialog

    def test_the_dialog_says_who_is_left_out(self):
        archived = self.zoe.copy({"active": False})
        other = self.zoe.copy({"company_id": self.make_company().id})
        wizard = self.wizard(self.clients | self.supplier | archived | other)
        self.assertEqual(wizard.client_count, 6)
        self.assertIn("another company: 3", wizard.note)
        self.assertIn("object to mailings: 1", wizard.note)
        with patch.object(type(wizard), "_get_notes", lambda *_args: []):
            wizard.invalidate_recordset()
            self.assertEqual(wizard.note, "")

    def test_the_dialog_takes_clients_and_not_too_many(self):
        with self.assertRaises(UserError):
            self.wizard(self.supplier).action_write()
        path = "odoo.addons.client_extension_letter.wizards.client_letter_run_wizard"
        with patch(f"{path}.MOST", 2), self.assertRaises(UserError):
            self.wizard(self.clients).action_write()
        mail = self.env["mail.template"].create(
            {"name": "Mail", "model_id": self.template.model_id.id}
        )
        with self.assertRaises(UserError):
            self.wizard(self.zoe, template_id=mail.id).action_write()

    # Objection

    def test_a_single_letter_to_a_client_who_objects_warns(self):
        letter = self.letter(self.victor)
        self.assertIn("objects to mailings", letter.address_problems)
        letter.action_print()
        self.assertEqual(letter.state, "printed")

    def test_merging_clients_keeps_the_objection(self):
        merge = self.env["base.partner.merge.automatic.wizard"]
        merge._merge((self.zoe | self.victor).ids, self.zoe)
        self.assertTrue(self.zoe.client_no_mailing)

    def test_the_objection_is_a_column_of_imports_and_exports(self):
        columns = self.env["client.import.columns"]._get_import_columns()
        [column] = [one for one in columns if one.key == "no_mailing"]
        self.assertEqual(column.field, "client_no_mailing")
        readers = self.env["client.export"]._get_client_export_columns()
        cells = readers["no_mailing"](self.victor | self.zoe)
        self.assertEqual(len(set(cells)), 2)


@tagged("post_install", "-at_install")
class TestLetterRunBackground(RunCase):
    """Many letters are left to a cron that may be killed."""

    def test_many_letters_are_written_in_the_background(self):
        with self.background(at_once=3):
            run = self.run_of(self.clients)
            self.assertEqual((run.state, run.pending_count), ("queued", 6))
            self.assertEqual(run.progress, 0)
            for action in (run.action_write_missing, run.action_print):
                with self.assertRaises(UserError):
                    action()
            self.Run._cron_write()
        self.assertEqual((run.state, run.progress), ("done", 100))
        self.assertEqual((run.draft_count, run.skipped_count), (4, 2))

    def test_a_run_that_was_interrupted_goes_on_with_the_others(self):
        with self.background():
            run = self.run_of(self.clients)
        run.sudo().batch_size = 2
        # Not assertRaises, which rolls back.
        with self.background(stop=KeyboardInterrupt), suppress(KeyboardInterrupt):
            self.Run._cron_write()
        self.assertEqual(run.state, "running")
        self.assertLess(run.pending_count, 6)
        with self.background():
            self.Run._cron_write()
        self.assertEqual(run.state, "done")
        letters = run.sudo().letter_ids | run.sudo().skipped_ids
        self.assertEqual(len(letters), 6)
        self.assertEqual(letters.client_id, self.clients)

    def test_a_run_of_1000_that_was_killed_twice_writes_each_once(self):
        clients = self.Partner.create(
            [
                {
                    "name": f"Client {n}",
                    "street": "1 rue A",
                    "city": "Lyon",
                    "client_status": "client",
                }
                for n in range(1000)
            ]
        )
        with self.background(at_once=200):
            run = self.run_of(clients)
        left = []
        for _worker in range(2):
            with self.background(stop=KeyboardInterrupt), suppress(KeyboardInterrupt):
                self.Run._cron_write()
            left.append(run.pending_count)
            self.assertEqual(run.state, "running")
            self.assertEqual(run.draft_count, 1000 - run.pending_count)
        self.assertLess(left[1], left[0])
        with self.background():
            self.Run._cron_write()
        self.assertEqual((run.state, run.progress), ("done", 100))
        letters = run.sudo().letter_ids
        self.assertEqual(len(letters), 1000)
        self.assertEqual(letters.client_id, clients)

    def test_letters_that_kill_the_worker_are_halved_down_to_one_client(self):
        with self.background():
            run = self.run_of(self.clients)
        prepare, done = type(self.Run)._prepare_letters, []

        def kill(record, clients):
            if self.xavier in clients:
                raise KeyboardInterrupt
            done.append(clients)
            return prepare(record, clients)

        with self.background(), patch.object(type(self.Run), "_prepare_letters", kill):
            for _attempt in range(10):
                try:
                    self.Run._cron_write()
                    break
                except KeyboardInterrupt:
                    continue
        self.assertEqual(run.state, "done")
        self.assertEqual(self.skipped(run)["Xavier"], "failed")
        self.assertEqual(run.total_count, 6)
        run.action_write_missing()
        self.assertNotIn("Xavier", self.skipped(run))

    def test_a_run_can_be_stopped_and_continued(self):
        with self.background():
            run = self.run_of(self.clients)
            run.action_stop()
            self.Run._cron_write()
        self.assertEqual((run.state, run.pending_count), ("stopped", 6))
        run.action_write_missing()
        self.assertEqual((run.state, run.total_count), ("done", 6))

    def test_clients_who_became_hidden_are_counted_and_not_written_to(self):
        with self.background():
            run = self.run_of(self.zoe | self.yves)
            self.agency.members_only = True
            self.zoe.client_business_unit_id = self.agency
            self.env.invalidate_all()
            self.Run._cron_write()
        self.assertEqual(self.names(run.sudo().letter_ids), ["Yves"])
        self.assertEqual((run.total_count, run.inaccessible_count), (2, 1))

    def test_clients_who_are_merged_meanwhile_get_one_letter(self):
        with self.background():
            run = self.run_of(self.zoe | self.yves)
            merge = self.env["base.partner.merge.automatic.wizard"]
            merge._merge((self.zoe | self.yves).ids, self.zoe)
            self.Run._cron_write()
        self.assertEqual(run.letter_ids.client_id, self.zoe)
        self.assertEqual(len(run.letter_ids), 1)


@tagged("post_install", "-at_install")
class TestLetterRunRights(RunCase):
    """Who sees runs, and who is seen in them."""

    def test_users_see_own_runs_and_managers_all(self):
        mine = self.run_of(self.zoe)
        other = new_test_user(
            self.env, "runs_other", "client_extension.group_client_user"
        )
        theirs = mine.with_user(other)
        self.assertFalse(theirs.search([("id", "=", mine.id)]))
        for call in (
            theirs.action_print,
            theirs.action_stop,
            theirs.action_write_missing,
        ):
            with self.assertRaises(AccessError):
                call()
        manager = mine.with_user(self.users["manager"])
        self.assertEqual(manager.draft_count, 1)
        manager.action_print()
        self.assertEqual(mine.done_count, 1)

    def test_nobody_else_writes_or_sees_runs(self):
        run = self.run_of(self.zoe)
        for name in ("employee", "accountant", "portal"):
            with self.assertRaises(AccessError):
                run.with_user(self.users[name]).action_print()
            with self.assertRaises(AccessError):
                self.wizard(self.zoe, name)

    def test_a_run_is_changed_by_its_buttons_alone(self):
        run = self.run_of(self.zoe)
        for values in ({"user_id": 1}, {"state": "queued"}, {"pending_ids": [(5,)]}):
            with self.assertRaises(AccessError):
                run.write(values)
            with self.assertRaises(AccessError):
                run.create({"name": "x", "company_id": self.company.id, **values})
        with self.assertRaises(AccessError):
            run.unlink()
        letter = self.letter()
        for values in ({"run_id": run.id}, {"problem": "failed"}, {"sort_key": "x"}):
            with self.assertRaises(AccessError):
                letter.write(values)
        with self.assertRaises(AccessError):
            self.letter(run_id=run.id)

    def test_a_dialog_is_of_who_opened_it(self):
        wizard = self.wizard(self.zoe)
        other = new_test_user(
            self.env, "runs_two", "client_extension.group_client_user"
        )
        with self.assertRaises(AccessError):
            wizard.with_user(other).action_write()

    def test_clients_of_closed_units_are_not_written_to(self):
        self.agency.members_only = True
        self.zoe.client_business_unit_id = self.agency
        self.env.invalidate_all()
        run = self.run_of(self.zoe | self.yves)
        self.assertEqual(self.names(run.sudo().letter_ids), ["Yves"])
        self.assertEqual(run.total_count, 1)

    def test_runs_of_another_company_are_not_seen(self):
        run = self.run_of(self.zoe)
        other = self.make_company()
        user = new_test_user(
            self.env,
            "runs_company",
            "client_extension.group_client_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        self.assertFalse(self.Run.with_user(user).search([("id", "=", run.id)]))
        with self.assertRaises(AccessError):
            run.with_user(user).action_print()
        theirs = self.run_of(self.zoe | self.yves, user)
        self.assertEqual(theirs.company_id, other)
        self.assertEqual(theirs.letter_ids.company_id, other)
