from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from ..common_import import ImportCase
from .test_export import ExportCase

MONEY = ["invoiced_total", "invoice_count", "last_invoice", "receivable"]


@tagged("post_install", "-at_install")
class TestExportFigures(ExportCase, ImportCase):
    """Figures of a client: on request, for permitted users, never imported."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "client_extension.group_client_importer,account.group_account_invoice"
        cls.users["both"] = new_test_user(cls.env, "clients_both", groups)
        cls.every = [f"figure: {name}" for name in MONEY]

    def invoice(self, partner, amount, date, move_type="out_invoice", post=True):
        line = fields.Command.create({"name": "Trip", "price_unit": amount})
        move = self.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": partner.id,
                "invoice_date": date,
                "invoice_line_ids": [line],
            }
        )
        move.invoice_line_ids.tax_ids = False
        if post:
            move.action_post()
        return move

    def figures(self, user="both", **options):
        columns = ["reference", *options.pop("columns", self.every)]
        rows = self.export(user, columns=columns, **options)
        return {ref: [*row.values()][1:] for ref, row in rows.items()}

    def test_invoices_of_a_client_and_those_below(self):
        person = self.Partner.create({"name": "P", "parent_id": self.school.id})
        self.invoice(self.school, 100, "2025-03-14")
        self.invoice(person, 50.5, "2025-05-01")
        self.invoice(self.school, 30, "2025-06-01", "out_refund")
        self.invoice(self.school, 999, "2025-07-01", post=False)
        self.invoice(self.supplier, 7, "2025-08-01")
        self.assertEqual(
            self.figures(),
            {
                "T-0001": ["0.00", "0", "", "0.00"],
                "T-0002": ["120.50", "2", "2025-05-01", "120.50"],
            },
        )
        self.assertEqual(self.school.total_invoiced, 120.5, "as Odoo's button says")

    def test_figures_of_the_overview_equal_its_own(self):
        today = fields.Date.context_today(self.school)
        self.invoice(self.school, 100, "2025-03-14")
        self.invoice(self.school, 40, today)
        columns = ["invoices_late", "invoices_authorised", "activities_upcoming"]
        found = self.figures(columns=[f"figure: {name}" for name in columns])
        client = self.school.with_user(self.users["both"])
        values = client._read_client_figures()[client.id]
        late = values["invoices", "late"]["amount"]
        rest = values["invoices", "authorised"]["amount"]
        self.assertEqual(found["T-0002"], [f"{late:.2f}", f"{rest:.2f}", "0"])
        self.assertEqual(late + rest, 140)

    def test_dates(self):
        self.family.write(
            {"client_prospect_date": "2024-02-29", "client_since": "2025-01-01"}
        )
        columns = ["figure: prospect_since", "figure: client_since"]
        found = self.figures("importer", columns=columns)
        self.assertEqual(found["T-0001"], ["2024-02-29", "2025-01-01"])

    def test_money_is_not_offered_without_a_right_to_accounting(self):
        offered = self.env["client.export"].with_user(self.importer)._get_all_columns()
        self.assertIn("figure: client_since", offered)
        for name in self.every:
            self.assertNotIn(name, offered)
            with self.assertRaises(UserError):
                self.figures("importer", columns=[name])

    def test_no_figure_unless_asked_for(self):
        self.assertFalse([h for h in self.export("both")["T-0001"] if "figure" in h])

    def test_an_import_passes_them_over(self):
        export = self.env["client.export"].with_user(self.users["both"])
        every = list(export._get_all_columns())
        domain = [("id", "in", self.school.ids)]
        content = b"".join(export.iter_csv(domain, columns=every))
        record = self.make(content, mode="update")
        record.check()
        self.assertEqual(self.counts(record), (0, 0, 1, 0, 0))
        record.run()
        self.assertEqual(self.counts(record), (0, 0, 1, 0, 0))
        labels = self.env["client.import.columns"]._get_labels()
        self.assertFalse([text for text in labels if "figure" in text])

    def test_a_label_called_like_a_figure(self):
        definition = self.Partner._get_client_properties_definition()
        definition.properties_definition = [
            {"name": "p_own", "type": "char", "string": "figure: client_since"}
        ]
        self.family.client_properties = {"p_own": "own"}
        row = self.export("both")["T-0001"]
        self.assertEqual(row["additional: figure: client_since"], "own")

    def test_queries_do_not_grow_with_clients(self):
        self.Partner.create(
            [
                {"name": f"N{i}", "ref": f"T-N{i}", "client_status": "client"}
                for i in range(200)
            ]
        )
        self.figures()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(35):
            self.assertEqual(len(self.figures()), 202)
