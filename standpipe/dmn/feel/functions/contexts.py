"""Contexts: their entries, and new ones made from old."""

from __future__ import annotations

from typing import Any

from standpipe.dmn.feel.functions.signature import Functions

FUNCTIONS = Functions()


@FUNCTIONS.define("get value", "m: context, key: string")
def _get_value(context: dict[str, Any], key: str) -> Any:
    return context.get(key)


@FUNCTIONS.define("get entries", "m: context")
def _get_entries(context: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"key": key, "value": value} for key, value in context.items()]


@FUNCTIONS.define("context", "entries: list")
def _context(entries: list[Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for entry in entries:
        if not isinstance(entry, dict) or not {"key", "value"} <= entry.keys():
            raise ValueError("an entry needs key and value")
        key = entry["key"]
        if not isinstance(key, str) or key in made:
            raise ValueError("a key is no text, or stands twice")
        made[key] = entry["value"]
    return made


@FUNCTIONS.define("context put", "context: context, key: string, value: any")
def _put(context: dict[str, Any], key: str, value: Any) -> dict[str, Any]:
    return {**context, key: value}


@FUNCTIONS.define("context put", "context: context, keys: list, value: any")
def _put_deep(context: dict[str, Any], keys: list[Any], value: Any) -> dict[str, Any]:
    if not keys or not all(isinstance(key, str) for key in keys):
        raise ValueError("the keys are no texts")
    first, *rest = keys
    if not rest:
        return {**context, first: value}
    inner = context.get(first)
    if not isinstance(inner, dict):
        raise ValueError(f"{first} is no context")
    return {**context, first: _put_deep(inner, rest, value)}


@FUNCTIONS.define("context merge", "contexts: list")
def _merge(contexts: list[Any]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for context in contexts:
        if not isinstance(context, dict):
            raise ValueError("an item is no context")
        merged |= context
    return merged
