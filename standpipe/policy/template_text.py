"""Messages and letters as people edit them: a subject and a text in each language. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from standpipe.kernel.data_files import parse_yaml
from standpipe.kernel.errors import Refused
from standpipe.kernel.text import LANGUAGES, Text
from standpipe.packs.messages import MessageTemplate
from standpipe.packs.pack import ServicePack
from standpipe.packs.placeholders import fillable, needed

FOLDERS = ("messages", "letters")
LONGEST = 10_000
_NOWHERE = Path("subject")
_ANY = re.compile(r"\(\(\s*([^()]*?)\s*\)\)")
_NAME = re.compile(r"[a-z_]+")


@dataclass(frozen=True, slots=True)
class TextFault:
    """What is wrong with one field (`subject_en`, `body_cy`), and how to mend it."""

    field: str
    message: Text


class FaultyText(Refused):
    """A message or letter cannot be sent as it is written."""

    def __init__(self, faults: list[TextFault]) -> None:
        super().__init__(" ".join(f"{one.field}: {one.message.en}." for one in faults))
        self.faults = faults


class NoSuchText(Refused):
    """The service has no such message or letter."""


def fields_of(template: MessageTemplate) -> dict[str, str]:
    """Return a message or letter as the fields of a form."""
    return {
        f"{part}_{language}": text.in_(language)
        for part, text in (("subject", template.subject), ("body", template.body))
        for language in LANGUAGES
    }


def template_of(pack: ServicePack, folder: str, name: str) -> MessageTemplate:
    """
    Return a message or a letter of a service.

    :raises NoSuchText: if there is none of that name
    """
    found = {"messages": pack.messages, "letters": pack.letters}.get(folder, {})
    if name not in found:
        raise NoSuchText(f"The service has no {folder}/{name}.")
    return found[name]


def read_fields(
    pack: ServicePack, folder: str, name: str, sent: Mapping[str, str]
) -> tuple[MessageTemplate, dict[str, str]]:
    """
    Check what was written; return it as a template, and as the files of the pack, by path.

    :raises NoSuchText: if the service has no such message or letter
    :raises FaultyText: naming each field with an unknown, broken or missing placeholder
    """
    published = template_of(pack, folder, name)
    written = {
        field: _plain(sent.get(field, ""), field)
        for field in (
            f"{part}_{language}" for part in ("subject", "body") for language in LANGUAGES
        )
    }
    faults: list[TextFault] = []
    for field, text in written.items():
        faults += _faults_of_field(field, text, fillable(name, pack))
    if not faults:
        faults = _faults_of_whole(written, needed(published))
    if faults:
        raise FaultyText(faults)
    used = _used(*written.values())
    template = MessageTemplate(
        name,
        Text(written["subject_en"], written["subject_cy"]),
        Text(written["body_en"], written["body_cy"]),
        used,
    )
    files = {
        f"{folder}/{name}.{language}.md": _file(
            written[f"subject_{language}"], written[f"body_{language}"]
        )
        for language in LANGUAGES
    }
    return template, files


def _faults_of_field(field: str, text: str, known: frozenset[str]) -> list[TextFault]:
    if not text:
        return [TextFault(field, _EMPTY)]
    if len(text) > LONGEST:
        return [TextFault(field, _TOO_LONG)]
    rest = _ANY.sub("", text)
    # Brackets that began a placeholder and do not end it, or end one that was not begun.
    if "((" in rest or "))" in rest:
        return [TextFault(field, _OPEN)]
    unknown = [one for one in _ANY.findall(text) if not _NAME.fullmatch(one) or one not in known]
    return [
        TextFault(field, _with(_UNKNOWN, name=one, known=", ".join(sorted(known))))
        for one in dict.fromkeys(unknown)
    ]


def _faults_of_whole(written: Mapping[str, str], must: frozenset[str]) -> list[TextFault]:
    used = {
        language: _used(written[f"subject_{language}"], written[f"body_{language}"])
        for language in LANGUAGES
    }
    faults = [
        TextFault(f"body_{language}", _with(_MISSING, name=name))
        for language in LANGUAGES
        for name in sorted(must - used[language])
    ]
    for one, other in (("en", "cy"), ("cy", "en")):
        faults += [
            TextFault(f"body_{other}", _with(_ONE_SIDED, name=name))
            for name in sorted(used[one] - used[other] - must)
        ]
    return faults


def _used(*texts: str) -> frozenset[str]:
    return frozenset(name for text in texts for name in _ANY.findall(text))


def _plain(text: str, field: str) -> str:
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    joined = "\n".join(lines).strip()
    # A subject is one line.
    plain = " ".join(joined.split()) if field.startswith("subject") else joined
    return _ANY.sub(lambda found: f"(({found[1].lower()}))", plain)


def _file(subject: str, body: str) -> str:
    # In quotes, whatever it holds: a colon or a quote must not become YAML.
    quoted = subject.replace("\\", "\\\\").replace('"', '\\"')
    front = f'subject: "{quoted}"'
    if str(parse_yaml(front, path=_NOWHERE)["subject"]) != subject:
        raise RuntimeError(f"a subject that cannot be kept: {subject!r}")
    return f"---\n{front}\n---\n{body}\n"


def _with(words: Text, **values: str) -> Text:
    return Text(words.en.format(**values), words.cy.format(**values))


_EMPTY = Text("Write the text in both languages", "Ysgrifennwch y testun yn y ddwy iaith")
_TOO_LONG = Text("Write at most 10,000 characters", "Ysgrifennwch 10,000 nod ar y mwyaf")
_OPEN = Text(
    "A placeholder is written ((so)), with two brackets on each side",
    "Ysgrifennir dalfan ((fel hyn)), gyda dau fraced bob ochr",
)
_UNKNOWN = Text(
    "(({name})) is never filled in. Use one of: {known}",
    "Ni chaiff (({name})) ei lenwi. Defnyddiwch un o: {known}",
)
_MISSING = Text(
    "(({name})) is missing: without it the person is not told what they need. Add (({name}))",
    "Mae (({name})) ar goll: hebddo ni ddywedir wrth y person yr hyn sydd ei angen. "
    "Ychwanegwch (({name}))",
)
_ONE_SIDED = Text(
    "(({name})) stands in the other language only. Add it here, or remove it there",
    "Dim ond yn yr iaith arall y mae (({name})). Ychwanegwch ef yma, neu ei ddileu yno",
)
