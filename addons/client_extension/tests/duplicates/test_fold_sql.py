from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ...importer.text.fold import fold
from ...importer.text.identifiers import code, emails
from ...importer.text.letters import INVISIBLE, SEPARATOR, TABLE
from ...tools.fold_sql import FUNCTIONS, create_functions

#: characters that PostgreSQL cannot store are excluded
KNOWN = st.characters(exclude_characters="\0", exclude_categories=("Cs",))
NASTY = st.sampled_from(
    sorted(TABLE.keys() - {"\0"}) + list(" -'`_@.,;<>aZéœ" * 20) + [SEPARATOR]
)
WORDS = st.sampled_from(
    ["Jean-Pierre", " - ", "-1", "A-", "Ann <A@b.be>", "c@D.be;", "o'b@c.ie.", "x@y@z"]
)
TEXTS = st.lists(st.one_of(NASTY, NASTY, KNOWN, WORDS), max_size=14).map("".join)


@tagged("post_install", "-at_install")
class TestFoldSql(TransactionCase):
    """Python and PostgreSQL compare texts in the same way."""

    def ask(self, texts):
        """:return: list of the results of the PostgreSQL functions for each text"""
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

    @settings(
        max_examples=60,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(TEXTS, min_size=1, max_size=60))
    def test_any_text(self, texts):
        self.check(texts)

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
        # As in an update, when Odoo creates missing indexes.
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
