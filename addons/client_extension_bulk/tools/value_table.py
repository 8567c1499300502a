"""The values of many new records, column by column."""

from collections import defaultdict

#: placeholder for a missing value of a record
NOTHING = object()


class ValueTable:
    """Tells which values records share, as most come from the same defaults.

    It reflects the dicts as they were when it was made.
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
        """Read some columns again.

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
        """Group the records that have the same values in these columns.

        :param names: collection of names
        :return: list of lists of positions, ordered by the first of each
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
        """:return: list of hashable values, empty if all are the same"""
        if name not in self.varying:
            return ()
        if name not in self._keys:
            self._keys[name] = [_get_hashable(value) for value in self.columns[name]]
        return self._keys[name]


def _get_hashable(value):
    """:return: the value in hashable form, as commands of links are lists"""
    kind = type(value)
    if kind in (list, tuple):
        return tuple(map(_get_hashable, value))
    return repr(value) if kind in (dict, set) else value
