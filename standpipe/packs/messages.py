"""Templates of messages and letters: Markdown with front matter, in two languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from standpipe.kernel.data_files import parse_yaml
from standpipe.kernel.errors import Fault, FaultyFiles, Misconfigured
from standpipe.kernel.text import LANGUAGES, Text

# Everything the platform can fill in; `name` is whom it is about; `number`, `count`, `starts`
# and `expires` only of what was granted, `challenge` only where the pack says what one can do who
# disagrees, `review` where a decision can be reviewed, `assessor`, `when` and `where` only of an
# assessment.
PLACEHOLDERS = frozenset(
    {
        "name",
        "reference",
        "service",
        "organisation",
        "phone",
        "link",
        "return_link",
        "code",
        "words",
        "reason",
        "number",
        "count",
        "starts",
        "expires",
        "due",
        "challenge",
        "review",
        "assessor",
        "when",
        "where",
        "renew_link",
    }
)
_PLACEHOLDER = re.compile(r"\(\(([a-z_]+)\)\)")
_FRONT_MATTER = re.compile(r"---\n(.*?)\n---\n(.+)", re.DOTALL)


class WordsMissing(Misconfigured):
    """A template has a placeholder for which it was given no words."""


@dataclass(frozen=True, slots=True)
class MessageTemplate:
    """One message; placeholders are written ((so)), as GOV.UK Notify has them."""

    name: str
    subject: Text
    body: Text
    placeholders: frozenset[str]

    def render(self, language: str, values: Mapping[str, str]) -> tuple[str, str]:
        """
        Return the subject and the body with the words filled in.

        :raises WordsMissing: if a placeholder has no words
        """
        missing = sorted(self.placeholders - set(values))
        if missing:
            raise WordsMissing(f"The message {self.name} needs words for {', '.join(missing)}.")
        return _filled(self.subject.in_(language), values), _filled(self.body.in_(language), values)


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """One letter: like a message, but rendered as paragraphs."""

    message: MessageTemplate

    def render(self, language: str, values: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
        """
        Return the subject and the paragraphs with the words filled in.

        :raises WordsMissing: if a placeholder has no words
        """
        subject, body = self.message.render(language, values)
        paragraphs = (" ".join(each.split()) for each in re.split(r"\n\s*\n", body))
        return subject, tuple(filter(None, paragraphs))


def read_templates(
    files: Mapping[str, str], *, folder: str, root: Path, faults: list[Fault]
) -> dict[str, MessageTemplate]:
    """Read the templates of a folder of a pack; what is wrong with them joins `faults`."""
    names = sorted(
        {path[len(folder) + 1 :].split(".")[0] for path in files if path.startswith(f"{folder}/")}
    )
    templates = {}
    for name in names:
        read = {}
        for language in LANGUAGES:
            path = f"{folder}/{name}.{language}.md"
            if path not in files:
                mend = f"Add {path}."
                faults.append(Fault(root / path, "1", f"{name} is missing in {language}.", mend))
                continue
            parts = _subject_and_body(files[path], path=root / path, faults=faults)
            if parts:
                read[language] = parts
        if len(read) == len(LANGUAGES):
            templates[name] = _template(name, read, path=root / folder, faults=faults)
    return templates


def _template(
    name: str, read: Mapping[str, tuple[str, str]], *, path: Path, faults: list[Fault]
) -> MessageTemplate:
    found = {language: _placeholders(*parts) for language, parts in read.items()}
    for language, placeholders in found.items():
        file = path / f"{name}.{language}.md"
        for unknown in sorted(placeholders - PLACEHOLDERS):
            mend = f"Use one of: {', '.join(sorted(PLACEHOLDERS))}."
            faults.append(Fault(file, "1", f"(({unknown})) is never filled in.", mend))
    if found["en"] != found["cy"]:
        odd = ", ".join(sorted(found["en"] ^ found["cy"]))
        mend = "Use the same placeholders in both languages."
        file = path / f"{name}.cy.md"
        faults.append(Fault(file, "1", f"English and Welsh differ in: {odd}.", mend))
    (en_subject, en_body), (cy_subject, cy_body) = read["en"], read["cy"]
    return MessageTemplate(name, Text(en_subject, cy_subject), Text(en_body, cy_body), found["en"])


def _subject_and_body(text: str, *, path: Path, faults: list[Fault]) -> tuple[str, str] | None:
    match = _FRONT_MATTER.fullmatch(text.replace("\r\n", "\n"))
    if not match:
        mend = "Begin with ---, subject: …, --- and go on with the text."
        faults.append(Fault(path, "1", "The message has no front matter or no text.", mend))
        return None
    try:
        front = parse_yaml(match[1], path=path)
    except FaultyFiles as unreadable:
        faults += unreadable.faults
        return None
    if not isinstance(front, dict) or set(front) != {"subject"} or not front["subject"]:
        faults.append(Fault(path, "2", "The front matter is not a subject.", "Write subject: …"))
        return None
    return str(front["subject"]), match[2].strip()


def _placeholders(*texts: str) -> frozenset[str]:
    return frozenset(name for text in texts for name in _PLACEHOLDER.findall(text))


def _filled(text: str, values: Mapping[str, str]) -> str:
    # One pass only: words that look like a placeholder are still only words.
    return _PLACEHOLDER.sub(lambda found: values[found[1]], text)
