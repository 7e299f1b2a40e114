"""The names that FEEL itself brings: functions (DMN 1.5, chapter 10.3.4) and types."""

from __future__ import annotations

# Properties of values whose names hold a space; they are met only after a full stop.
PROPERTY_NAMES = ("time offset", "start included", "end included")

TYPE_NAMES = (
    *("number", "string", "boolean", "date", "time", "date and time", "Any", "Null"),
    *("days and time duration", "years and months duration"),
    *("list", "context", "function", "range"),
)

BUILTIN_NAMES = (
    *("date", "date and time", "time", "number", "string", "not", "substring", "string length"),
    *("upper case", "lower case", "substring before", "substring after", "replace", "contains"),
    *("starts with", "ends with", "matches", "split", "string join", "list contains", "count"),
    *("min", "max", "sum", "mean", "all", "any", "sublist", "append", "concatenate"),
    *("insert before", "remove", "list replace", "reverse", "index of", "union"),
    *("distinct values", "flatten", "product", "median", "stddev", "mode", "decimal", "floor"),
    *("ceiling", "round up", "round down", "round half up", "round half down", "abs", "modulo"),
    *("sqrt", "log", "exp", "odd", "even", "is", "before", "after", "meets", "met by"),
    *("overlaps", "overlaps before", "overlaps after", "finishes", "finished by", "includes"),
    *("during", "starts", "started by", "coincides", "day of year", "day of week"),
    *("month of year", "week of year", "now", "today", "sort", "get value", "get entries"),
    *("context", "context put", "context merge", "duration", "years and months duration"),
    "range",
)
