from pathlib import Path

import pytest
from pack_folders import copy_of, faults_of, pack

from standpipe.packs.messages import WordsMissing

BADGE = pack("blue_badge")
WORDS = {
    "reference": "BB-1",
    "service": "Blue Badge",
    "organisation": "Borrowdale",
    "phone": "01632 960100",
    "link": "https://x.example",
    "due": "1 May 2027",
}


def test_a_message_is_filled_in_each_language() -> None:
    subject, body = BADGE.message("received").render("cy", WORDS)

    assert subject == "Mae eich cais BB-1 wedi ein cyrraedd"
    assert "erbyn 1 May 2027" in body
    assert "((" not in body


def test_words_that_look_like_a_placeholder_are_only_words() -> None:
    _, body = BADGE.message("received").render("en", {**WORDS, "service": "((phone))"})

    assert "application: ((phone))." in body


def test_a_message_without_its_words_is_not_sent() -> None:
    with pytest.raises(WordsMissing, match="due"):
        BADGE.message("received").render("en", {key: "x" for key in WORDS if key != "due"})


def test_a_letter_comes_in_paragraphs() -> None:
    words = {**WORDS, "reason": "You get PIP.", "number": "KKKKKK", "starts": "a", "expires": "b"}

    subject, paragraphs = BADGE.letter("decided_eligible").render("en", words)

    assert subject == "Your Blue Badge"
    assert paragraphs[1] == "Our reason: You get PIP."
    assert len(paragraphs) == 5


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("no front matter", "no front matter"),
        ("---\nsubject: [\n---\ntext\n", "Not YAML"),
        ("---\ntitle: x\n---\ntext\n", "not a subject"),
        ("---\nsubject: x\n---\n((surname))\n", "((surname)) is never filled in"),
        ("---\nsubject: x\n---\nonly text\n", "English and Welsh differ"),
    ],
)
def test_a_faulty_message_is_refused(tmp_path: Path, text: str, fault: str) -> None:
    folder = copy_of("blue_badge", tmp_path)
    (folder / "messages" / "received.cy.md").write_text(text, encoding="utf-8")

    faults = faults_of(folder)

    assert "messages/received.cy.md" in faults
    assert fault in faults


def test_a_message_is_needed_in_welsh(tmp_path: Path) -> None:
    folder = copy_of("blue_badge", tmp_path)
    (folder / "messages" / "saved.cy.md").unlink()

    assert "saved is missing in cy. Mend: Add messages/saved.cy.md." in faults_of(folder)


@pytest.mark.parametrize("name", ["messages/need_more", "letters/decided_eligible"])
def test_what_the_platform_sends_must_be_there(tmp_path: Path, name: str) -> None:
    folder = copy_of("blue_badge", tmp_path)
    for language in ("en", "cy"):
        (folder / f"{name}.{language}.md").unlink()

    assert f"{name.split('/')[1]} is missing" in faults_of(folder)
