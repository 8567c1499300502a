"""What many new records of one chunk have in common, asked for a few times only."""

from copy import deepcopy

#: so many answers have to be the same before one of them is believed to be always so:
#: a default may be a random number, the time or the next one of a sequence
PROBES = 5
#: modules that may define a method whose outcome is kept
ORM = "odoo.orm."
CONTAINERS = (dict, list)


class ChunkMemo:
    """Lives for one ``create()``; how long its answers hold is known thereby.

    An answer is kept by everything that was asked with, the environment included.
    """

    def __init__(self, model):
        """:param model: the recordset whose ``create()`` it serves"""
        self.answers = {}
        self.plain = {}
        #: ids of new records -> set of their fields that are computed already
        self.early = {}
        #: kept alive, so that they are not made again for each record
        self.environments = []
        self._model_class = type(model)

    def forget(self):
        """Let go of what it keeps: environments that keep this memo in turn."""
        for kept in (self.answers, self.plain, self.early, self.environments):
            kept.clear()

    def repeated(self, key):
        """:return: the ``Repeated`` of these arguments"""
        if key not in self.answers:
            self.answers[key] = Repeated()
        return self.answers[key]

    def once(self, key, ask, *args):
        """:return: what ``ask(*args)`` said the first time"""
        if key not in self.answers:
            self.answers[key] = ask(*args)
        return self.answers[key]

    def is_plain(self, method, *owners):
        """Whether a method is Odoo's own: that of an add-on may do anything.

        :param str method: its name
        :param owners: prefixes of the Python modules which may define it, the same
            ones whenever this method is asked for
        """
        if method not in self.plain:
            trusted = (ORM, *owners)
            self.plain[method] = all(
                _get_module(cls, method).startswith(trusted)
                for cls in self._model_class.mro()
                if method in vars(cls)
            )
        return self.plain[method]


class Repeated:
    """A dict that is always the same, but for some of its keys perhaps."""

    def __init__(self):
        self.left = PROBES
        self.same = None
        self.changing = set()
        self.containers = set()

    def add(self, values):
        """Note one more answer.

        :param dict values: copied, since the asker may change it
        """
        self.left -= 1
        if self.same is None:
            self.same = deepcopy(values)
            return
        self.changing |= self.same.keys() ^ values.keys()
        self.changing |= {
            key
            for key in self.same.keys() & values.keys()
            if self.same[key] != values[key]
        }
        if not self.left:
            self.same = {
                key: value
                for key, value in self.same.items()
                if key not in self.changing
            }
            self.containers = {
                key for key, value in self.same.items() if type(value) in CONTAINERS
            }

    @property
    def is_known(self):
        """Whether it was asked for often enough."""
        return not self.left

    def get(self):
        """:return: dict of what is always the same, free to be changed"""
        return {**self.same, **{key: _copy(self.same[key]) for key in self.containers}}


def _get_module(cls, method):
    """Where a method was written: a rule of automation puts its own in a class that is
    not of its making.
    """
    return getattr(vars(cls)[method], "__module__", None) or cls.__module__


def _copy(value):
    """A copy that is as deep as the ORM reaches: commands and lists of properties."""
    if type(value) is dict:
        return dict(value)
    return [dict(item) if type(item) is dict else item for item in value]
