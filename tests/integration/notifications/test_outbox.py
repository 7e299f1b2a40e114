"""Every message goes out once: Notify fails, tasks run twice, workers die in the middle."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from standpipe.consent.actions import permit_own, permit_task
from standpipe.gateway.contracts import MessageSender, OutgoingMessage
from standpipe.identity.actions import new_person, note_death
from standpipe.identity.actor import Actor, system
from standpipe.identity.tenancy import acting
from standpipe.kernel.identifiers import new_id
from standpipe.notifications.actions import outbox, queue
from standpipe.notifications.delivery import GIVE_UP_AFTER, LEASE
from standpipe.notifications.queries import MessageView, messages_of
from standpipe.notifications.tasks import deliver_by, follow_by, sweep
from standpipe.places.actions import organisation_id
from tests.integration.outside import Outside

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
COUNTY, TRUST = organisation_id("borrowdale_county"), organisation_id("borrowdale_nhs")
WORKER = system(COUNTY, task="test")


@pytest.fixture
def sender(notify: Outside) -> MessageSender:
    return notify.connectors(read_seconds=30.0, deadline_seconds=60.0).contract(MessageSender)


@pytest.fixture
def hasty(notify: Outside) -> MessageSender:
    """One that does not wait long for who is silent."""
    return notify.connectors(read_seconds=1.0, deadline_seconds=2.0).contract(MessageSender)


def a_person() -> Actor:
    return Actor(kind="person", id="p", name="Ada", person=new_person(at=AT))


def write(person: Actor, **more: Any) -> UUID:
    with acting(more.pop("actor", person)) as actor:
        return queue(
            **{
                "name": "received",
                "channel": "email",
                "to": "ada@example.org",
                "language": "en",
                "subject": "We have your application",
                "body": "Dear Ada, your reference is BB-1.",
                "what": f"application:{new_id()}",
                "person": person.person,
                "organisation": COUNTY,
                "actor": actor,
                "at": AT,
                **more,
            }
        )


def seen(message: UUID) -> MessageView:
    permission = permit_task(WORKER, organisation=COUNTY, purpose="test", at=AT)
    with acting(WORKER), connection.cursor() as cursor:
        cursor.execute("SELECT what FROM notifications_message WHERE id = %s", [message])
        (what,) = cursor.fetchone()
        return next(one for one in messages_of(what, permission=permission) if one.id == message)


def at_notify(notify: Outside, message: UUID) -> list[dict[str, Any]]:
    listed = notify.get("/messages.json")["messages"]
    return [one for one in listed if one["reference"] == str(message)]


def jobs_of(owner: psycopg.Connection, message: UUID) -> list[tuple[str, str]]:
    return owner.execute(
        "SELECT task_name, status::text FROM procrastinate_jobs"
        " WHERE args->>'message_id' = %s ORDER BY id",
        [str(message)],
    ).fetchall()


class _InThread:
    """A thread with a database connection of its own, closed at its end."""

    def __init__(self, step: Callable[..., object]) -> None:
        self._step = step

    def __call__(self, *arguments: object) -> object:
        try:
            return self._step(*arguments)
        finally:
            connection.close()


def test_a_message_goes_out_with_its_words_and_its_reference(notify, sender):
    message = write(a_person())

    deliver_by(sender, message, organisation=COUNTY, at=AT)

    (sent,) = at_notify(notify, message)
    assert sent["subject"] == "We have your application"
    assert "Dear Ada" in sent["body"]
    assert seen(message).state == "sent"


def test_a_text_message_goes_to_a_phone(notify, sender):
    message = write(a_person(), channel="sms", to="07700 900123", subject="")

    deliver_by(sender, message, organisation=COUNTY, at=AT)

    assert at_notify(notify, message)[0]["type"] == "sms"


def test_message_and_job_stand_or_fall_with_the_act(owner):
    ada = a_person()
    with pytest.raises(RuntimeError, match="the act failed"), acting(ada):
        message = write(ada)
        raise RuntimeError("the act failed")

    assert jobs_of(owner, message) == []
    rows = owner.execute("SELECT 1 FROM notifications_message WHERE id = %s", [message])
    assert rows.fetchone() is None

    kept = write(ada)
    assert jobs_of(owner, kept) == [("notifications.deliver", "todo")]


def test_the_same_message_is_written_once_and_a_return_code_each_time(owner):
    ada = a_person()
    what = f"application:{new_id()}"

    first, second = write(ada, what=what), write(ada, what=what, body="other words")
    codes = {write(ada, what=what, name="return_code") for _ in range(2)}

    assert first == second
    assert len(codes) == 2
    assert len(jobs_of(owner, first)) == 1
    assert seen(first).body.startswith("Dear Ada")


def test_the_same_message_asked_for_by_several_at_once_is_written_once(owner):
    ada = a_person()
    what = f"application:{new_id()}"

    with ThreadPoolExecutor(6) as several:
        asked = list(several.map(_InThread(lambda _: write(ada, what=what)), range(12)))

    assert len(set(asked)) == 1
    rows = owner.execute("SELECT count(*) FROM notifications_message WHERE what = %s", [what])
    assert rows.fetchone() == (1,)


def test_a_task_that_runs_twice_sends_once(notify, sender):
    message = write(a_person())

    for minutes in range(5):
        deliver_by(sender, message, organisation=COUNTY, at=AT + timedelta(minutes=minutes))

    assert len(at_notify(notify, message)) == 1


def test_tasks_that_run_at_once_send_once(notify, sender):
    messages = [write(a_person()) for _ in range(5)]

    def deliver_one(number: int) -> None:
        deliver_by(sender, messages[number % 5], organisation=COUNTY, at=AT)

    with ThreadPoolExecutor(8) as several:
        list(several.map(_InThread(deliver_one), range(40)))

    for message in messages:
        assert len(at_notify(notify, message)) == 1
        assert seen(message).state == "sent"


@pytest.mark.parametrize("fault", ["dropped", "silent", "malformed", "error"])
def test_a_message_taken_over_without_an_answer_is_not_sent_again(notify, sender, hasty, fault):
    # These faults spoil the answer only: by then Notify has the message.
    message = write(a_person())
    notify.fail_by(fault)

    deliver_by(hasty if fault == "silent" else sender, message, organisation=COUNTY, at=AT)

    assert seen(message).state == "sending"
    notify.fail_by(None)
    soon = AT + timedelta(seconds=5)
    deliver_by(sender, message, organisation=COUNTY, at=soon)
    assert seen(message).state == "sending"

    deliver_by(sender, message, organisation=COUNTY, at=AT + 2 * LEASE)
    assert seen(message).state == "sent"
    assert len(at_notify(notify, message)) == 1


def test_while_nobody_can_look_nothing_is_sent_again(notify, sender):
    message = write(a_person())
    notify.fail_by("dropped")
    deliver_by(sender, message, organisation=COUNTY, at=AT)
    deliver_by(sender, message, organisation=COUNTY, at=AT + timedelta(minutes=2))
    deliver_by(sender, message, organisation=COUNTY, at=AT + timedelta(minutes=10))

    assert seen(message).state == "sending"
    notify.fail_by(None)
    assert len(at_notify(notify, message)) == 1
    deliver_by(sender, message, organisation=COUNTY, at=AT + timedelta(hours=1))
    assert len(at_notify(notify, message)) == 1
    assert seen(message).state == "sent"


def test_notify_killed_in_the_middle_and_back_again(notify, sender):
    message = write(a_person())
    notify.kill()

    deliver_by(sender, message, organisation=COUNTY, at=AT)

    waiting = seen(message)
    assert waiting.state == "waiting"
    assert waiting.trouble == "govuk_notify: unavailable"
    notify.start()
    deliver_by(sender, message, organisation=COUNTY, at=AT + timedelta(minutes=1))
    assert len(at_notify(notify, message)) == 1


def test_a_worker_killed_between_claim_and_call_delays_a_message_and_no_more(notify, sender):
    message = write(a_person())
    outbox.claim(message, organisation=COUNTY, at=AT)

    deliver_by(sender, message, organisation=COUNTY, at=AT + LEASE / 2)
    assert at_notify(notify, message) == []

    deliver_by(sender, message, organisation=COUNTY, at=AT + LEASE)
    assert len(at_notify(notify, message)) == 1


def test_a_worker_killed_between_call_and_note_sends_nothing_twice(notify, sender):
    message = write(a_person())
    claimed = outbox.claim(message, organisation=COUNTY, at=AT)
    sender.send(
        OutgoingMessage(
            "email", claimed.to, claimed.name, {"subject": "s", "body": "b"}, str(message)
        )
    )

    deliver_by(sender, message, organisation=COUNTY, at=AT + LEASE)

    assert len(at_notify(notify, message)) == 1
    assert seen(message).state == "sent"


def test_who_comes_back_after_the_lease_changes_nothing_but_that_it_is_sent():
    message = write(a_person())
    slow = outbox.claim(message, organisation=COUNTY, at=AT)
    quick = outbox.claim(message, organisation=COUNTY, at=AT + LEASE)

    outbox.put_off(slow, until=AT, outcome_unknown=False, trouble="too late")
    outbox.record_refused(slow, trouble="too late")
    assert seen(message).state == "sending"

    outbox.record_sent(slow, provider_id="1", at=AT)
    outbox.record_refused(quick, trouble="too late")
    assert seen(message).state == "sent"


def test_an_impossible_address_ends_the_matter(notify, sender, owner):
    message = write(a_person(), to="not an address")

    deliver_by(sender, message, organisation=COUNTY, at=AT)

    failed = seen(message)
    assert failed.state == "failed"
    assert "ValidationError" in failed.trouble
    assert jobs_of(owner, message) == [("notifications.deliver", "todo")]


def test_trouble_for_three_days_ends_in_giving_up(notify, sender):
    message = write(a_person())
    notify.fail_by("refusing")
    at, tries = AT, 0
    while at < AT + GIVE_UP_AFTER + timedelta(hours=4):
        before = seen(message).state
        deliver_by(sender, message, organisation=COUNTY, at=at)
        tries += before == "waiting"
        at += timedelta(hours=1)

    failed = seen(message)
    assert failed.state == "failed"
    assert failed.trouble == "Given up: govuk_notify: refused"
    assert 30 <= tries <= 74


def test_a_message_is_followed_until_it_has_arrived(notify, sender, owner):
    arriving = write(a_person())
    bouncing = write(a_person(), to="perm-fail@simulator.notify")
    for message in (arriving, bouncing):
        deliver_by(sender, message, organisation=COUNTY, at=AT)
        assert jobs_of(owner, message)[1:] == [("notifications.follow", "todo")]

    # The simulator needs three seconds to deliver; we ask it until it has.
    at = AT + timedelta(seconds=11)
    while {seen(arriving).state, seen(bouncing).state} != {"delivered", "failed"}:
        assert at < AT + timedelta(days=4)
        for message in (arriving, bouncing):
            follow_by(sender, message, organisation=COUNTY, at=at)
        at += timedelta(minutes=20)
        time.sleep(0.3)

    assert seen(bouncing).trouble == "It did not arrive."


def test_a_lost_job_is_ordered_anew(owner):
    long_ago = timezone.now() - timedelta(minutes=5)
    messages = [write(a_person(), at=long_ago) for _ in range(3)]
    messages.append(write(a_person(), at=long_ago, organisation=TRUST))
    just_now = write(a_person(), at=timezone.now())
    owner.execute("DELETE FROM procrastinate_jobs WHERE queue_name = 'messages'")

    for _ in range(2):
        sweep(timestamp=0)

    for message in messages:
        assert jobs_of(owner, message) == [("notifications.deliver", "todo")]
    assert jobs_of(owner, just_now) == []


def test_messages_are_seen_by_those_whom_they_concern():
    ada = a_person()
    what = f"application:{new_id()}"
    message = write(ada, what=what)

    for actor, sees in (
        (ada, [message]),
        (a_person(), []),
        (Actor(kind="staff", id="s", name="Kit", organisation=COUNTY), [message]),
        (Actor(kind="staff", id="s", name="Kim", organisation=TRUST), []),
    ):
        with acting(actor):
            permission = (
                permit_own(actor, purpose="own", at=AT)
                if actor.person
                else permit_task(actor, organisation=actor.organisation, purpose="x", at=AT)
            )
            assert [one.id for one in messages_of(what, permission=permission)] == sees


def test_writing_and_sending_are_recorded_once_and_without_words(notify, sender, owner):
    ada = a_person()
    message = write(ada)
    for _ in range(2):
        deliver_by(sender, message, organisation=COUNTY, at=AT)

    rows = owner.execute(
        "SELECT verb, body FROM audit_entry WHERE subjects @> ARRAY[%s] ORDER BY id", [ada.person]
    ).fetchall()

    assert [verb for verb, _ in rows] == ["message.queued", "message.sent"]
    assert not any("ada@example.org" in body or "Dear" in body for _, body in rows)


def test_what_was_written_to_somebody_who_died_meanwhile_is_not_sent(sender):
    ada = a_person()
    message, other = write(ada), write(a_person())
    with acting(WORKER):
        note_death(ada.person, actor=WORKER, at=AT)

    for one in (message, other):
        deliver_by(sender, one, organisation=COUNTY, at=AT)

    assert seen(message).state == "failed"
    assert seen(other).state == "sent"
