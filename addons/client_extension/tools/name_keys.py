"""Keys that match names of clients that are written slightly differently."""

import re

from ..importer.text.fold import fold

#: a shorter name is similar to too many others: only an identical one matches
FUZZY_LENGTH = 7
#: what may be written before or after a name
_NOISE = (
    "mr mrs ms m mme mlle monsieur madame dhr mevr dr sa sas sarl eurl sci srl bv "
    "bvba nv vof asbl vzw gmbh ag ltd inc"
)
NOISE = frozenset(_NOISE.split())


def fold_name(text):
    """:return: str, the words of a text in lowercase, without accents"""
    return " ".join(re.findall(r"\w+", fold(text or "").replace("_", " ")))


def name_keys(name):
    """The keys of a name: two names are similar when they have one in common.

    Word order, accents, doubled letters, titles and legal forms do not count, nor
    does one letter that is missing, extra, different or in the wrong place. Numbers
    do: client 12 is not client 13.

    :param name: as it is stored
    :return: set of hashable keys, empty for a name without letters or digits
    """
    words = fold_name(name).split()
    words = [word for word in words if word not in NOISE] or words
    numbers = tuple(word for word in words if any(map(str.isdigit, word)))
    letters = "".join(sorted(word for word in words if word.isalpha()))
    letters = re.sub(r"(.)\1+", r"\1", letters)
    if not letters:
        return {(numbers, "")} if numbers else set()
    keys = {(numbers, letters)}
    if len(letters) >= FUZZY_LENGTH:
        keys.update(
            (numbers, letters[:place] + letters[place + 1 :])
            for place in range(len(letters))
        )
    return keys


def group_by_keys(keyed):
    """Group items that have a key in common.

    :param keyed: iterable of pairs (item, its keys), each item once
    :return: list of lists of at least two items each, in their original order
    """
    above, first = {}, {}

    def top(item):
        while above[item] != item:
            above[item] = item = above[above[item]]
        return item

    for item, keys in keyed:
        above[item] = item
        for key in keys:
            other = first.setdefault(hash(key), item)
            if other != item:
                above[top(item)] = top(other)
    groups = {}
    for item in above:
        groups.setdefault(top(item), []).append(item)
    return [group for group in groups.values() if len(group) > 1]
