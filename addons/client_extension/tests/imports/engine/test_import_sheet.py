import base64
import io
import zipfile

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...common_import import ImportCase

ODF = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = " ".join(
    f'xmlns:{name}="{ODF}:{name}:1.0"' for name in ("office", "table", "text")
)


def make_ods(*rows):
    """:return: bytes of an ODS file of one sheet; a cell is a text or its XML"""
    cell_of = (
        '<table:table-cell office:value-type="string"><text:p>{}</text:p>'
        "</table:table-cell>"
    )
    table = ""
    for row in rows:
        cells = (cell if cell[0] == "<" else cell_of.format(cell) for cell in row)
        table += f"<table:table-row>{''.join(cells)}</table:table-row>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:body><office:spreadsheet>"
            f'<table:table table:name="Klanten">{table}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return buffer.getvalue()


def make_xlsx(*rows, **others):
    """:return: bytes of an XLSX file; ``others``: name of another sheet -> a cell"""
    book = openpyxl.Workbook()
    book.active.title = "Clients"
    for row in rows:
        book.active.append(row)
    for name, cell in others.items():
        book.create_sheet(name).append([cell])
    book.active["C2"].number_format = "00000"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@tagged("post_install", "-at_install")
class TestImportSheet(ImportCase):
    """XLSX and ODS files are imported like CSV files."""

    def test_xlsx(self):
        data = make_xlsx(
            ["Référence", "Nom", "Code postal", "Pays", "Actif", "Commentaire", "Lits"],
            ["00123", "Éric Noël", 1000, "Belgique", True, "a\nb", 12],
            [124, "Zoë", 59000, "FR", "non", None, 2.5],
        )
        record = self.run_import(data, file_name="clients.xlsx")
        self.assertEqual(self.counts(record), (2, 0, 0, 0, 0))
        self.assertEqual((record.sheet_found, record.sheets_left), ("Clients", ""))
        self.assertFalse(record.encoding_found)
        eric, zoe = self.client("00123"), self.client("124")
        self.assertEqual((eric.name, eric.zip), ("Éric Noël", "01000"))
        self.assertEqual(eric.country_id, self.belgium)
        self.assertIn("a<br>b", eric.comment)
        self.assertEqual((zoe.zip, zoe.active), ("59000", False))
        self.assertEqual(zoe.client_properties[self.label("lits")], "2.5")

    def test_ods(self):
        number = (
            '<table:table-cell office:value-type="float" office:value="1000">'
            "<text:p>01000</text:p></table:table-cell>"
        )
        record = self.run_import(
            make_ods(["Referentie", "Naam", "Postcode"], ["00012", "Daniël", number]),
            file_name="klanten.ods",
        )
        self.assertEqual(self.counts(record), (1, 0, 0, 0, 0))
        self.assertEqual(record.sheet_found, "Klanten")
        client = self.client("00012")
        self.assertEqual((client.name, client.zip), ("Daniël", "01000"))

    def test_other_sheets_are_named(self):
        data = make_xlsx(["reference", "name", "zip"], ["1", "A"], Old="x", Empty=None)
        record = self.make(data)
        record.check()
        self.assertEqual((record.sheet_found, record.sheets_left), ("Clients", "Old"))

    def test_rejected_rows_come_back_as_csv(self):
        data = make_xlsx(
            ["reference", "name", "email"],
            ["S1", "=1+1", "nobody"],
            ["S2", "Fine", None],
            [None, "-5", "a@example.com"],
        )
        book = openpyxl.load_workbook(io.BytesIO(data))
        book.active["B2"].data_type = "s"  # a text, as the user who types it means it
        buffer = io.BytesIO()
        book.save(buffer)
        record = self.run_import(buffer.getvalue(), file_name="odd.xlsx")
        self.assertEqual(self.counts(record), (1, 0, 0, 0, 2))
        self.assertEqual(record.rejects_file_name, "odd-rejected.csv")
        rejects = base64.b64decode(record.rejects_file).decode("utf-8-sig")
        header, first, second = rejects.splitlines()
        self.assertEqual(header, "reference;name;email;line;error")
        self.assertTrue(first.startswith("S1;'=1+1;nobody;2;"))
        self.assertTrue(second.startswith(";'-5;a@example.com;4;"))
        corrected = rejects.replace("nobody", "some@example.com").replace(
            ";'-5", "S3;-5"
        )
        again = self.run_import(corrected, mode="create")
        self.assertEqual(self.counts(again), (2, 0, 0, 0, 0))
        self.assertEqual(self.client("S1").name, "=1+1")

    def test_error_cells_are_worded(self):
        book = openpyxl.Workbook()
        for row in (["reference", "name"], ["E1", "#N/A"], ["E2", "=A1"]):
            book.active.append(row)
        book.active["B2"].data_type = "e"
        buffer = io.BytesIO()
        book.save(buffer)
        record = self.run_import(buffer.getvalue())
        problems = record.problem_ids
        self.assertEqual(problems.mapped("code"), ["cell_error", "cell_formula"])
        self.assertEqual(problems.mapped("line"), [2, 3])
        self.assertIn("#N/A", problems[0].message)
        self.assertIn("name", problems[0].message)

    @mute_logger("odoo.tools.mimetypes.guess_mimetype")
    def test_damaged(self):
        data = make_xlsx(["reference", "name", "zip"], ["1", "A"])
        record = self.make(data[: len(data) // 2])
        record.run()
        self.assertEqual(record.state, "failed")
        self.assertIn("damaged", record.problem_ids.message)

    @mute_logger("odoo.tools.mimetypes.guess_mimetype")
    def test_damaged_far_below_the_header(self):
        rows = [[f"D{n}", "A", f"{n:05}"] for n in range(2000)]
        whole = make_xlsx(["reference", "name", "zip"], *rows)
        buffer = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(whole)) as old,
            zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for name in old.namelist():
                content = old.read(name)
                if name.endswith("sheet1.xml"):
                    content = content.replace(b"</sheetData>", b"</oops>")
                new.writestr(name, content)
        for method in ("check", "run", "enqueue"):
            with self.subTest(method):
                record = self.make(buffer.getvalue())
                getattr(record, method)()
                if record.state == "queued":
                    self.env["client.import"]._cron_import()
                self.assertEqual(record.state, "failed")
                self.assertIn("damaged", record.problem_ids.message)
                self.assertFalse(self.client("D0"))
        rejected = self.run_import("reference;name\nD0;\n")
        with self.assertRaises(UserError):
            rejected.correct(self.encode(buffer.getvalue()))

    def test_clearing_mark(self):
        self.school.city = "Lille"
        data = make_xlsx(["reference", "city", "zip"], ["T-0002", "="])
        record = self.run_import(data, mode="update")
        self.assertEqual(self.counts(record), (0, 1, 0, 0, 0))
        self.assertFalse(self.school.city)


@tagged("post_install", "-at_install")
class TestExportXlsx(ImportCase):
    def export(self, user="importer"):
        export = self.env["client.export"].with_user(self.users[user])
        file = io.BytesIO()
        size = export.write_xlsx(file, [("ref", "like", "T-000")])
        self.assertEqual(size, len(file.getvalue()))
        return openpyxl.load_workbook(file)["Clients"]

    def test_same_columns_and_rows_as_csv(self):
        self.family.zip = "01000"
        rows = [[cell.value or "" for cell in row] for row in self.export().rows]
        export = self.env["client.export"].with_user(self.importer)
        columns, ours = export._choose_columns(None), Domain("id", "in", self.ours.ids)
        expected = list(export._iter_rows(columns, ours))
        self.assertEqual(rows, [list(row) for row in expected])
        self.assertIn("01000", rows[1])

    @property
    def ours(self):
        return self.family | self.school

    def test_rights(self):
        with self.assertRaises(AccessError):
            self.export("user")

    def test_formats(self):
        export = self.env["client.export"]
        domain = [("ref", "=", "T-0002")]
        csv, xlsx = (b"".join(export.iter_file(f, domain)) for f in ("csv", "xlsx"))
        self.assertTrue(csv.startswith(b"\xef\xbb\xbfreference;"))
        self.assertTrue(xlsx.startswith(b"PK"))
        with self.assertRaises(UserError):
            export.iter_file("pdf", domain)

    def test_more_clients_than_a_sheet_holds(self):
        self.patch(
            type(self.env["res.partner"]), "search_count", lambda *a, **k: 1 << 20
        )
        with self.assertRaises(UserError):
            self.env["client.export"].iter_xlsx([])
