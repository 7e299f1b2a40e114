"""Answering a page: told, kept from before, or uploaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from standpipe.applications.actions.choosing import own_things
from standpipe.applications.actions.effects import why_not_received
from standpipe.applications.actions.filing import keep_file
from standpipe.applications.actions.footing import state_footing
from standpipe.applications.actions.loading import Loaded, load_draft
from standpipe.applications.actions.offering import offers
from standpipe.applications.actions.telling import whom
from standpipe.applications.application import Answered, NoSuchPage
from standpipe.applications.choosing import chosen_name, read_choice
from standpipe.applications.models import Consultation
from standpipe.audit.actions import record
from standpipe.documents.cleaning import NotAcceptable, clean
from standpipe.facts.actions import Answer, forget, keep
from standpipe.facts.fact import review_by
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.packs.for_whom import in_words
from standpipe.packs.form import Ask, Page
from standpipe.packs.loaded import vocabulary
from standpipe.packs.repeating import asks_of, items_of
from standpipe.vocabulary.answers import Answer as Read
from standpipe.vocabulary.answers import FieldFault, Submitted, read_answer
from standpipe.vocabulary.attribute import Attribute
from standpipe.vocabulary.inputs import inputs_of
from standpipe.vocabulary.need import Need


def answer(
    reference: str,
    *,
    page: str,
    submitted: Mapping[str, str | list[str]],
    actor: Actor,
    at: datetime,
    item: int | None = None,
) -> Answered:
    """
    Keep what a person sent for a page, or say what is wrong with it.

    `{"keep": "yes"}` keeps what was offered from before. On a page that repeats, `item` is whom
    of several it is about; None adds one.

    :raises NoSuchPage: if it is not asked in this application, or there is no such item
    :raises AlreadySent: if the application is no longer a draft
    """
    with acting(actor):
        loaded = load_draft(reference, actor=actor, at=at)
        asked = page_of(loaded, page)
        if asked.kind == "information":
            _seen(loaded, asked)
            return Answered()
        if submitted.get("keep") == "yes":
            kept = _kept(loaded, asked)
            if kept:
                store(loaded, asked, kept)
                return Answered()
        values: dict[str, Any] = {}
        faults: list[FieldFault] = []
        for ask in _asks(loaded, asked, item):
            attribute = worded(loaded, ask)
            if attribute.type in ("file", "photo"):
                # Files came before, one by one; what is optional may be gone on without.
                if ask.need in loaded.facts:
                    continue
                if ask.required:
                    first = inputs_of(attribute)[0].id
                    faults.append(FieldFault(first, attribute.missing))
                else:
                    values[ask.need] = None
                continue
            read = _read(loaded, ask, attribute, submitted)
            if isinstance(read, list):
                faults.extend(read)
                continue
            values[ask.need] = read.value
            unable = why_not_received(loaded, ask.need, read.value)
            if unable:
                faults.append(FieldFault(inputs_of(attribute)[0].id, unable))
        if faults:
            return Answered(tuple(faults))
        store(loaded, asked, [told(need, value, at=at) for need, value in values.items()])
    return Answered()


def attach(
    reference: str,
    *,
    page: str,
    need: str,
    name: str,
    content: bytes,
    actor: Actor,
    at: datetime,
) -> Answered:
    """
    Keep an uploaded file as the answer to a need, made safe first; say what is wrong with it.

    :raises NoSuchPage: if the page or the need is not asked in this application
    """
    with acting(actor):
        loaded = load_draft(reference, actor=actor, at=at)
        attribute = attribute_of(_ask(page_of(loaded, page), need))
    try:
        # Reading a stranger's file can take seconds: no transaction waits for it.
        cleaned = clean(
            content, name=name, kind="photo" if attribute.type == "photo" else "evidence"
        )
    except NotAcceptable as refused:
        return Answered((FieldFault(inputs_of(attribute)[0].id, refused.message),))
    with acting(actor):
        loaded = load_draft(reference, actor=actor, at=at)
        asked = page_of(loaded, page)
        file = keep_file(loaded, cleaned, actor=actor, at=at)
        store(loaded, asked, [told(need, file.as_value(), at=at)])
    return Answered()


def remove_item(reference: str, *, page: str, item: int, actor: Actor, at: datetime) -> None:
    """
    Forget what a page that repeats was told of one of several.

    :raises NoSuchPage: if the page or the item is not part of this application
    """
    with acting(actor):
        loaded = load_draft(reference, actor=actor, at=at)
        asked = page_of(loaded, page)
        if item not in items_of(asked, loaded.facts):
            raise NoSuchPage("There is no such item in your application.")
        needs = [ask.need for ask in asks_of(asked, item)]
        forget(loaded.permission, needs, application=loaded.row.id)
        _answered(loaded, asked)


def _read(
    loaded: Loaded, ask: Ask, attribute: Attribute, submitted: Submitted
) -> Read | list[FieldFault]:
    on = loaded.permission.at.date()
    if ask.chosen_from and chosen_name(attribute) in submitted:
        own = own_things(loaded)
        return read_choice(attribute, submitted, own, on=on, required=ask.required)
    return read_answer(attribute, submitted, on=on, required=ask.required)


def _asks(loaded: Loaded, page: Page, item: int | None) -> Sequence[Ask]:
    if page.repeat is None:
        return page.ask
    known = items_of(page, loaded.facts)
    if item is None and len(known) < page.repeat.most:
        return asks_of(page, max(known, default=0) + 1)
    if item is None or item not in known:
        raise NoSuchPage("There is no such item in your application.")
    return asks_of(page, item)


def page_of(loaded: Loaded, page: str) -> Page:
    """
    Return a page that is asked in this application.

    :raises NoSuchPage: if there is none of that name, or its condition does not hold
    """
    for one in loaded.standing.visible:
        if one.id == page:
            return one
    raise NoSuchPage("This page is not part of your application.")


def attribute_of(ask: Ask) -> Attribute:
    """Return the attribute that an ask is about."""
    return vocabulary()[Need.parse(ask.need).attribute]


def worded(loaded: Loaded, ask: Ask) -> Attribute:
    """Return the attribute that an ask is about, in words about whom the application is for."""
    return in_words(attribute_of(ask), ask.need, whom(loaded))


def told(need: str, value: Any, *, at: datetime) -> Answer:
    """Return a told value as it is kept."""
    attribute = vocabulary()[Need.parse(need).attribute]
    return Answer(need, value, review_by=review_by(attribute, at=at))


def keep_told(loaded: Loaded, answers: Sequence[Answer]) -> None:
    """Keep what somebody told outside the pages: on paper, by a system, or for what is renewed."""
    kept = keep(
        loaded.permission,
        answers,
        application=loaded.row.id,
        person=loaded.row.person_id,
        organisation=loaded.row.organisation_id,
        source="told",
        assurance="claimed",
        form=loaded.form,
        page="",
        known=loaded.facts,
    )
    loaded.learn(kept)


def store(loaded: Loaded, page: Page, answers: Sequence[Answer]) -> None:
    """Keep a page's answers; what a registry was told that is now different is asked again."""
    changed = [one for one in answers if loaded.answers.get(one.need, _NEVER) != one.value]
    keep(
        loaded.permission,
        [one for one in answers if one in changed or one.need not in loaded.facts],
        application=loaded.row.id,
        person=loaded.row.person_id,
        organisation=loaded.row.organisation_id,
        source="told",
        assurance="claimed",
        form=loaded.form,
        page=page.id,
    )
    _ask_again(loaded, {one.need for one in changed})
    state_footing(loaded, {one.need for one in changed})
    _answered(loaded, page)


def _answered(loaded: Loaded, page: Page) -> None:
    record(
        "application.answered",
        actor=loaded.permission.actor,
        at=loaded.permission.at,
        organisation=loaded.row.organisation_id,
        subjects=[loaded.row.person_id],
        what=loaded.what,
        purpose=loaded.pack.purpose.id,
        detail={"page": page.id},
    )


def _seen(loaded: Loaded, page: Page) -> None:
    Consultation.objects.get_or_create(
        application=loaded.row,
        page=page.id,
        defaults={
            "organisation_id": loaded.row.organisation_id,
            "person_id": loaded.row.person_id,
            "status": "seen",
            "at": loaded.permission.at,
        },
    )


_NEVER = object()


def _ask_again(loaded: Loaded, changed: set[str]) -> None:
    for page in loaded.pack.form.pages:
        told_of = changed & loaded.standing.sources(page.discloses)
        if page.kind == "consult" and page.id in loaded.consultations and told_of:
            Consultation.objects.filter(application=loaded.row, page=page.id).delete()
            forget(loaded.permission, page.fetched, application=loaded.row.id)


def _kept(loaded: Loaded, page: Page) -> list[Answer]:
    offered = offers(loaded, [ask.need for ask in page.ask])
    if any(ask.required and ask.need not in offered for ask in page.ask):
        return []
    return [
        Answer(
            need,
            fact.value,
            valid_until=fact.valid_until,
            review_by=fact.review_by,
            kept_from=fact.id,
        )
        for need, fact in offered.items()
    ]


def _ask(page: Page, need: str) -> Ask:
    for ask in page.ask:
        if ask.need == need:
            return ask
    raise NoSuchPage("This file is not asked for here.")
