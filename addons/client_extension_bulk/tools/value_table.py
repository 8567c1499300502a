"""The values of many new records, seen column by column."""

from collections import defaultdict

#: stands where a record has no value
NOTHING = object()


class ValueTable:
    """Says which values many records share: most of them come from the same defaults.

    It is a view of the dicts it was made of at that moment.
    """

    def __init__(self, vals_list):
        """:param list vals_list: dicts, one for each record"""
        self.size = len(vals_list)
        #: name -> list of the values of all records
        self.columns = {}
        #: names of the columns that differ from one record to another
        self.varying = set()
        self._keys = {}
        self.add(vals_list, dict.fromkeys(name for vals in vals_list for name in vals))

    def add(self, vals_list, names):
        """Look at some columns again.

        :param list vals_list: the same dicts
        :param names: collection of names
        """
        for name in names:
            values = [vals.get(name, NOTHING) for vals in vals_list]
            self.columns[name] = values
            self._keys.pop(name, None)
            if values.count(values[0]) < self.size:
                self.varying.add(name)
            else:
                self.varying.discard(name)

    def get_groups(self, names):
        """Which records have the same values of these columns.

        :param names: collection of names
        :return: list of lists of positions, in the order of the first of each
        """
        keys = [self._get_keys(name) for name in self.columns if name in names]
        keys = [key for key in keys if key]
        if not keys:
            return [list(range(self.size))]
        groups = defaultdict(list)
        for position, key in enumerate(zip(*keys, strict=True)):
            groups[key].append(position)
        return list(groups.values())

    def _get_keys(self, name):
        """:return: list of what can be keys of a dict, empty where all are the same"""
        if name not in self.varying:
            return ()
        if name not in self._keys:
            self._keys[name] = [_get_hashable(value) for value in self.columns[name]]
        return self._keys[name]


def _get_hashable(value):
    """:return: the value; commands of links are lists"""
    kind = type(value)
    if kind in (list, tuple):
        return tuple(map(_get_hashable, value))
    return repr(value) if kind in (dict, set) else value
