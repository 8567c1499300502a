import json

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ....tools.record_links import get_generic_links, get_reference_links
from ...common_undo import UndoCase

CREATE = (
    "reference;type;name;address;zip;city;country;phone;email;comment;category;"
    "status;code SAP;active\n"
    "U1;company;Un;1 rue;01000;Lyon;FR;+33 4 78 00 00 09;u1@example.com;Note;"
    "Test VIP;client;007;1\n"
    "U2;individual;Deux;;;;BE;;;;;prospect;;0\n"
)
UPDATE = (
    "reference;name;city;comment;category;vat;status;client_type;code SAP;notes2\n"
    "T-0002;Lycée Moulin;Nice;Changed;Test VIP;=;prospect;Test school;9;x\n"
    "T-0009;Autocars;Pau;;;;;;8;\n"
)

REFUSAL = "Not this one."


@tagged("post_install", "-at_install")
class TestImportUndo(UndoCase):
    """An undo restores the table, except for later changes by others."""

    def setUp(self):
        super().setUp()
        self.supplier.ref = "T-0009"
        self.school.write(
            {"comment": "<p>Old <b>note</b></p>", "category_id": [(5,)], "city": False}
        )

    def undo(self, record, user=None):
        record.with_user(user or self.importer).undo()
        self.assertEqual(record.state, "undone")
        self.assertFalse(self.changes(record, outcome=False))

    def test_created_clients_are_gone(self):
        before = self.dump()
        record = self.run_import(CREATE)
        self.assertEqual(self.counts(record), (2, 0, 0, 0, 0))
        self.undo(record)
        self.assert_undone(before, self.dump())
        self.assertEqual(self.changes(record).mapped("outcome"), ["deleted"] * 2)
        self.assertIn("deleted: 2", record.next_step)

    def test_updated_clients_are_as_before_in_every_column(self):
        before = self.dump()
        record = self.run_import(UPDATE)
        self.assertEqual(self.counts(record), (0, 2, 0, 0, 0))
        self.assertEqual(self.supplier.client_status, "client")
        self.undo(record)
        self.assert_undone(before, self.dump())
        self.assertFalse(self.supplier.client_status)
        self.assertEqual(self.changes(record).mapped("outcome"), ["restored"] * 2)

    def test_additional_data_is_set_back_label_by_label(self):
        self.run_import("reference;a;b\nT-0002;1;2\n")
        before = self.dump(self.school.id)
        record = self.run_import("reference;a;b;c\nT-0002;7;8;9\n")
        values = dict(self.school.client_properties._values)
        mine, theirs = self.label("a"), self.label("b")
        self.school.client_properties = {**values, theirs: "mine"}
        self.undo(record)
        after = self.dump(self.school.id)[self.school.id]["client_properties"]
        was = before[self.school.id]["client_properties"]
        self.assertEqual(after, {**was, theirs: "mine"})
        self.assertEqual(after[mine], "1")
        self.assertEqual(self.changes(record).reason, "Changed since the import: b.")

    def test_no_additional_data_before_and_an_empty_one(self):
        self.env.flush_all()
        for stored in ("NULL", "'{}'"):
            with self.subTest(stored):
                self.env.cr.execute(
                    f"UPDATE res_partner SET client_properties = {stored}"
                    " WHERE id = %s",
                    [self.school.id],
                )
                self.env.invalidate_all()
                before = self.dump(self.school.id)
                self.undo(self.run_import(f"reference;n\nT-0002;{stored[0]}\n"))
                self.assert_undone(before, self.dump(self.school.id))

    def test_dates_of_a_status_without_a_date(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET client_since = NULL WHERE id = %s",
            [self.school.id],
        )
        self.env.invalidate_all()
        before = self.dump(self.school.id)
        record = self.run_import("reference;status\nT-0002;prospect\n")
        self.assertTrue(self.school.client_prospect_date)
        self.undo(record)
        self.assert_undone(before, self.dump(self.school.id))

    def test_a_client_created_and_changed_in_one_file(self):
        before = self.dump()
        record = self.run_import("reference;name;city\nU1;A;Lyon\nU1;B;Nice\n")
        self.assertEqual(self.counts(record), (1, 1, 0, 0, 0))
        self.undo(record)
        self.assert_undone(before, self.dump())

    def test_what_somebody_changed_since_is_kept(self):
        record = self.run_import(CREATE + "T-0002;;;;;Nice;;;;;;;;\n")
        created, gone = self.client("U1"), self.client("U2")
        created.phone = "+33 4 78 99 99 99"
        self.school.city = "Pau"
        self.school.flush_recordset()
        self.undo(record)
        self.assertTrue(created.exists().active)
        self.assertFalse(gone.exists())
        self.assertEqual(self.school.city, "Pau")
        listed = self.outcomes(record)
        self.assertEqual(
            listed,
            [
                ("Un [U1]", "kept", "changed"),
                ("Collège Jean Moulin [T-0002]", "kept", "changed"),
            ],
        )
        self.assertEqual(record.kept_ids.mapped("label"), [name for name, *_ in listed])
        reasons = record.kept_ids.mapped("reason")
        self.assertEqual(reasons[0], "Changed since the import: Phone.")
        self.assertIn("kept: 2", record.next_step)

    def test_a_field_of_which_the_file_said_nothing(self):
        record = self.run_import("reference;name\nU1;Un\n")
        self.client("U1").function = "Director"
        self.undo(record)
        self.assertEqual(self.outcomes(record), [("Un [U1]", "kept", "changed")])

    def test_the_rest_of_a_changed_client_is_restored(self):
        record = self.run_import("reference;name;city\nT-0002;Lycée;Nice\n")
        self.school.city = "Pau"
        self.undo(record)
        self.assertEqual(self.school.name, "Collège Jean Moulin")
        self.assertEqual(self.school.city, "Pau")

    def test_a_later_import_over_the_same_clients(self):
        before = self.dump()
        first = self.run_import("reference;name;city\nU1;A;Lyon\nT-0002;;Lyon\n")
        second = self.run_import("reference;city\nU1;Nice\n")
        self.undo(first)
        self.assertEqual(self.outcomes(first), [("A [U1]", "kept", "changed")])
        self.assertFalse(self.school.city)
        self.undo(second)
        self.assertEqual(self.client("U1").city, "Lyon")
        self.client("U1").unlink()
        self.assert_undone(before, self.dump())

    def test_undone_the_other_way_round_nothing_is_left(self):
        before = self.dump()
        first = self.run_import("reference;name;city\nU1;A;Lyon\nT-0002;;Lyon\n")
        second = self.run_import("reference;city\nU1;Nice\nT-0002;Nice\n")
        self.undo(second)
        self.undo(first)
        self.assert_undone(before, self.dump())

    def test_what_is_used_is_archived(self):
        rows = "".join(f"V{i};Client {i}\n" for i in range(6))
        record = self.run_import("reference;name\n" + rows)
        clients = [self.client(f"V{i}") for i in range(6)]
        self.env["account.move"].create(
            {"move_type": "out_invoice", "partner_id": clients[0].id}
        )
        self.Partner.create({"name": "Contact", "parent_id": clients[1].id})
        # Another user enters this, in another language.
        typed = "Called them"
        clients[2].message_post(body=typed)
        clients[3].activity_schedule("mail.mail_activity_data_todo")
        self.env["client.contact"].create(
            {"client_id": self.school.id, "contact_id": clients[4].id}
        )
        self.undo(record)
        found = {label: reason for label, _outcome, reason in self.outcomes(record)}
        self.assertEqual(found, {f"Client {i} [V{i}]": "used" for i in range(5)})
        self.assertFalse(clients[5].exists())
        for client in clients[:5]:
            self.assertFalse(client.active)
        invoiced = self.changes(record, partner_key=clients[0].id)
        self.assertEqual(invoiced.reason, "In use: Journal Entry.")

    def test_what_no_foreign_key_refers_to_is_archived(self):
        key = "friend"
        self.Partner._get_client_properties_definition().properties_definition = [
            {"name": key, "type": "many2one", "string": "A", "comodel": "res.partner"}
        ]
        rows = "".join(f"V{i};Client {i}\n" for i in range(6))
        record = self.run_import("reference;name\n" + rows)
        linked, named, planned, followed, copied, free = (
            self.client(f"V{i}") for i in range(6)
        )
        model_id = self.env["ir.model"]._get_id("res.partner")
        self.env["ir.actions.server"].create(
            {
                "name": "Copy",
                "model_id": model_id,
                "state": "object_copy",
                "crud_model_id": model_id,
                "resource_ref": f"res.partner,{copied.id}",
            }
        )
        self.school.client_properties = {key: linked.id}
        self.env["ir.model.data"].create(
            {
                "module": "__test__",
                "name": "v1",
                "model": "res.partner",
                "res_id": named.id,
            }
        )
        self.env["mail.scheduled.message"].create(
            {
                "model": "res.partner",
                "res_id": planned.id,
                "body": "Later",
                "scheduled_date": fields.Datetime.add(fields.Datetime.now(), days=9),
                "author_id": self.env.user.partner_id.id,
            }
        )
        followed.message_subscribe(self.users["user"].partner_id.ids)
        self.undo(record)
        found = {label: reason for label, _outcome, reason in self.outcomes(record)}
        self.assertEqual(found, {f"Client {i} [V{i}]": "used" for i in range(5)})
        self.assertFalse(free.exists())
        self.assertEqual(self.school.client_properties._values[key], linked.id)

    def test_a_link_that_differs_by_company_is_a_use(self):
        record = self.run_import("reference;name\nV0;A\nV1;B\n")
        linked, free = self.client("V0"), self.client("V1")
        # No app of Odoo has such a link to partners; another one may.
        links = self.registry.many2one_company_dependents
        links.add("res.partner", self.Partner._fields["property_payment_term_id"])
        self.addCleanup(links.pop, "res.partner")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET property_payment_term_id = %s WHERE id = %s",
            [json.dumps({"1": False, "2": linked.id}), self.supplier.id],
        )
        self.env.invalidate_all()
        self.undo(record)
        self.assertEqual(self.outcomes(record), [("A [V0]", "archived", "used")])
        self.assertFalse(free.exists())

    def test_each_generic_link_of_the_registry_is_a_use(self):
        links = {link.table for link in get_generic_links(self.env)}
        links |= {link.table for link in get_reference_links(self.env)}
        self.assertLessEqual(
            {"ir_attachment", "ir_model_data", "mail_activity", "mail_message"}, links
        )
        self.assertIn("mail_scheduled_message", links)
        partners = self.school
        usage = self.env["client.import.usage"]
        for link in get_reference_links(self.env):
            self.env.cr.execute(usage._get_reference_sql(link, partners))
        for link in get_generic_links(self.env):
            self.env.cr.execute(usage._get_generic_sql(link, partners))

    def test_what_odoo_refuses_to_delete_is_archived(self):
        record = self.run_import("reference;name\nV0;A\nV1;B\nV2;C\n")
        partners = type(self.env["res.partner"])
        unlink = partners.unlink

        def picky(records):
            if "V1" in records.mapped("ref"):
                raise UserError(REFUSAL)
            return unlink(records)

        self.patch(partners, "unlink", picky)
        self.undo(record)
        self.assertEqual(self.outcomes(record), [("B [V1]", "archived", "refused")])
        self.assertIn("Not this one", self.changes(record, kind="created")[1].reason)
        self.assertFalse(self.client("V1").active)
        self.assertFalse(self.client("V0") + self.client("V2"))

    def test_a_client_who_became_a_user_is_kept(self):
        record = self.run_import("reference;name\nV0;A\n")
        self.env["res.users"].create(
            {"login": "clients_v0", "partner_id": self.client("V0").id}
        )
        self.undo(record)
        [(_label, outcome, _reason)] = self.outcomes(record)
        self.assertEqual(outcome, "kept")
        self.assertTrue(self.client("V0").active)

    def test_deleted_or_merged_since(self):
        record = self.run_import(
            "reference;name;city\nV0;A;\nV1;B;\nT-0002;;Nice\nT-0009;;Nice\n"
        )
        self.client("V0").unlink()
        merged = self.client("V1")
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (merged + self.school).ids, self.school
        )
        self.supplier.unlink()
        self.undo(record)
        self.assertTrue(self.school.exists())
        self.assertEqual(
            [(c.outcome, c.reason_code) for c in self.changes(record)],
            [
                ("deleted", "gone"),
                ("kept", "merged"),
                ("restored", False),
                ("kept", "gone"),
            ],
        )

    def test_without_the_right_to_delete_clients(self):
        importer = self.importer
        self.assertFalse(importer.has_group("account.group_account_invoice"))
        record = self.run_import(CREATE)
        with self.assertRaises(AccessError):
            self.client("U1").with_user(importer).unlink()
        self.undo(record, importer)
        self.assertFalse(self.client("U1") + self.client("U2"))

    def test_what_the_user_may_no_longer_write_is_kept(self):
        record = self.run_import("reference;name;city\nV0;A;Lyon\nT-0002;;Nice\n")
        closed = self.env["client.business.unit"].create(
            {"name": "Closed", "members_only": True, "company_id": False}
        )
        (self.client("V0") + self.school).client_business_unit_id = closed
        self.undo(record)
        self.assertEqual(
            self.outcomes(record),
            [
                ("A [V0]", "kept", "access"),
                ("Collège Jean Moulin [T-0002]", "kept", "access"),
            ],
        )
        self.assertEqual(self.school.city, "Nice")

    def test_twice_does_nothing(self):
        record = self.run_import(UPDATE)
        self.undo(record)
        self.school.city = "Pau"
        before = self.dump()
        record.undo()
        self.assertEqual(record.state, "undone")
        self.assert_undone(before, self.dump())

    def test_who_may_undo(self):
        record = self.run_import(CREATE)
        for name in ("user", "accountant", "employee", "portal"):
            with self.subTest(name), self.assertRaises(AccessError):
                record.with_user(self.users[name]).undo()
        self.undo(record, self.users["manager"])

    def test_only_what_was_imported_can_be_undone(self):
        record = self.make(CREATE)
        with self.assertRaises(UserError):
            record.undo()
        record.check()
        with self.assertRaises(UserError):
            record.undo()

    def test_an_import_that_changed_nobody(self):
        record = self.run_import("reference;name\nT-0002;Collège Jean Moulin\n")
        self.assertFalse(record.can_undo)
        record.undo()
        self.assertEqual(record.state, "undone")

    def test_the_form_of_what_was_kept(self):
        record = self.run_import(CREATE)
        self.client("U1").phone = "1"
        self.undo(record)
        with Form(record.with_user(self.importer)) as form:
            self.assertEqual(len(form.kept_ids), 1)
        action = record.kept_ids.with_user(self.importer).action_open_client()
        self.assertEqual(action["res_id"], self.client("U1").id)
        form = self.env.ref("client_extension.res_partner_view_form")
        self.assertEqual(action["views"], [(form.id, "form")])
