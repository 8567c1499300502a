"""Split a name into first and last name, and join them. Does not use Odoo."""

SEPARATOR = "|"
# Words that a last name can begin with, in the languages of our users.
_WORDS = (
    "al ben da de del della den der des di do dos du el la le les op saint sainte "
    "san st te ten ter van vanden vander von zu zum zur"
)
PARTICLES = frozenset(_WORDS.split())
# What a family calls itself, in the languages of our users.
FAMILY = frozenset(["famille", "familie", "family", "fam", "familia", "famiglia"])


def join_name(first, last):
    """:return: the name of a person as usually written, first name first"""
    return " ".join(f"{first or ''} {last or ''}".split())


def split_name(name):
    """Guess the parts of a name that was written as one text.

    In this order: what follows a comma is the first name; a last name in capitals is
    the last name, before or after the first; the last name begins with a particle
    (``van``, ``de la``); otherwise it is the last word. A single word is a last name.

    :return: pair (first name, last name)
    """
    last, comma, first = (name or "").partition(",")
    if comma and last.strip() and first.strip():
        return join_name(first, ""), join_name(last, "")
    words = (name or "").replace(",", " ").split()
    if len(words) < 2:
        return "", " ".join(words)
    start, stop = _find_last_name(words)
    first = words[:start] + words[stop:]
    return " ".join(first), " ".join(words[start:stop])


def _find_last_name(words):
    """:return: pair (index of the first word of the last name, index after it)"""
    size = len(words)
    capitals = [word.isupper() and len(word) > 2 for word in words]
    if any(capitals) and not all(capitals):
        if capitals[-1]:
            start = size - capitals[::-1].index(False)
            return start, size
        if capitals[0]:
            return 0, capitals.index(False)
    for index in range(1, size - 1):
        if words[index].lower() in PARTICLES:
            return index, size
    return size - 1, size


def remember_parts(first, last):
    """:return: the parts as one text that :func:`split_known_name` reads"""
    parts = (join_name(part.replace(SEPARATOR, " "), "") for part in (first, last))
    return SEPARATOR.join(parts)


def makes_up(remembered, name):
    """:return: bool, whether the remembered parts are those of this name, in either
    order
    """
    first, separator, last = (remembered or "").partition(SEPARATOR)
    orders = (f"{first} {last}", f"{last} {first}", f"{last}, {first}")
    known = (order.strip(" ,") for order in orders)
    return bool(separator) and join_name(name, "") in known


def split_known_name(name, remembered):
    """Split a name with the help of the parts that were once typed.

    They are valid as long as they make up the name, in either order. If the name was
    corrected later, the part that is still there shows where the other one begins.

    :param str remembered: what :func:`remember_parts` returned, or a false value
    :return: pair (first name, last name)
    """
    if not remembered:
        return split_name(name)
    first, _separator, last = remembered.partition(SEPARATOR)
    name = join_name(name, "")
    if makes_up(remembered, name):
        return first, last
    if last and name.endswith(f" {last}"):
        return name.removesuffix(f" {last}"), last
    if first and name.startswith(f"{first} "):
        return first, name.removeprefix(f"{first} ")
    return split_name(name)


def capitalize_prefix(last, lang):
    """Write a last name as it stands behind a title: *Geachte heer De Vries*.

    In the Netherlands, the prefix has a capital there, except behind an apostrophe
    (*'t Hooft*). Elsewhere, in Belgium too, a name is written as it is registered.

    :param str last: last name, beginning with its prefix
    :param str lang: code of the language, such as ``nl_NL``
    :return: str
    """
    if (lang or "").partition("_")[0] != "nl" or lang == "nl_BE":
        return last
    start = 2 if last.startswith("ij") else 1
    return last[:start].upper() + last[start:]


def drop_family(name, salutation):
    """Leave the word for family out of a name if the salutation says it.

    :param str name: such as *Famille Lefèvre* or *The Smith Family*
    :param str salutation: such as ``Dear {name} family,``
    :return: str, the name as it stands in the salutation: *Lefèvre*
    """
    words = name.split()
    if len(words) < 2 or not any(map(_is_family, salutation.split())):
        return name
    if _is_family(words[0]):
        return " ".join(words[1:])
    if _is_family(words[-1]):
        start = 1 if words[0].lower() == "the" and len(words) > 2 else 0
        return " ".join(words[start:-1])
    return name


def _is_family(word):
    return word.lower().strip(".,:") in FAMILY
