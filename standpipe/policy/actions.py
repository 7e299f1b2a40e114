"""Drafting a rule, proposing it, and putting it into force by a second person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from standpipe.audit.actions import record
from standpipe.dmn import FaultyModel
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.kernel.canonical import canonical_json, digest
from standpipe.kernel.errors import FaultyFiles
from standpipe.kernel.identifiers import new_id
from standpipe.packs.actions import keep_version, newest, publish
from standpipe.packs.library import read_pack_files
from standpipe.packs.loaded import kept, packs_in_folder, place, vocabulary
from standpipe.packs.pack import ServicePack
from standpipe.packs.version import next_minor
from standpipe.places.actions import organisation_id
from standpipe.policy.checking import Checked, check, result_of, table_faults
from standpipe.policy.draft import (
    ChangedMeanwhile,
    NoReason,
    NoSuchDraft,
    NotAllowedNow,
    NotOurs,
    NotReady,
    Outdated,
    SamePerson,
    TooEarly,
)
from standpipe.policy.models import Draft
from standpipe.policy.table_text import Place as CellPlace
from standpipe.policy.table_text import (
    with_cells,
    with_row_copied,
    with_row_raised,
    without_row,
)
from standpipe.policy.template_text import fields_of, read_fields, template_of
from standpipe.policy.yaml_text import SERVICE, with_expectation, with_fee, with_version


def begin_draft(service: str, *, actor: Actor, at: datetime) -> UUID:
    """
    Begin a draft upon the version that was last published.

    :raises NotOurs: if another organisation decides on the rules of this service
    """
    with acting(actor):
        pack = _latest(service, actor)
        keep_version(pack, at=at)
        draft = Draft.objects.create(
            organisation_id=actor.organisation,
            service=service,
            base_id=pack.sha256,
            state="draft",
            author_id=UUID(actor.id),
            author_name=actor.name,
            begun_at=at,
            changed_at=at,
        )
        _record("rule.drafted", draft, actor=actor, at=at)
    return draft.id


def change_cells(
    draft: UUID,
    table: str,
    texts: Mapping[CellPlace, str],
    *,
    seen: str,
    actor: Actor,
    at: datetime,
) -> None:
    """
    Write texts into cells of a table.

    `seen` is the mark of the draft as it was shown. Gaps and overlaps may be kept for a while,
    and are only in the way of proposing; a text that cannot stand in its cell is not kept.

    :raises FaultyModel: naming each cell with what is wrong and how to mend it
    :raises ChangedMeanwhile: if somebody else changed the draft since
    """
    with acting(actor):
        row = _open(draft, seen=seen)
        path = _file_of(row, table)
        _keep(row, path, with_cells(_files(row)[path], table, texts), actor=actor, at=at)


def change_row(
    draft: UUID, table: str, number: int, *, how: str, seen: str, actor: Actor, at: datetime
) -> None:
    """Copy a row below itself, remove it, or move it up or down: copy, remove, up, down."""
    with acting(actor):
        row = _open(draft, seen=seen)
        path = _file_of(row, table)
        text = _files(row)[path]
        ways: dict[str, Callable[[], str]] = {
            "copy": lambda: with_row_copied(
                text, table, number, identifier=f"row_{new_id().hex[-8:]}"
            ),
            "remove": lambda: without_row(text, table, number),
            "up": lambda: with_row_raised(text, table, number),
            "down": lambda: with_row_raised(text, table, number + 1),
        }
        _keep(row, path, ways[how](), actor=actor, at=at)


def change_fee(
    draft: UUID,
    *,
    since: date,
    amount_pence: int,
    law: str,
    refundable: bool,
    actor: Actor,
    at: datetime,
) -> None:
    """
    Set the fee from a day on.

    :raises NotReady: if the law does not allow it
    """
    with acting(actor):
        row = _open(draft)
        files = _files(row)
        path, text = with_fee(
            files,
            nation=place().nation,
            since=since,
            amount_pence=amount_pence,
            law=law,
            refundable=refundable,
        )
        before = {str(one) for one in _checked(row, files).others}
        faults = _checked(row, {**files, path: text}).others
        new = [fault for fault in faults if str(fault) not in before]
        if new:
            raise NotReady(" ".join(f"{fault.message} {fault.mend}" for fault in new))
        _keep(row, path, text, actor=actor, at=at)


def change_text(
    draft: UUID,
    folder: str,
    name: str,
    sent: Mapping[str, str],
    *,
    seen: str,
    actor: Actor,
    at: datetime,
) -> None:
    """
    Write a message or a letter anew, in both languages at once.

    :raises FaultyText: naming each field with an unknown, broken or missing placeholder
    :raises NoSuchText: if the service has no such message or letter
    :raises ChangedMeanwhile: if somebody else changed the draft since
    """
    with acting(actor):
        row = _open(draft, seen=seen)
        base = kept(row.base_id)
        written, files = read_fields(base, folder, name, sent)
        # What says the same again is as it was, whatever quotes its file has.
        as_it_was = fields_of(written) == fields_of(template_of(base, folder, name))
        for path, text in files.items():
            _keep(row, path, base.files[path] if as_it_was else text, actor=actor, at=at)


def replace_table(draft: UUID, path: str, text: str, *, actor: Actor, at: datetime) -> None:
    """
    Take a whole file of tables in place of the draft's, as another tool has written it.

    :raises FaultyModel: naming each cell that cannot be read
    :raises NotReady: if its tables are not those that the service needs
    """
    with acting(actor):
        row = _open(draft)
        files = _files(row)
        if path not in files:
            raise NotReady(f"The service has no file {path}.")
        faults, _ = table_faults(text, path)
        if faults:
            raise FaultyModel(faults)
        others = _checked(row, {**files, path: text}).others
        if others:
            raise NotReady(" ".join(f"{fault.message} {fault.mend}" for fault in others))
        _keep(row, path, text, actor=actor, at=at)


def accept_example(draft: UUID, file: str, situation: str, *, actor: Actor, at: datetime) -> None:
    """
    Let what the draft says of an example be what is expected of it from now on.

    :raises NotReady: if the draft cannot say anything of it yet
    """
    with acting(actor):
        row = _open(draft)
        files = _files(row)
        pack = _checked(row, files).pack
        found = [
            one
            for one in (pack.examples if pack else ())
            if (one.file, one.situation) == (file, situation)
        ]
        said = result_of(found[0], pack) if pack and found else None
        if said is None:
            raise NotReady("Mend the table first: it does not answer this example.")
        text = with_expectation(files[file], situation, said.expect, answers=said.answers)
        _keep(row, file, text, actor=actor, at=at)


def propose(draft: UUID, *, reason: str, valid_from: date, actor: Actor, at: datetime) -> None:
    """
    Hand a draft to a second person, with the reason and the day from which it is to apply.

    :raises NotReady: while there are gaps, overlaps, idle rows, rows without law, failing examples
    :raises TooEarly: if the day is past
    """
    with acting(actor):
        row = _open(draft)
        if not reason.strip():
            raise NoReason("Say why the rule changes.")
        if valid_from < at.date():
            raise TooEarly("Choose today or a later day: decisions that were made stay as made.")
        _ready(row)
        row.state, row.reason, row.valid_from = "proposed", reason.strip(), valid_from
        row.proposed_at = at
        row.save(update_fields=["state", "reason", "valid_from", "proposed_at"])
        _record("rule.proposed", row, actor=actor, at=at)


def send_back(draft: UUID, *, why: str, actor: Actor, at: datetime) -> None:
    """
    Give a proposed draft back to be changed.

    :raises NoReason: if it is not said why
    """
    with acting(actor):
        row = _locked(draft, "proposed")
        if not why.strip():
            raise NoReason("Say what has to change.")
        row.state, row.returned, row.proposed_at = "draft", why.strip(), None
        row.save(update_fields=["state", "returned", "proposed_at"])
        _record("rule.returned", row, actor=actor, at=at)


def approve_and_publish(draft: UUID, *, actor: Actor, at: datetime) -> str:
    """
    Put a proposed rule into force; return its version. Whoever wrote it cannot.

    New applications begin with it from its day on; those that were begun keep the old rule.

    :raises SamePerson: if the actor wrote it
    :raises Outdated: if another version was published since it was begun
    :raises NotReady: if something is wrong with it after all
    """
    with acting(actor):
        row = _locked(draft, "proposed")
        if row.author_id == UUID(actor.id):
            raise SamePerson("Somebody else has to approve what you wrote.")
        latest = _latest(row.service, actor)
        if latest.sha256 != row.base_id:
            raise Outdated("Another version was published since. Start from that one.")
        earlier = newest(row.service)
        valid_from = max(row.valid_from, at.date())
        if earlier is not None and valid_from < earlier.valid_from:
            raise TooEarly(f"The version before it applies from {earlier.valid_from} only.")
        _ready(row)
        files = _files(row)
        version = next_minor(latest.version)
        files[SERVICE] = with_version(files[SERVICE], version)
        try:
            pack = read_pack_files(row.service, files, vocabulary=vocabulary(), place=place())
        except FaultyFiles as faulty:
            raise NotReady(str(faulty)) from None
        try:
            publish(pack, valid_from=valid_from, at=at)
        except IntegrityError:
            raise Outdated("Another version was published at this moment. Look again.") from None
        row.state, row.version, row.published_id = "published", version, pack.sha256
        row.approved_by_id, row.approved_name = UUID(actor.id), actor.name
        row.published_at, row.valid_from = at, valid_from
        row.save()
        _record("rule.published", row, actor=actor, at=at, sha256=pack.sha256, version=version)
    return version


def discard(draft: UUID, *, actor: Actor, at: datetime) -> None:
    """Give a draft up; it stays readable."""
    with acting(actor):
        row = _locked(draft, "draft", "proposed")
        row.state = "discarded"
        row.save(update_fields=["state"])
        _record("rule.discarded", row, actor=actor, at=at)


def mark_of(texts: Mapping[str, str]) -> str:
    """Return a short mark that changes with the texts of a draft."""
    return digest(canonical_json(dict(texts)))[:16]


def _latest(service: str, actor: Actor) -> ServicePack:
    folder = packs_in_folder()
    if service not in folder or organisation_id(folder[service].organisation) != actor.organisation:
        raise NotOurs("Another organisation decides on the rules of this service.")
    published = newest(service)
    return published.pack if published else folder[service]


def _locked(draft: UUID, *states: str) -> Draft:
    row = Draft.objects.select_for_update().filter(id=draft).first()
    if row is None:
        raise NoSuchDraft("There is no such draft in your organisation.")
    if row.state not in states:
        raise NotAllowedNow("The draft has moved on. Look at it again.")
    return row


def _open(draft: UUID, *, seen: str | None = None) -> Draft:
    row = _locked(draft, "draft")
    if seen is not None and seen != mark_of(row.texts):
        raise ChangedMeanwhile("Somebody changed this draft meanwhile. Look at it again.")
    return row


def _files(row: Draft) -> dict[str, str]:
    return {**kept(row.base_id).files, **row.texts}


def _file_of(row: Draft, table: str) -> str:
    for step in kept(row.base_id).latest_steps:
        if step.decision.name == table:
            return step.decision.file
    raise NoSuchDraft("There is no such table in this service.")


def _checked(row: Draft, files: Mapping[str, str]) -> Checked:
    return check(row.service, files, vocabulary=vocabulary(), place=place())


def _ready(row: Draft) -> None:
    if not row.texts:
        raise NotReady("Nothing has changed yet.")
    if not _checked(row, _files(row)).ready:
        raise NotReady("Mend the gaps, overlaps and examples that the draft names first.")


def _keep(row: Draft, path: str, text: str, *, actor: Actor, at: datetime) -> None:
    if path.endswith(".dmn"):
        faults, _ = table_faults(text, path)
        if faults:
            raise FaultyModel(faults)
    texts = {**row.texts, path: text}
    if text == kept(row.base_id).files[path]:
        del texts[path]
    if texts == row.texts:
        return
    row.texts, row.changed_at = texts, at
    row.save(update_fields=["texts", "changed_at"])
    _record("rule.changed", row, actor=actor, at=at, file=path, sha256=digest(text))


def _record(verb: str, row: Draft, *, actor: Actor, at: datetime, **detail: Any) -> None:
    record(
        verb,
        actor=actor,
        at=at,
        organisation=row.organisation_id,
        subjects=[],
        what=f"draft:{row.id}",
        detail={"service": row.service, **detail},
    )
