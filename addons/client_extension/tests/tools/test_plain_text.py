from odoo.tools import html_sanitize

from ...models.labels.client_label_definition import is_filled
from ...models.labels.property_text import property_text
from ...tools.plain_text import html_to_text, text_to_html
from ..common import ClientCase


class TestPlainText(ClientCase):
    def test_there_and_back(self):
        for text in (
            "",
            "one",
            "one\ntwo",
            "one\n\n\n\ntwo",
            "a  b\n c\td",
            "<script>alert(1)</script>\n&amp; &",
            "https://example.com/?a=1&b=2",
            "no\xa0break",
        ):
            with self.subTest(text):
                stored = html_sanitize(text_to_html(text))
                self.assertEqual(html_to_text(stored), text)

    def test_line_ends_of_other_systems(self):
        self.assertEqual(html_to_text(text_to_html("a\r\nb\rc")), "a\nb\nc")

    def test_markup_of_the_editor(self):
        for source, text in (
            (False, ""),
            ("<p><br></p>", ""),
            ("<p>a</p><p>b<br></p>", "a\nb"),
            ("<p>a</p>\n<p><br></p>\n<p>b</p>", "a\n\nb"),
            ("<div>a\n   b</div>", "a b"),
            ("x<ul><li>1</li>\n<li>2</li></ul>y", "x\n1\n2\ny"),
            ("<!-- note --><p>a <b>b</b> c</p>", "a b c"),
        ):
            with self.subTest(source):
                self.assertEqual(html_to_text(source), text)

    def test_nothing_of_a_comment_is_run(self):
        self.family.comment = text_to_html("<img src=x onerror=alert(1)>")
        self.assertNotIn("<img", self.family.comment)


class TestPropertyText(ClientCase):
    def test_kinds(self):
        choice = {"selection": [["a", "Annual"]]}
        tags = {"tags": [["x", "X; Y", 1], ["z", "Z", 2]]}
        for kind, more, value, text in (
            ("char", {}, "007", "007"),
            ("char", {}, False, ""),
            ("boolean", {}, False, "0"),
            ("boolean", {}, True, "1"),
            ("boolean", {}, None, ""),
            ("integer", {}, 12, "12"),
            ("integer", {}, 0, "0"),
            ("float", {}, 2.50, "2.5"),
            ("float", {}, 1e-7, "0.0000001"),
            ("float", {}, 100.0, "100"),
            ("date", {}, "2026-03-31", "2026-03-31"),
            ("selection", choice, "a", "Annual"),
            ("selection", choice, "gone", ""),
            ("tags", tags, ["x", "z", "gone"], '"X; Y"; Z'),
            ("html", {}, "<p>a<br>b</p>", "a\nb"),
        ):
            with self.subTest(kind=kind, value=value):
                definition = {"name": "p", "type": kind, **more}
                self.assertEqual(property_text(definition, value), text)


class TestPropertyFilled(ClientCase):
    def test_zero_and_no_are_answers_and_emptied_values_are_not(self):
        choice = {"selection": [["a", "Annual"]]}
        tags = {"tags": [["x", "X", 1]]}
        for kind, more, filled, empty in (
            ("char", {}, ["a", "0"], [None, False, ""]),
            ("integer", {}, [0, 5, -1], [None, False]),
            ("float", {}, [0.0, 0.5], [None, False]),
            ("monetary", {}, [0.0, 5], [None, False]),
            ("boolean", {}, [True, False], [None]),
            ("date", {}, ["2026-03-31"], [None, False]),
            ("selection", choice, ["a"], [None, False, "gone", ["a"]]),
            ("tags", tags, [["x", "gone"]], [None, False, [], ["gone"], "x"]),
            ("many2many", {}, [[1]], [None, False, []]),
            ("html", {}, ["<p>a</p>"], [None, False, "<p><br></p>"]),
            (None, {}, ["a", 0, True, [1]], [None, False, "", []]),
        ):
            definition = {"name": "p", "type": kind, **more}
            for value in filled:
                with self.subTest(kind=kind, value=value):
                    self.assertTrue(is_filled(definition, value))
            for value in empty:
                with self.subTest(kind=kind, value=value):
                    self.assertFalse(is_filled(definition, value))
