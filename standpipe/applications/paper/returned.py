"""What somebody wrote on a paper form, page by page as the web form would send it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from standpipe.applications.paper.asking import is_on_paper
from standpipe.applications.paper.naming import FILES, YES, agreement_name, read_back
from standpipe.packs.pack import ServicePack
from standpipe.vocabulary.answers import FieldFault, read_answer
from standpipe.vocabulary.need import Need


@dataclass(frozen=True, slots=True)
class Misread:
    """An answer that cannot be taken as it stands: where, what was written, what is wrong."""

    page: str
    need: str
    written: str
    faults: tuple[FieldFault, ...]


@dataclass(frozen=True, slots=True)
class Returned:
    """
    A form that came back: good answers by need, None where an optional one was left out.

    `agreed` holds the yes or no to each check by its page; `is_empty` if nothing was filled in.
    """

    answers: Mapping[str, Any]
    misread: tuple[Misread, ...]
    agreed: Mapping[str, bool]
    is_empty: bool


def read_returned(pack: ServicePack, fields: Mapping[str, str], *, on: date) -> Returned:
    """Return what the fields of a form say; nothing that was written is dropped in silence."""
    answers: dict[str, Any] = {}
    misread = []
    for page in filter(is_on_paper, pack.form.pages):
        for ask in page.ask:
            attribute = pack.vocabulary[Need.parse(ask.need).attribute]
            if attribute.type in FILES:
                continue
            sent = read_back(ask.need, attribute, fields)
            if not sent:
                if not ask.required:
                    answers[ask.need] = None
                continue
            read = read_answer(attribute, sent, on=on, required=ask.required)
            if isinstance(read, list):
                written = ", ".join(
                    " ".join(one) if isinstance(one, list) else one for one in sent.values()
                )
                misread.append(Misread(page.id, ask.need, written, tuple(read)))
            else:
                answers[ask.need] = read.value
    said = {page.id: fields.get(agreement_name(page.id)) for page in pack.form.pages}
    return Returned(
        answers=answers,
        misread=tuple(misread),
        agreed={page: word == YES for page, word in said.items() if word},
        is_empty=not any(fields.values()),
    )
