"""Bad input, made by Hypothesis: what people paste, what scripts send, what nobody meant."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

# Of each run; the drill asks for more, and for the counts in a file.
INPUTS = int(os.environ.get("FUZZ_INPUTS", "1000"))
FIGURES = os.environ.get("FUZZ_FIGURES")
MEGABYTE = 1024 * 1024

NASTY = (
    "",
    " ",
    "\0",
    "a\0b",
    "\r\n",
    "\u202egnp.exe",
    "\u200b\u200d\ufeff",
    "e\u0301" * 40,
    "Z\u0335\u0322a\u0336l\u0337g\u0335o\u0336" * 9,
    "مرحبا بالعالم",
    "שלום",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch ŵŷ",
    "👩‍👩‍👧‍👦🏴󠁧󠁢󠁷󠁬󠁳󠁿",
    "'; DROP TABLE cases_case; --",
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% debug %}",
    '=HYPERLINK("http://x","y")',
    "../../../etc/passwd",
    "$(id)`id`|id",
    "a\nBcc: everybody@example.org",
    "-1",
    "1e309",
    "9" * 400,
    "NaN",
    "٣٤",
    "0x10",
    "None",
    "null",
    "true",
    "[]",
    "{}",
    "29 February 2023",
    "0000-00-00",
    "9999-12-31",
    "A",
    "x" * 201,
    "ß" * 5001,
)


def texts() -> st.SearchStrategy[str]:
    """Any text that a form can carry."""
    whatever = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
    numbers = st.one_of(st.integers(), st.floats(), st.decimals(allow_nan=True)).map(str)
    days = st.one_of(st.dates(), st.datetimes()).map(str)
    return st.one_of(st.sampled_from(NASTY), whatever, numbers, days)


def fields(names: list[str]) -> st.SearchStrategy[dict[str, str | list[str]]]:
    """A form: some of its fields, once or more than once, and now and then one it has not."""
    value = st.one_of(texts(), texts(), st.lists(texts(), max_size=3))
    known = dict.fromkeys(names, value)
    return st.tuples(
        st.fixed_dictionaries({}, optional=known),
        st.one_of(st.just({}), st.dictionaries(st.sampled_from(["x", "__proto__", "keep"]), value)),
    ).map(lambda two: {**two[1], **two[0]})


def huge(names: list[str]) -> dict[str, str]:
    """A form with a megabyte in each field."""
    return dict.fromkeys(names, "å" * MEGABYTE)


def send_many(inputs: st.SearchStrategy[Any], count: int, send: Callable[[Any], None]) -> None:
    """Send so many inputs: the same ones each time, and none again to make it smaller."""

    @settings(
        max_examples=max(1, count),
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.generate),
    )
    @given(inputs)
    def one(value: Any) -> None:
        send(value)

    one()


def tell(name: str, counted: Counter[Any]) -> None:
    """Print what came of it, and leave it where the drill looks."""
    print(f"\n{name}: {counted.total()} inputs, {dict(counted)}")
    if FIGURES:
        with Path(FIGURES).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"name": name, "inputs": counted.total()}) + "\n")
