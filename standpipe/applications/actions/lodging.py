"""An application that a system of the organisation lodges for a person: whole, or file by file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from standpipe.applications.actions.answering import attribute_of, keep_told, told
from standpipe.applications.actions.beginning import check_for_whom, enter, offered
from standpipe.applications.actions.concerning import Concerns, renewable
from standpipe.applications.actions.filing import keep_file
from standpipe.applications.actions.footing import state_footing
from standpipe.applications.actions.loading import Loaded, load_draft
from standpipe.applications.actions.submitting import check_finished, finish
from standpipe.applications.application import NoSuchPage, Submitted
from standpipe.applications.channels import Channel
from standpipe.applications.models import Consultation
from standpipe.cases import actions as cases
from standpipe.consent.actions import permit_task
from standpipe.consent.mandate import ForWhom
from standpipe.documents.cleaning import Cleaned, Kind
from standpipe.facts.actions import Answer
from standpipe.identity.actions import new_person
from standpipe.identity.actor import Actor
from standpipe.kernel.errors import Refused
from standpipe.kernel.text import Text
from standpipe.packs.form import Ask
from standpipe.packs.pack import ServicePack
from standpipe.packs.repeating import as_asked, asks_for
from standpipe.places.actions import organisation_id
from standpipe.rows.actions import add
from standpipe.vocabulary.answers import FieldFault, read_value
from standpipe.vocabulary.need import NotANeed

NOT_ASKED = Text(
    "This service does not ask for this. Leave it out.",
    "Nid yw'r gwasanaeth hwn yn gofyn am hyn. Gadewch ef allan.",
)
SEND_THE_FILE = Text(
    "Lodge the application as a draft, and send the file to it.",
    "Cyflwynwch y cais fel drafft, ac anfonwch y ffeil ato.",
)
_FILES = ("file", "photo")


class NotTaken(Refused):
    """Some answers cannot be taken; `faults` tells which, by need, and how to mend each."""

    def __init__(self, faults: Mapping[str, list[FieldFault]]) -> None:
        super().__init__(f"{len(faults)} answers cannot be taken as they are.")
        self.faults = faults


def lodge(
    service: str,
    *,
    answers: Mapping[str, Any],
    language: str,
    channel: Channel,
    actor: Actor,
    at: datetime,
    for_whom: ForWhom = "self",
    renews: UUID | None = None,
) -> Loaded:
    """
    Enter a draft with answers, in the caller's transaction; `send_lodged` sends it.

    `renews` is the entry of the organisation's register that it would take the place of; it is
    then about that entry's holder.

    `answers` maps needs to values in plain JSON; what is optional and left out was not told;
    files follow by `lodge_file`.

    :raises NoSuchService: if the place does not offer it
    :raises NotForThem: if the service cannot be applied for so
    :raises NotPermitted: if another organisation offers it
    :raises NotTaken: if an answer is wrong or not asked for
    :raises NoSuchEntry: if what it renews is not theirs
    :raises NotAboutThat: if that cannot be renewed now
    """
    pack = offered(service)
    check_for_whom(pack, for_whom)
    permission = permit_task(
        actor, organisation=organisation_id(pack.organisation), purpose=pack.purpose.id, at=at
    )
    kept = _read(pack, answers, at)
    old = None if renews is None else renewable(pack, renews, permission)
    person = old.person if old else new_person(at=at)
    row = enter(
        pack,
        person=person,
        actor=actor,
        language=language,
        channel=channel,
        at=at,
        for_whom=for_whom,
        concerns=Concerns(renews=renews),
    )
    loaded = Loaded.entered(row, pack, permission)
    _keep(loaded, kept)
    _pass_over(loaded)
    return loaded


def file_kind(reference: str, *, need: str, actor: Actor, at: datetime) -> Kind:
    """
    Return what kind of file a draft asks for at a need, before the file is opened.

    :raises NoSuchPage: if its service asks no file there
    """
    loaded = load_draft(reference, actor=actor, at=at)
    return "photo" if attribute_of(_file_ask(loaded.pack, need)).type == "photo" else "evidence"


def lodge_file(
    reference: str, *, need: str, cleaned: Cleaned, actor: Actor, at: datetime
) -> Mapping[str, Any]:
    """
    Keep a file as the answer to a need of a draft, in the caller's transaction.

    :raises NoSuchPage: if its service asks no file there
    :raises AlreadySent: if it is no longer a draft
    """
    loaded = load_draft(reference, actor=actor, at=at)
    _file_ask(loaded.pack, need)
    file = keep_file(loaded, cleaned, actor=actor, at=at).as_value()
    _keep(loaded, [told(need, file, at=at)])
    return file


def send_lodged(loaded: Loaded, *, declared: bool) -> Submitted:
    """
    Send a lodged application; a fee is taken by the system that lodges it.

    :raises NotDeclared: if the declaration was not accepted
    :raises Unfinished: if something is missing, with the page that asks it
    """
    check_finished(loaded, declared=declared)
    return finish(loaded)


def send_as_given(loaded: Loaded) -> Submitted:
    """
    Send an application that was made on another body's form, and declared there.

    What that form does not ask stays unanswered: a person sees to it, and no rules decide alone.
    """
    missing = loaded.standing.unanswered()
    submitted = finish(loaded)
    if missing and submitted.state == "received":
        shown = "; ".join(attribute_of(ask).label.en for ask in missing)
        cases.note(
            loaded.row.reference,
            text=f"Not asked on the form it was made on: {shown}",
            actor=loaded.permission.actor,
            at=loaded.permission.at,
        )
    return submitted


def _pass_over(loaded: Loaded) -> None:
    """
    Mark as not asked what only the person themselves can agree to or read.

    The rules then go by what the system tells, and decide nothing alone on it.
    """
    statuses = {"consult": "not_asked", "information": "seen"}
    passed_over = [
        Consultation(
            application_id=loaded.row.id,
            organisation_id=loaded.row.organisation_id,
            person_id=loaded.row.person_id,
            page=page.id,
            registry=page.registry or "",
            status=statuses[page.kind],
            at=loaded.permission.at,
        )
        for page in loaded.pack.form.pages
        if page.kind in statuses
    ]
    add(*passed_over)
    loaded.learn({}, consultations=passed_over)


def _keep(loaded: Loaded, answers: list[Answer]) -> None:
    keep_told(loaded, answers)
    state_footing(loaded, {one.need for one in answers})


def _read(pack: ServicePack, answers: Mapping[str, Any], at: datetime) -> list[Answer]:
    asks = _asks(pack)
    faults: dict[str, list[FieldFault]] = {}
    kept = []
    for need, value in answers.items():
        ask = _ask(asks, need)
        if ask is None:
            faults[need] = [FieldFault(need, NOT_ASKED)]
            continue
        attribute = attribute_of(ask)
        if attribute.type in _FILES:
            # A file is what was sent and made safe, never what somebody says is here already.
            faults[need] = [FieldFault(need, SEND_THE_FILE)]
            continue
        read = read_value(attribute, value, on=at.date(), required=ask.required)
        if isinstance(read, list):
            faults[need] = read
        else:
            kept.append(told(need, read.value, at=at))
    if faults:
        raise NotTaken(faults)
    left_out = (
        ask.need
        for page in pack.form.pages
        for ask in asks_for(page, answers)
        if ask.need not in answers and not ask.required
    )
    return [*kept, *(told(need, None, at=at) for need in left_out)]


def _asks(pack: ServicePack) -> dict[str, Ask]:
    return {ask.need: ask for page in pack.form.pages for ask in page.ask}


def _ask(asks: Mapping[str, Ask], need: str) -> Ask | None:
    """Return what asks for a need, such as vehicle[1]/vehicle.kind; None if nothing does."""
    try:
        return None if "[]" in need else asks.get(as_asked(need))
    except NotANeed:
        return None


def _file_ask(pack: ServicePack, need: str) -> Ask:
    ask = _asks(pack).get(need)
    if ask is None or attribute_of(ask).type not in _FILES:
        raise NoSuchPage("This service asks for no file of this name.")
    return ask
