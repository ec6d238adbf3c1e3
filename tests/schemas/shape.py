"""Holds a JSON value to the TypedDicts of an SDK: required fields, no unknown ones, each value of its type.

pydantic looks into what is Iterable late and passes unknown fields over; the SDKs' types are full of both.
"""

import collections.abc
import types
import typing

from typing_extensions import NotRequired, ReadOnly, Required, get_type_hints, is_typeddict


class Misfit(Exception):
    """Where a value does not fit, and why. The deeper one of two tells more."""

    def __init__(self, path, why):
        super().__init__(f"{path or '(body)'}: {why}")
        self.depth = path.count(".") + path.count("[")


def fit(value, kind, path="", extra=frozenset()):
    """Raises a Misfit when `value` is no `kind`. Fields in `extra` may stand anywhere."""
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if kind in (typing.Any, object):
        return
    if origin in (typing.Annotated, Required, NotRequired, ReadOnly, typing.Required, typing.NotRequired):
        return fit(value, args[0], path, extra)
    if isinstance(kind, typing.TypeAliasType) if hasattr(typing, "TypeAliasType") else False:
        return fit(value, kind.__value__, path, extra)
    if origin in (typing.Union, types.UnionType):
        return fit_one_of(value, args, path, extra)
    if origin is typing.Literal:
        if value not in args:
            raise Misfit(path, f"{value!r} is none of {args}")
        return
    if is_typeddict(kind):
        return fit_fields(value, kind, path, extra)
    if origin in (dict, collections.abc.Mapping):
        wanted(isinstance(value, dict), value, "an object", path)
        for key, item in value.items():
            fit(item, args[1], f"{path}.{key}", extra)
        return
    if origin in (list, collections.abc.Iterable, collections.abc.Sequence):
        wanted(isinstance(value, list), value, "a list", path)
        for at, item in enumerate(value):
            fit(item, args[0], f"{path}[{at}]", extra)
        return
    if kind is type(None) or kind is None:
        return wanted(value is None, value, "null", path)
    if kind is bool:
        return wanted(isinstance(value, bool), value, "a boolean", path)
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if kind is int:
        return wanted(number and value == int(value), value, "a whole number", path)
    if kind is float:
        return wanted(number, value, "a number", path)
    if kind is str:
        return wanted(isinstance(value, str), value, "a text", path)
    if kind in (dict, collections.abc.Mapping):
        return wanted(isinstance(value, dict), value, "an object", path)
    # Files and models of pydantic's, which no body of JSON has.
    raise Misfit(path, f"{value!r} for {kind}")


def fit_one_of(value, kinds, path, extra):
    faults = []
    for kind in kinds:
        try:
            return fit(value, kind, path, extra)
        except Misfit as fault:
            faults.append(fault)
    raise max(faults, key=lambda fault: fault.depth)


def fit_fields(value, kind, path, extra):
    wanted(isinstance(value, dict), value, "an object", path)
    fields = get_type_hints(kind, include_extras=True)
    # What tells one of several from the others goes first, so that the deepest fault is of the right one.
    for key in ("type", "role"):
        if key in fields and key in value:
            fit(value[key], fields[key], path)
    for key in kind.__required_keys__ - set(value):
        raise Misfit(path, f"{key} is missing")
    for key, item in value.items():
        below = f"{path}.{key}" if path else key
        if key in fields:
            fit(item, fields[key], below, extra)
        elif key not in extra:
            raise Misfit(below, f"no field of {kind.__name__}")


def wanted(holds, value, what, path):
    if not holds:
        raise Misfit(path, f"{value!r} is not {what}")
