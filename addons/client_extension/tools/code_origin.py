"""Finds where the code of a method was really written."""

import dis
import re
from types import FunctionType, ModuleType


def get_functions(value):
    """The functions that run when something is called.

    ``__module__`` is not used: wrappers copy it from the method they wrap.

    :param value: an attribute of a class, or a callable
    :return: list of functions: itself, those that it wraps, those in its closure;
        empty for anything else, whose origin is unknown
    """
    found, todo, seen = [], [value], set()
    while todo:
        one = todo.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, property):
            todo += [one.fget, one.fset, one.fdel]
        elif isinstance(one, (classmethod, staticmethod)):
            todo.append(one.__func__)
        elif isinstance(one, FunctionType):
            found.append(one)
            todo += _get_inner(one)
        elif hasattr(one, "__func__"):
            todo.append(one.__func__)
    return found


def is_written_in(value, modules):
    """Whether all functions that a call of it runs first are from some modules.

    :param value: an attribute of a class, or a callable
    :param tuple modules: prefixes of the names of Python modules
    :return: bool, False when the origin is unknown
    """
    functions = get_functions(value)
    return bool(functions) and all(
        str(function.__globals__.get("__name__")).startswith(modules)
        for function in functions
    )


def is_defined_in(cls, name, modules):
    """Whether every class that defines an attribute is from some modules.

    :param cls: class of a model, as the registry has it
    :param str name: name of the method, or of another attribute
    :param tuple modules: prefixes of the names of Python modules
    :return: bool
    """
    return all(
        is_written_in(value, modules)
        if callable(value := vars(base)[name]) or get_functions(value)
        else base.__module__.startswith(modules)
        for base in cls.__mro__
        if name in vars(base)
    )


def get_names(function):
    """Every name that the code of a function mentions.

    :param function: a function
    :return: set of names of attributes, globals, and texts that could be names; without
        what it only takes from a library or from a compiled pattern, which is no model
    """
    names, todo = set(), [function.__code__]
    while todo:
        code = todo.pop()
        names |= _get_mentioned(code, function.__globals__)
        consts = list(code.co_consts)
        while consts:
            const = consts.pop()
            if isinstance(const, str):
                names.add(const)
            elif isinstance(const, (tuple, frozenset)):
                consts.extend(const)
            elif hasattr(const, "co_names"):
                todo.append(const)
    return names


def _get_mentioned(code, module):
    """The names of attributes and globals in a code object.

    :param code: code object
    :param dict module: globals of its module
    :return: set of names
    """
    names, before = set(), None
    for step in dis.get_instructions(code):
        if step.opname in ("LOAD_ATTR", "LOAD_METHOD"):
            if not _is_of_library(before, module):
                names.add(step.argval)
        elif isinstance(step.argval, str) and step.argval in code.co_names:
            names.add(step.argval)
        before = step
    return names


def _is_of_library(step, module):
    """:return: bool, whether an instruction loads something that is never a model"""
    if step is None or step.opname != "LOAD_GLOBAL":
        return False
    value = module.get(step.argval)
    if isinstance(value, ModuleType):
        return not value.__name__.startswith("odoo")
    return isinstance(value, re.Pattern)


def _get_inner(function):
    """:return: list of what a function can call without naming it"""
    inner = [getattr(function, "__wrapped__", None)]
    for cell in function.__closure__ or ():
        try:
            value = cell.cell_contents
        except ValueError:  # not filled yet
            continue
        if isinstance(value, FunctionType) or hasattr(value, "__func__"):
            inner.append(value)
    return inner
