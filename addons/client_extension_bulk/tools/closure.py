"""Finds what a computation calls, as far as its code shows it."""

import builtins
import re
from types import FunctionType, ModuleType

#: names that a computation based only on its record never mentions: before its record
#: is stored, it would see different data in the database
IMPURE = frozenset(
    {
        *("cr", "create", "execute", "execute_query", "flush_all", "flush_model"),
        *("flush_recordset", "name_search", "next_by_code", "next_by_id", "now"),
        *("random", "read_group", "search", "search_count", "search_fetch"),
        *("search_read", "today", "unlink", "uuid4", "write"),
        *("_read_group", "_search", "_write", "_create"),
    }
)
#: names that Python itself uses: as methods, they can only be those of the model
PYTHON = frozenset().union(
    *(dir(kind) for kind in (dict, float, int, list, re.Pattern, set, str, tuple)),
    dir(builtins),
)
ADDONS = "odoo.addons."
ORM = ("odoo.orm.",)


class Closure:
    """Follows the names in the code of a method, and in the code they can refer to.

    A name can refer to a method of any model, so all methods of that name must be from
    known modules. This also finds overrides of indirectly called helpers.
    """

    def __init__(self, own, others, known, origin):
        """:param own: list of the classes of the model
        :param others: list of the classes of all models
        :param tuple known: prefixes of the names of the modules that are trusted
        :param origin: module with ``get_functions``, ``get_names``, ``is_written_in``
        """
        self._own = own
        self._others = others
        self._known = known
        self._origin = origin
        #: (name, whether it belongs to the model itself) -> names in its code
        self._mentioned = {}

    def is_known(self, names):
        """Whether all code that some methods reach is known and pure.

        :param names: collection of names of methods and of computed fields
        :return: bool
        """
        asked = set(names)
        todo, seen = list(asked), set(asked)
        while todo:
            name = todo.pop()
            key = (name, name in asked)
            if key not in self._mentioned:
                self._mentioned[key] = self._get_mentioned(*key)
            mentioned = self._mentioned[key]
            if mentioned is None:
                return False
            todo += mentioned - seen
            seen |= mentioned
        return True

    def _get_mentioned(self, name, own):
        """The names in all code that a name can refer to.

        :param str name: name of an attribute
        :param bool own: whether it belongs to the model itself
        :return: set of names, or None where some of this code is not trusted
        """
        values = self._get_meanings(name, own)
        if name in IMPURE or not all(map(self._is_trusted, values)):
            return None
        mentioned = self._get_computes(name)
        read = set()
        for value in values:
            for function in self._origin.get_functions(value):
                if (more := self._read(function, read)) is None:
                    return None
                mentioned |= more
        return mentioned

    def _get_meanings(self, name, own):
        """:return: list of the attributes of models that a name can refer to"""
        found = self._own.get(name, [])
        return found if own or name in PYTHON else found + self._others.get(name, [])

    def _get_computes(self, name):
        """:return: set of names of the methods that compute a field of that name"""
        computes = (getattr(one, "compute", None) for one in self._own.get(name, ()))
        return {compute for compute in computes if isinstance(compute, str)}

    def _is_trusted(self, value):
        """:return: bool; a field or a constant runs no code itself"""
        if self._origin.get_functions(value):
            return self._origin.is_written_in(value, self._known)
        return isinstance(value, type) or not callable(value)

    def _read(self, function, read):
        """The names in a function, and in the functions of its module that it calls.

        :param function: a function
        :param set read: functions that were already read; this one is added
        :return: set of names, or None when it reaches unknown code
        """
        module = str(function.__globals__.get("__name__"))
        if function in read or module.startswith(ORM) or not module.startswith(ADDONS):
            return set()
        read.add(function)
        names = self._origin.get_names(function)
        mentioned = set(names)
        for called in _get_globals(function, names):
            if not self._is_known_global(called):
                return None
            if (more := self._read(called, read)) is None:
                return None
            mentioned |= more
        return mentioned

    def _is_known_global(self, function):
        """Libraries other than add-ons are known, unless an add-on has patched them."""
        return all(
            not module.startswith(ADDONS) or module.startswith(self._known)
            for module in (
                str(one.__globals__.get("__name__"))
                for one in self._origin.get_functions(function)
            )
        )


def _get_globals(function, names):
    """:return: list of the functions with these names in the module of a function"""
    values = [function.__globals__.get(name) for name in names]
    for module in [value for value in values if isinstance(value, ModuleType)]:
        values += [vars(module).get(name) for name in names]
    return [value for value in values if isinstance(value, FunctionType)]


def get_index(classes):
    """Index the attributes of classes by name.

    :param classes: collection of classes
    :return: dict: name of an attribute -> list of its values in the classes
    """
    index = {}
    for cls in classes:
        for name, value in vars(cls).items():
            index.setdefault(name, []).append(value)
    return index
