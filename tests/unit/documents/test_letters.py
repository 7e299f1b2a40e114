"""A letter is a tagged PDF in its language, set from data alone."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from standpipe.documents.letters import Letter, compose

LETTER = Letter(
    language="en",
    organisation="Borrowdale County Council",
    organisation_address=("County Hall", "Borrowdale", "BD1 1AA"),
    to=("Ada Byron", "1 Tarn Lane", "Northmere", "BD2 3CD"),
    on=date(2026, 11, 22),
    subject="Your Blue Badge",
    paragraphs=(
        "Dear Ada Byron",
        "We have decided to give you a Blue Badge.",
        "## What happens next",
        "* Your badge comes by post\n* Put it where it can be seen",
        "Yours sincerely\nBlue Badge team",
    ),
    reference="BB-7K2M9QPT",
    colour="#1d70b8",
)


def read(letter: Letter) -> PdfReader:
    return PdfReader(BytesIO(compose(letter)))


def tags(reader: PdfReader) -> list[str]:
    found, waiting = [], [reader.root_object["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop()
        if "/S" in node:
            found.append(node["/S"])
        below = node.get("/K", [])
        below = below if isinstance(below, list) else [below]
        waiting += [
            each.get_object() for each in reversed(below) if hasattr(each.get_object(), "keys")
        ]
    return found


def test_a_letter_says_what_it_was_given():
    words = read(LETTER).pages[0].extract_text()

    for part in (*LETTER.to, *LETTER.organisation_address, LETTER.subject, "22 November 2026"):
        assert part in words
    assert "Reference: BB-7K2M9QPT" in words
    assert "What happens next" in words and "##" not in words
    assert "Page 1 of 1" in words


def test_a_letter_in_welsh_is_welsh_throughout():
    letter = replace(LETTER, language="cy", to=("Bryn Tŷ'n-y-gŵydd",))

    reader = read(letter)

    assert reader.root_object["/Lang"] == "cy-GB"
    words = reader.pages[0].extract_text()
    for part in ("22 Tachwedd 2026", "Cyfeirnod: BB-7K2M9QPT", "Tudalen 1 o 1", "Tŷ'n-y-gŵydd"):
        assert part in words


def test_a_letter_is_tagged_and_says_that_it_is_accessible():
    reader = read(LETTER)

    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert reader.root_object["/Lang"] == "en-GB"
    assert reader.metadata is not None
    assert reader.metadata.title == "Your Blue Badge – BB-7K2M9QPT"
    assert reader.root_object["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in reader.root_object["/Metadata"].get_data()
    assert {"/H1", "/H2", "/P", "/L", "/LI"} <= set(tags(reader))


@pytest.mark.parametrize(
    "words",
    [
        '#read("/etc/passwd")',
        "*bold* _slanted_ $x^2$ `raw` @reference <label>",
        "#sys.inputs.letter \\ #{1 + 1}",
        '"}, "subject": "Injected',
        "// a comment /* another */",
        "a https://example.org/ b",
    ],
)
def test_what_people_wrote_is_set_as_text(words: str):
    shown = read(replace(LETTER, to=(words,), paragraphs=(f"A {words}",))).pages[0].extract_text()

    assert shown.replace("\n", " ").count(words.replace('"', '"')) == 2


def test_a_long_letter_goes_on_to_more_pages():
    reader = read(replace(LETTER, paragraphs=("word " * 300,) * 6))

    assert len(reader.pages) > 2
    assert f"Page 2 of {len(reader.pages)}" in reader.pages[1].extract_text()


def test_the_same_letter_gives_the_same_file_in_less_than_a_second():
    first = compose(LETTER)
    began = time.process_time()

    assert compose(LETTER) == first
    assert time.process_time() - began < 1
