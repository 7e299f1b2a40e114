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
from standpipe.gateway.measures import ATTEMPTS

# Silence lasts a minute and a slow answer twenty seconds, unless the caller ends them.
HASTY = {"deadline_seconds": 0.8, "read_seconds": 0.3}
# All others answer, and are heard out also where the machine is busy.
PATIENT = {"deadline_seconds": 60.0, "read_seconds": 30.0}
ENDED_SECONDS = 15
CIRCUIT = {"circuit_failures": 4, "circuit_rest_seconds": 300.0, "parallel": 4}
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


def limits(fault: str) -> dict[str, float]:
    """How long is waited for an answer where a system fails in a way."""
    if fault == "throttled":
        # It asks for a second's pause before the next attempt.
        return {**PATIENT, "attempts": 1}
    return HASTY if fault in ("silent", "slow") else PATIENT


def ask(connector) -> str | None:
    answer = connector.ask(QUESTION, deadline_seconds=60)
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
    "dropped": {"unavailable"},
}


@pytest.mark.parametrize("name", USES)
@pytest.mark.parametrize("fault", TROUBLES)
def test_a_fault_is_trouble_of_its_name_within_the_deadline(simulators, name, fault):
    outbound, connector = simulators[name].connector(**limits(fault), **CIRCUIT)
    simulators[name].fail_by(fault)
    began = time.monotonic()
    try:
        trouble = USES[name](connector)
        took = time.monotonic() - began
    finally:
        simulators[name].fail_by(None)
        outbound.close()

    assert trouble in TROUBLES[fault]
    if limits(fault) is HASTY:
        assert took < ENDED_SECONDS


@pytest.mark.parametrize("name", USES)
@pytest.mark.parametrize("fault", sorted(TROUBLES.keys() - {"refusing"}))
def test_under_load_the_circuit_opens_the_workers_stay_few_and_it_recovers(simulators, name, fault):
    outbound, connector = simulators[name].connector(**limits(fault), **CIRCUIT)
    before = threading.active_count()
    simulators[name].fail_by(fault)
    began = time.monotonic()
    try:
        with ThreadPoolExecutor(8) as callers:
            troubles = list(callers.map(lambda _: USES[name](connector), range(16)))
        took = time.monotonic() - began
        state, sent = outbound.circuit_state(), requests_sent(name)
        refused = USES[name](connector)
        sent = requests_sent(name) - sent
    finally:
        simulators[name].fail_by(None)

    assert None not in troubles
    assert state == "open"
    assert refused is not None
    assert sent == 0, "an open circuit lets nothing out"
    assert threading.active_count() <= before + 1  # no thread of ours is left behind
    if limits(fault) is HASTY:
        assert took < ENDED_SECONDS

    # Its rest is over.
    outbound._circuit._rest_seconds = 0.0
    recovered = _within(60.0, lambda: USES[name](connector) is None)
    outbound.close()
    assert recovered
    assert outbound.circuit_state() == "closed"


def requests_sent(name: str) -> float:
    """Return how many requests a connector has sent in this process."""
    samples = [one for metric in ATTEMPTS.collect() for one in metric.samples]
    return sum(
        one.value
        for one in samples
        if one.name.endswith("_total") and one.labels["connector"] == name
    )


def _within(seconds: float, holds: Callable[[], bool]) -> bool:
    ends_at = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > ends_at:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.parametrize("name", USES)
def test_a_simulator_that_is_not_there_is_unavailable(simulators, name):
    address = {
        setting: "http://localhost:1" if setting.endswith("_URL") else value
        for setting, value in simulators[name].settings.items()
    }
    simulators[name].settings, kept = address, simulators[name].settings
    try:
        outbound, connector = simulators[name].connector(**PATIENT, **CIRCUIT)
    finally:
        simulators[name].settings = kept

    assert USES[name](connector) == "unavailable"
    outbound.close()
