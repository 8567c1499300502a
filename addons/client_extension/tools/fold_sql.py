"""PostgreSQL functions that fold text like Python, built from the same table.

They are immutable, so that indexes can use them. PostgreSQL's own ``lower`` and
``unaccent`` are not suitable: they depend on its version and on the locale of the
database.
"""

import hashlib
from itertools import pairwise

from odoo.tools import SQL

from ..importer.text.fold import ODD
from ..importer.text.identifiers import AROUND, BETWEEN, PUNCTUATION
from ..importer.text.letters import INVISIBLE, TABLE

#: most accented texts have only these, so they are replaced first: ``translate`` goes
#: through its whole list for each character, ``replace`` only through the text.
FIRST = "éèëêàçôöü"
FREQUENT = "âîïûùäáíóñãåœøßłÉÈÀÂÇÊÎÔÖÜ\u2019"
#: code points at which the lists of ``translate`` begin: a text needs few of them
BLOCKS = (0x01, 0x0100, 0x0180, 0x0300, 0x0370, 0x0400, 0x1D00, 0x2000, 0x110000)
#: name -> type that it returns
FUNCTIONS = {"client_fold": "text", "client_code": "text", "client_emails": "text[]"}


def create_functions(cr):
    """Create the functions, unless their current version already exists.

    The indexes of an old version are dropped with it: Odoo recreates missing ones.
    """
    for name, body in _get_bodies().items():
        wanted = hashlib.sha256(body.encode()).hexdigest()
        cr.execute(
            SQL(
                "SELECT obj_description(oid, 'pg_proc') FROM pg_proc"
                " WHERE proname = %s AND pronamespace = current_schema::regnamespace",
                name,
            )
        )
        if cr.fetchone() == (wanted,):
            continue
        drop_functions(cr, [name])
        cr.execute(
            SQL(
                "CREATE FUNCTION %s(t text) RETURNS %s LANGUAGE plpgsql"
                " IMMUTABLE STRICT PARALLEL SAFE AS %s",
                SQL.identifier(name),
                SQL(FUNCTIONS[name]),
                body,
            )
        )
        cr.execute(
            SQL("COMMENT ON FUNCTION %s(text) IS %s", SQL.identifier(name), wanted)
        )


def drop_functions(cr, names=tuple(FUNCTIONS)):
    """Remove the functions, and the indexes that use them."""
    for name in names:
        function = SQL.identifier(name)
        cr.execute(SQL("DROP FUNCTION IF EXISTS %s(text) CASCADE", function))


def _get_bodies():
    """:return: dict: name of a function -> its body in PL/pgSQL"""
    return {
        "client_fold": _get_fold_body("t"),
        "client_code": _get_fold_body(f"translate(t, {_quote(PUNCTUATION)}, '')"),
        "client_emails": f"""
            BEGIN
                RETURN ARRAY(
                    SELECT btrim(part, {_quote(AROUND)})
                      FROM regexp_split_to_table(
                               lower(translate(t, {_quote(INVISIBLE)}, '')
                                     COLLATE "C"),
                               {_quote(_get_class(BETWEEN) + "+")}
                           ) AS part
                     WHERE btrim(part, {_quote(AROUND)}) ~ '^[^@]+@[^@]+$');
            END""",
    }


def _get_fold_body(result):
    """The steps of ``fold``, repeated in each function: while PostgreSQL builds an
    index, our functions cannot find each other by an unqualified name.

    :param str result: SQL of the returned value, made from the folded text ``t``
    :return: str, the body of a function
    """
    table = {char: plain for char, plain in TABLE.items() if char != "\0"}
    first = {char: table.pop(char) for char in FIRST}
    frequent = {char: table.pop(char) for char in FREQUENT}
    # ASCII letters are already lowercase here.
    table = {
        c: plain for c, plain in table.items() if not (c.isascii() and c.isalpha())
    }
    many = {char: plain for char, plain in table.items() if len(plain) > 1}
    steps = [_get_step(many, _get_replaced("t", many))]
    for start, stop in pairwise(BLOCKS):
        single = {
            char: plain
            for char, plain in table.items()
            if start <= ord(char) < stop and char not in many
        }
        steps.append(_get_step(single, _get_translated("t", single)))
    odd = _get_class(ODD.replace("\0", ""))
    plain = _quote(f"{odd}|-|  |^ | $")
    odd = _quote(odd)
    return f"""
        BEGIN
            t := lower(t COLLATE "C");
            IF octet_length(t) = char_length(t) AND t !~ {plain} THEN
                RETURN {result};
            END IF;
            IF octet_length(t) <> char_length(t) THEN
                t := {_get_replaced("t", first)};
            END IF;
            IF octet_length(t) <> char_length(t) THEN
                t := {_get_replaced("t", frequent)};
            END IF;
            IF octet_length(t) <> char_length(t) OR t ~ {odd} THEN
                {"".join(steps)}
            END IF;
            IF strpos(t, '-') > 0 THEN
                t := regexp_replace(t, '-{{2,}}', '-', 'g');
                t := ' ' || regexp_replace(t, ' {{2,}}', ' ', 'g') || ' ';
                t := regexp_replace(t, ' (- )+', ' ', 'g');
                t := replace(t, ' -', E' \\x01');
                t := replace(replace(t, '- ', E'\\x01 '), '-', ' ');
                t := replace(t, E'\\x01', '-');
            END IF;
            IF strpos(t, '  ') > 0 THEN
                t := replace(replace(t, ' ', E' \\x01'), E'\\x01 ', '');
                t := replace(t, E'\\x01', '');
            END IF;
            t := btrim(t, ' ');
            RETURN {result};
        END"""


def _get_step(table, result):
    """:return: str, a statement that is skipped if a text has none of these"""
    chars = _quote(_get_class(table))
    return f"IF t ~ {chars} THEN t := {result}; END IF;\n"


def _get_replaced(text, table):
    for char, plain in table.items():
        text = f"replace({text}, {_quote(char)}, {_quote(plain)})"
    return text


def _get_translated(text, table):
    """:param dict table: character -> one character or none; those with none come
    last in the lists of ``translate``"""
    chars = sorted(table, key=lambda char: (not table[char], char))
    plain = "".join(table[char] for char in chars)
    return f"translate({text}, {_quote(''.join(chars))}, {_quote(plain)})"


def _get_class(chars):
    """:return: str, a character class of a regular expression, as ranges if possible"""
    codes, ranges = sorted(map(ord, chars)), []
    for code in codes:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    parts = (f"\\u{start:04x}-\\u{end:04x}" for start, end in ranges)
    return f"[{''.join(parts)}]"


def _quote(text):
    """:return: str, an SQL literal in which special characters are safe"""
    escaped = (c if c.isprintable() else f"\\u{ord(c):04x}" for c in _escape(text))
    return f"E'{''.join(escaped)}'"


def _escape(text):
    return text.replace("\\", "\\\\").replace("'", "''")
