"""Saving an application for later, and coming back to it with a code by e-mail or by text."""

from __future__ import annotations

import hmac
import secrets
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from standpipe.applications.actions.loading import Loaded, load, load_draft
from standpipe.applications.actions.telling import Address, tell
from standpipe.applications.application import Answered, WrongCode
from standpipe.applications.models import ReturnCode
from standpipe.audit.actions import record
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.kernel.canonical import digest
from standpipe.kernel.text import Text
from standpipe.packs.loaded import vocabulary
from standpipe.vocabulary.answers import FieldFault, read_answer
from standpipe.vocabulary.people import dialled

CODE_LASTS = timedelta(minutes=15)
# 5 tries at 6 digits: a guesser's chance is 1 in 200,000 for each code they can have sent.
MOST_TRIES = 5
PAUSE_BETWEEN_CODES = timedelta(seconds=30)
_NOWHERE = Text(
    "Enter an email address or a mobile phone number",
    "Rhowch gyfeiriad e-bost neu rif ffôn symudol",
)


def way_back(*, email: str, mobile: str, on: date) -> Address | tuple[FieldFault, ...]:
    """Read where a code is to be sent: an e-mail address, or else a mobile phone number."""
    given = ("contact.email", email) if email.strip() else ("contact.mobile", mobile)
    if not given[1].strip():
        return (FieldFault(vocabulary()["contact.email"].field_id, _NOWHERE),)
    attribute = vocabulary()[given[0]]
    read = read_answer(attribute, {attribute.field_name: given[1]}, on=on)
    if isinstance(read, list):
        return tuple(FieldFault(fault.field, fault.message) for fault in read)
    if attribute.type == "mobile":
        return Address("sms", dialled(str(read.value)))
    return Address("email", str(read.value))


def save(
    reference: str, *, email: str = "", mobile: str = "", actor: Actor, at: datetime
) -> Answered:
    """Save a draft for later: the person is sent its reference and how to come back."""
    to = way_back(email=email, mobile=mobile, on=at.date())
    if not isinstance(to, Address):
        return Answered(to)
    with acting(actor):
        loaded = load_draft(reference, actor=actor, at=at)
        ReturnCode.objects.update_or_create(
            application=loaded.row,
            defaults={"address": to.where, "code_sha256": "", "sent_at": None, "tries": 0},
        )
        _record(loaded, "application.saved", at)
        tell(loaded, "saved", to=to, values={}, at=at, once=f"saved:{at.isoformat()}")
    return Answered()


def send_return_code(reference: str, *, to: Address, at: datetime) -> None:
    """
    Send a code to come back with, if there is such an application with this address.

    Nothing tells whether there is: who asks learns nothing.
    """
    found = _saved(reference, to)
    if found is None:
        return
    actor = _returning(found)
    with acting(actor):
        loaded = load(reference.strip().upper(), actor=actor, at=at, lock=True)
        way = ReturnCode.objects.select_for_update().get(application=loaded.row)
        if way.sent_at and way.sent_at + PAUSE_BETWEEN_CODES > at:
            return
        code = f"{secrets.randbelow(1_000_000):06}"
        way.code_sha256 = _hashed(loaded, code)
        way.sent_at = at
        way.tries = 0
        way.save()
        tell(
            loaded,
            "return_code",
            to=to,
            values={"code": code},
            at=at,
            once=f"code:{at.isoformat()}",
        )


def come_back(reference: str, *, to: Address, code: str, at: datetime) -> UUID:
    """
    Return who made the application, to who gives the code that was sent.

    :raises WrongCode: if the code is wrong, too old, or was tried too often
    """
    wrong = WrongCode(
        "The code is not correct, or it is more than 15 minutes old. Ask for a new code."
    )
    found = _saved(reference, to)
    if found is None:
        raise wrong
    actor = _returning(found)
    with acting(actor):
        loaded = load(reference.strip().upper(), actor=actor, at=at, lock=True)
        way = ReturnCode.objects.select_for_update().get(application=loaded.row)
        way.tries += 1
        good = (
            way.sent_at is not None
            and at <= way.sent_at + CODE_LASTS
            and way.tries <= MOST_TRIES
            and hmac.compare_digest(way.code_sha256, _hashed(loaded, code))
        )
        if good:
            way.code_sha256 = ""
            way.sent_at = None
            _record(loaded, "application.resumed", at)
        way.save()
    # A wrong try is committed before it is refused: refusing inside would undo the count.
    if not good:
        raise wrong
    return found.representative or found.person


class _Saved(NamedTuple):
    application: UUID
    person: UUID
    organisation: UUID
    mandate: UUID | None
    representative: UUID | None


def _saved(reference: str, to: Address) -> _Saved | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT application, person, organisation, mandate, representative"
            " FROM saved_application(%s, %s)",
            [reference.strip().upper(), to.where],
        )
        row = cursor.fetchone()
    return _Saved(*row) if row else None


def _returning(found: _Saved) -> Actor:
    if found.mandate is None:
        return Actor(kind="person", id=str(found.person), name="The applicant", person=found.person)
    return Actor(
        kind="on_behalf",
        id=str(found.representative or found.person),
        name="",
        person=found.person,
        mandate=found.mandate,
    )


def _hashed(loaded: Loaded, code: str) -> str:
    digits = "".join(one for one in code if one.isdecimal())
    return digest(f"{loaded.row.id}:{digits}")


def _record(loaded: Loaded, verb: str, at: datetime) -> None:
    record(
        verb,
        actor=loaded.permission.actor,
        at=at,
        organisation=loaded.row.organisation_id,
        subjects=[loaded.row.person_id],
        what=loaded.what,
        purpose=loaded.pack.purpose.id,
    )
