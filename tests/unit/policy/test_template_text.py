"""A message or letter with a wrong placeholder is refused at its field, with how to mend it."""

from pathlib import Path

import pytest

from standpipe.packs.library import load_packs
from standpipe.packs.messages import read_templates
from standpipe.packs.placeholders import fillable, needed
from standpipe.places.reading import load_place
from standpipe.policy.template_text import FaultyText, NoSuchText, fields_of, read_fields
from standpipe.vocabulary.reading import load_vocabulary

PACKS, PLACE = Path("service_packs"), load_place(Path("places/borrowdale"))
SERVICES = load_packs(
    PACKS,
    vocabulary=load_vocabulary(Path("vocabulary"), also_accept=PLACE.also_accept),
    place=PLACE,
)
BADGE = SERVICES["blue_badge"]
WHOLE = fields_of(BADGE.messages["need_more"])


def faults(**changes):
    with pytest.raises(FaultyText) as refused:
        read_fields(BADGE, "messages", "need_more", {**WHOLE, **changes})
    assert all(one.message.en and one.message.cy for one in refused.value.faults)
    return {one.field: one.message.en for one in refused.value.faults}


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"body_en": "((words)) ((name))"}, "body_en", "((name)) is never filled in"),
        ({"body_en": "((words)) ((number))"}, "body_en", "((number)) is never filled in"),
        ({"subject_cy": "((your name))"}, "subject_cy", "((your name)) is never filled in"),
        (
            {"body_cy": WHOLE["body_cy"].replace("((words))", "")},
            "body_cy",
            "((words)) is missing",
        ),
        ({"body_en": "((words)) ((code"}, "body_en", "two brackets on each side"),
        ({"body_en": "words))"}, "body_en", "two brackets on each side"),
        ({"body_en": ""}, "body_en", "both languages"),
        ({"body_cy": "x" * 10_001}, "body_cy", "at most 10,000"),
    ],
)
def test_what_could_not_be_sent_is_named_at_its_field(change, field, words):
    found = faults(**change)

    assert set(found) == {field}
    assert words in found[field]


def test_a_placeholder_of_one_language_alone_is_named_in_the_other():
    found = faults(subject_en="((service)) ((due))", subject_cy="((service))")

    assert "((due)) stands in the other language only" in found["body_cy"]


def test_what_is_written_comes_back_as_it_was_read_by_the_pack():
    odd = {
        **WHOLE,
        "subject_en": 'A "quoted": subject \\ with #1, ((reference))',
        "body_en": f"{WHOLE['body_en']}\r\n\r\n--- (( WORDS )) ",
    }
    template, files = read_fields(BADGE, "messages", "need_more", odd)
    faults_found: list = []
    read = read_templates(files, folder="messages", root=PACKS, faults=faults_found)

    assert faults_found == []
    assert fields_of(read["need_more"]) == fields_of(template)
    assert read["need_more"].subject.en == odd["subject_en"]
    assert "((words))" in read["need_more"].body.en


def test_every_message_and_letter_of_every_pack_would_be_taken_as_it_is():
    for one in SERVICES.values():
        for folder, texts in (("messages", one.messages), ("letters", one.letters)):
            for text in texts.values():
                read_fields(one, folder, text.name, fields_of(text))
                assert needed(text) <= fillable(text.name, one)


def test_what_the_service_does_not_send_cannot_be_written():
    with pytest.raises(NoSuchText):
        read_fields(BADGE, "messages", "welcome", WHOLE)
    with pytest.raises(NoSuchText):
        read_fields(BADGE, "rules", "need_more", WHOLE)
