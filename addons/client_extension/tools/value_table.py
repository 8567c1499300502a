"""The values of many new records, seen column by column."""

from collections import defaultdict

#: stands where a record has no value
NOTHING = object()


class ValueTable:
    """Says which values many records share: most of them come from the same defaults.

    It is a view of the dicts it was made of at that moment: add to them afterwards.
    """

    def __init__(self, vals_list):
        """:param list vals_list: dicts, one for each record"""
        self.size = len(vals_list)
        names = dict.fromkeys(name for vals in vals_list for name in vals)
        self.columns = {
            name: [vals.get(name, NOTHING) for vals in vals_list] for name in names
        }
        #: names of the columns that differ from one record to another
        self.varying = {
            name
            for name, values in self.columns.items()
            if values.count(values[0]) < self.size
        }

    def get_groups(self, names):
        """Which records have the same values of these columns.

        :param names: collection of names
        :return: list of lists of positions, in the order of the first of each
        """
        columns = [
            _get_hashable(self.columns[name])
            for name in self.columns
            if name in names and name in self.varying
        ]
        if not columns:
            return [list(range(self.size))]
        groups = defaultdict(list)
        for position, key in enumerate(zip(*columns, strict=True)):
            groups[key].append(position)
        return list(groups.values())


def _get_hashable(values):
    """:return: list of what can be the key of a dict; commands of links are lists"""
    try:
        set(values)
    except TypeError:
        return [repr(value) for value in values]
    return values
