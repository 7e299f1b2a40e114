from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from standpipe.kernel.canonical import canonical_json, digest
from standpipe.kernel.data_files import line_of, read_yaml
from standpipe.kernel.errors import FaultyFiles
from standpipe.kernel.identifiers import new_id, readable_code
from standpipe.kernel.money import show_pounds
from standpipe.kernel.text import Text


def test_later_identifiers_sort_after_earlier_ones():
    made = [new_id() for _ in range(1000)]

    assert made == sorted(made)
    assert len(set(made)) == 1000


def test_a_readable_code_has_no_vowel_and_no_letter_that_reads_as_a_digit():
    code = readable_code(500)

    assert len(code) == 500
    assert not set(code) & set("AEIOUL")


def test_a_text_falls_back_to_english():
    text = Text.read({"en": "Yes", "cy": "Ydw"})

    assert [text.in_(language) for language in ("en", "cy", "fr")] == ["Yes", "Ydw", "Yes"]


@given(some.dictionaries(some.text(), some.integers() | some.text() | some.none()))
def test_canonical_json_does_not_hang_on_the_order_of_keys(value):
    assert canonical_json(value) == canonical_json(dict(reversed(value.items())))


def test_canonical_json_knows_times_decimals_ids_and_sets_and_nothing_else():
    identifier = new_id()

    assert canonical_json(
        {
            "a": date(2026, 1, 2),
            "b": datetime(2026, 1, 2, tzinfo=UTC),
            "c": Decimal("1.50"),
            "d": identifier,
            "e": frozenset({"y", "x"}),
        }
    ) == (
        '{"a":"2026-01-02","b":"2026-01-02T00:00:00+00:00","c":"1.50",'
        f'"d":"{identifier}","e":["x","y"]}}'
    )
    with pytest.raises(TypeError, match="no canonical form"):
        canonical_json({"a": object()})


def test_a_digest_of_text_is_that_of_its_utf_8():
    assert digest("dŵr") == digest("dŵr".encode())


@pytest.mark.parametrize(
    ("pence", "shown"), [(0, "£0"), (1000, "£10"), (125050, "£1,250.50"), (5, "£0.05")]
)
def test_money_is_shown_as_gov_uk_writes_it(pence, shown):
    assert show_pounds(pence) == shown


def test_yaml_is_of_version_1_2_and_remembers_its_lines(tmp_path: Path):
    file = tmp_path / "words.yaml"
    file.write_text("answer: no\nfrom: 12:30\nlist:\n  - one\n  - two: deep\n")

    data = read_yaml(file)

    assert data["answer"] == "no"
    assert data["from"] == "12:30"
    assert line_of(data, ["list", 1, "two"]) == 5


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"a: [1", "Not YAML"), (b"a: \xff", "Not UTF-8"), (None, "missing")],
)
def test_a_file_that_cannot_be_read_is_named_with_what_to_do(tmp_path, content, said):
    file = tmp_path / "words.yaml"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(FaultyFiles, match=said) as refused:
        read_yaml(file)

    assert "words.yaml" in str(refused.value)
    assert "Mend:" in str(refused.value)
