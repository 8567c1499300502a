"""Split a name into first and last name, and join them. Does not use Odoo."""

SEPARATOR = "|"
# Words that a last name can begin with, in the languages of our users.
_WORDS = (
    "al ben da de del della den der des di do dos du el la le les op saint sainte "
    "san st te ten ter van vanden vander von zu zum zur"
)
PARTICLES = frozenset(_WORDS.split())


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


def split_known_name(name, remembered):
    """Split a name with the help of the parts that were once typed.

    They are valid as long as they make up the name, in either order. If the name was
    corrected later, the part that is still there shows where the other one begins.

    :param str remembered: what :func:`remember_parts` returned, or a false value
    :return: pair (first name, last name)
    """
    first, separator, last = (remembered or "").partition(SEPARATOR)
    if not separator:
        return split_name(name)
    name = join_name(name, "")
    orders = (f"{first} {last}", f"{last} {first}", f"{last}, {first}")
    if name in (order.strip(" ,") for order in orders):
        return first, last
    if last and name.endswith(f" {last}"):
        return name.removesuffix(f" {last}"), last
    if first and name.startswith(f"{first} "):
        return first, name.removeprefix(f"{first} ")
    return split_name(name)
