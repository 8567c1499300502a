import random
import unicodedata

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ...importer.text.fold import fold
from ...importer.text.identifiers import code, emails
from ...importer.text.letters import INVISIBLE, SEPARATOR, TABLE
from ...tools.fold_sql import FUNCTIONS, create_functions

NASTY = sorted(TABLE.keys() - {"\0"})
PLAIN = [*" -'`_@.,;<>aZéœ", SEPARATOR]
WORDS = [
    "Jean-Pierre",
    " - ",
    "-1",
    "A-",
    "Ann <A@b.be>",
    "c@D.be;",
    "o'b@c.ie.",
    "x@y@z",
]


def any_character(chance):
    """:return: str, a character of any plane that PostgreSQL can store"""
    while True:
        char = chr(chance.randrange(1, 0x110000))
        if unicodedata.category(char) not in ("Cs", "Cn"):
            return char


def any_text(chance):
    """:return: str, up to 14 pieces, most of them those that the folding is about"""
    kinds = (
        lambda: chance.choice(NASTY),
        lambda: chance.choice(PLAIN),
        lambda: chance.choice(WORDS),
        lambda: any_character(chance),
    )
    pieces = chance.choices(kinds, weights=(3, 6, 2, 2), k=chance.randrange(15))
    return "".join(piece() for piece in pieces)


@tagged("post_install", "-at_install")
class TestFoldSql(TransactionCase):
    """Python and PostgreSQL compare texts in the same way."""

    def ask(self, texts):
        """:return: list of what PostgreSQL makes of each text by the functions"""
        return self.env.execute_query(
            SQL(
                "SELECT client_fold(t), client_code(t), client_emails(t)"
                " FROM unnest(%s::text[]) WITH ORDINALITY AS given(t, place)"
                " ORDER BY place",
                texts,
            )
        )

    def check(self, texts):
        for text, (folded, coded, found) in zip(texts, self.ask(texts), strict=True):
            self.assertEqual(folded, fold(text), repr(text))
            self.assertEqual(coded, code(text), repr(text))
            self.assertEqual(list(dict.fromkeys(found)), emails(text), repr(text))

    def test_each_character_of_the_table(self):
        chars = [char for char in TABLE if char != "\0"]
        self.check(chars)
        self.check([f"a{char}b" for char in chars])
        self.check([f"a{char} @b{char}-" for char in chars])

    def test_each_character_of_the_basic_plane(self):
        codes = [*range(1, 0xD800), *range(0xE000, 0x10000)]
        self.check([f"a{chr(number)}" for number in codes])

    def test_any_text(self):
        # The same texts each time: what fails can be looked at again.
        chance = random.Random(19)
        self.check([any_text(chance) for _number in range(4000)])

    def test_nothing_stays_nothing(self):
        self.assertEqual(
            self.env.execute_query(
                SQL("SELECT client_fold(NULL), client_code(NULL), client_emails(NULL)")
            ),
            [(None, None, None)],
        )

    def test_a_function_of_another_version_goes_with_its_indexes(self):
        count = SQL(
            "SELECT count(*) FROM pg_indexes WHERE indexdef LIKE %s", "%client_fold(%"
        )
        [[before]] = self.env.execute_query(count)
        self.assertTrue(before)
        create_functions(self.env.cr)
        self.assertEqual(self.env.execute_query(count), [(before,)])
        self.env.cr.execute("COMMENT ON FUNCTION client_fold(text) IS 'old'")
        create_functions(self.env.cr)
        self.assertEqual(self.env.execute_query(count), [(0,)])
        # As at an update, when Odoo makes the indexes that it misses.
        partners = self.env["res.partner"]
        for one in partners._table_objects.values():
            one.apply_to_database(partners)
        self.env.registry.finalize_constraints(self.env.cr)
        self.assertEqual(self.env.execute_query(count), [(before,)])

    def test_they_may_stand_in_an_index(self):
        rows = self.env.execute_query(
            SQL(
                "SELECT provolatile, proisstrict, proparallel FROM pg_proc"
                " WHERE proname IN %s",
                tuple(FUNCTIONS),
            )
        )
        self.assertEqual(rows, [("i", True, "s")] * len(FUNCTIONS))

    def test_invisible_signs_do_not_count(self):
        for sign in INVISIBLE:
            self.assertEqual(self.ask([f"{sign}a{sign}b"])[0][0], "ab", repr(sign))
