"""Ten ways to fail, three connectors: the contract holds, in time, with bounded workers."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from standpipe.gateway.contracts import (
    OutgoingMessage,
    PaymentRequest,
    RegistryQuestion,
    Unreached,
)

DEADLINE_SECONDS = 0.8
# A machine with much else to do starts threads and sockets late.
LATE_SECONDS = 1.5
LIMITS = {
    "deadline_seconds": DEADLINE_SECONDS,
    "read_seconds": 0.3,
    "circuit_failures": 4,
    "circuit_rest_seconds": 0.5,
    "parallel": 4,
}
MESSAGE = OutgoingMessage(
    "email", "ada@residents.example", "received", {"subject": "s", "body": "b"}, "message-1"
)
FEE = PaymentRequest(1000, "BB-1", "Fee", "https://apply.example/", None, "en", "key-1")
QUESTION = RegistryQuestion(
    subject={
        "person.name": {"given": "Ada", "family": "Lythgoe"},
        "person.birth_date": "1980-03-31",
        "address.postcode": "BO1 1AA",
    },
    attributes=("benefit.pip.moving_around_8_or_more",),
    purpose="blue_badge.eligibility",
    organisation="Borrowdale County Council",
    receipt="receipt-1",
    correlation_id="correlation-1",
)


def ask(connector) -> str | None:
    answer = connector.ask(QUESTION, deadline_seconds=DEADLINE_SECONDS)
    assert answer.answers.keys() == set(QUESTION.attributes)
    return answer.trouble


def trouble_of(act: Callable[[], object]) -> str | None:
    try:
        act()
    except Unreached as unreached:
        return unreached.trouble
    return None


USES: dict[str, Callable] = {
    "dwp_benefits": ask,
    "govuk_notify": lambda notify: trouble_of(lambda: notify.send(MESSAGE)),
    "govuk_pay": lambda pay: trouble_of(lambda: pay.create(FEE)),
}

# What each fault is called; `refusing` is an answer, if an unwelcome one, and opens no circuit.
TROUBLES = {
    "silent": {"silent"},
    "slow": {"slow", "silent"},
    "error": {"unavailable"},
    "unavailable": {"unavailable"},
    "throttled": {"unavailable"},
    "refusing": {"refused"},
    "malformed": {"malformed"},
    "wrong_type": {"malformed"},
    "huge": {"malformed"},
    # On a busy machine the time is up before it is tried again.
    "dropped": {"unavailable", "silent"},
}


@pytest.mark.parametrize("name", USES)
@pytest.mark.parametrize("fault", TROUBLES)
def test_a_fault_is_trouble_of_its_name_within_the_deadline(simulators, name, fault):
    outbound, connector = simulators[name].connector(**LIMITS)
    simulators[name].fail_by(fault)
    began = time.monotonic()
    try:
        trouble = USES[name](connector)
    finally:
        simulators[name].fail_by(None)
        outbound.close()

    assert trouble in TROUBLES[fault]
    assert time.monotonic() - began < DEADLINE_SECONDS + LATE_SECONDS


@pytest.mark.parametrize("name", USES)
@pytest.mark.parametrize("fault", sorted(TROUBLES.keys() - {"refusing"}))
def test_under_load_the_circuit_opens_the_workers_stay_few_and_it_recovers(simulators, name, fault):
    outbound, connector = simulators[name].connector(**LIMITS)
    before = threading.active_count()
    simulators[name].fail_by(fault)
    began = time.monotonic()
    try:
        with ThreadPoolExecutor(8) as callers:
            troubles = list(callers.map(lambda _: USES[name](connector), range(16)))
        opened_after = time.monotonic() - began
        state = outbound.circuit_state()
        quick = time.monotonic()
        refused = USES[name](connector)
        quick = time.monotonic() - quick
    finally:
        simulators[name].fail_by(None)

    assert None not in troubles
    assert state in ("open", "trying")
    assert refused is not None
    assert opened_after < 5
    assert threading.active_count() <= before + 1  # no thread of ours is left behind
    if state == "open":
        assert quick < 0.5

    recovered = _within(5.0, lambda: USES[name](connector) is None)
    outbound.close()
    assert recovered
    assert outbound.circuit_state() == "closed"


def _within(seconds: float, holds: Callable[[], bool]) -> bool:
    ends_at = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > ends_at:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.parametrize("name", USES)
def test_a_simulator_that_is_not_there_is_unavailable(simulators, name):
    gone = simulators[name].connector(**LIMITS)
    address = {
        setting: "http://localhost:1" if setting.endswith("_URL") else value
        for setting, value in simulators[name].settings.items()
    }
    gone[0].close()
    simulators[name].settings, kept = address, simulators[name].settings
    try:
        outbound, connector = simulators[name].connector(**LIMITS)
    finally:
        simulators[name].settings = kept

    assert USES[name](connector) == "unavailable"
    outbound.close()
