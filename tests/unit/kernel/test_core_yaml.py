"""YAML means what its version 1.2 says, and every value knows its line."""

import math
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from ruamel.yaml.constructor import RoundTripConstructor

from standpipe.kernel.core_yaml import NotYaml, read

ROOT = Path(__file__).parents[3]


class TextDates(RoundTripConstructor):
    """Another reader of YAML 1.2, whose dates stay text as the core schema has it."""


TextDates.add_constructor("tag:yaml.org,2002:timestamp", lambda reader, node: str(node.value))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("Y", "Y"),
        ("12:30", "12:30"),
        ("2019-08-30", "2019-08-30"),
        ("1_000", "1_000"),
        ("=", "="),
        ("0o17", 15),
        ("0x1F", 31),
        ("017", 17),
        ("+12", 12),
        ("-3", -3),
        ("1.50", 1.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("-.inf", -math.inf),
        ("true", True),
        ("FALSE", False),
        ("~", None),
        ("Null", None),
        ("", None),
        ("'12'", "12"),
        ('"true"', "true"),
        ("|\n  two\n  lines\n", "two\nlines\n"),
        ("{a: [1, no]}", {"a": [1, "no"]}),
        ("[&it {a: 1}, *it]", [{"a": 1}, {"a": 1}]),
    ],
)
def test_what_is_written_means_what_the_core_schema_says(written, meant):
    read_back = read(f"word: {written}")["word"]

    assert read_back == meant
    assert isinstance(read_back, type(meant))


def test_what_is_no_number_is_no_number():
    assert math.isnan(read(".nan"))


@pytest.mark.parametrize(
    ("written", "line", "problem"),
    [
        ("a: 1\nb: [1,\n", 2, "did not find"),
        ("a: 1\na: 2\n", 2, "the key 'a' stands twice"),
        ("a:\n  - !secret x\n", 2, "'!secret' is not known"),
        ("a: !!python/object/apply:os.system [x]\n", 1, "is not known"),
        ("{a: 1}: 2\n", 1, "a key that is no single word"),
        ("a: &all\n  b: *all\n", 1, "holds itself"),
        ("a: 1\nb: \x07\n", 2, "not allowed"),
        ("a: 1\n---\nb: 2\n", 2, "expected a single document"),
    ],
)
def test_what_is_not_read_is_told_with_its_line(written, line, problem):
    with pytest.raises(NotYaml, match=problem) as refused:
        read(written)

    assert refused.value.line == line


def test_names_that_multiply_cost_no_more_than_they_are_written():
    laughs = "a0: &a0 [x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 40)
    )

    assert len(read(laughs)) == 40


@pytest.mark.parametrize(
    "path", sorted((ROOT / "service_packs" / "blue_badge").rglob("*.yaml"))[::4], ids=str
)
def test_another_reader_finds_the_same_values_on_the_same_lines(path):
    text = path.read_text()
    other = YAML(typ="rt")
    other.Constructor = TextDates

    assert_same(other.load(text), read(text))


def assert_same(other, ours):
    if isinstance(other, dict):
        assert list(other) == list(ours)
        for key in other:
            assert ours.lines[key] == other.lc.value(key)[0] + 1
            assert_same(other[key], ours[key])
    elif isinstance(other, list):
        assert len(other) == len(ours)
        for at, one in enumerate(other):
            assert ours.lines[at] == other.lc.item(at)[0] + 1
            assert_same(one, ours[at])
    else:
        assert other == ours
