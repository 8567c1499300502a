"""What SQL's LIKE understands, for texts that no table has. No Odoo here."""

import re

_SIGNS = {"%": ".*", "_": "."}


def like_pattern(pattern, ignore_case=False):
    """:return: compiled regular expression whose ``fullmatch`` is LIKE, or ILIKE"""
    parts = re.findall(r"\\?.", pattern, re.DOTALL)
    source = "".join(_SIGNS.get(part) or re.escape(part[-1]) for part in parts)
    return re.compile(source, re.DOTALL | (re.IGNORECASE if ignore_case else 0))
