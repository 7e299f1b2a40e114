"""The circuit breaker, and that threads cannot confuse it."""

from concurrent.futures import ThreadPoolExecutor

from hypothesis import given
from hypothesis import strategies as st

from standpipe.gateway.circuit import Circuit


def circuit_with(*, failures: int = 3, rest_seconds: float = 10) -> Circuit:
    return Circuit(failures=failures, rest_seconds=rest_seconds)


def open_circuit(at: float = 0) -> Circuit:
    circuit = circuit_with()
    for _ in range(3):
        circuit.failed(at)
    return circuit


def test_failures_in_a_row_open_it():
    circuit = open_circuit(at=5)

    assert circuit.state(5) == "open"
    assert not circuit.permits(14.9)


def test_a_success_between_starts_the_count_again():
    circuit = circuit_with()
    circuit.failed(0)
    circuit.failed(0)
    circuit.succeeded()
    circuit.failed(0)
    circuit.failed(0)

    assert circuit.state(0) == "closed"


def test_after_the_rest_one_caller_alone_may_try():
    circuit = open_circuit()

    assert circuit.state(10) == "trying"
    assert [circuit.permits(10) for _ in range(3)] == [True, False, False]


def test_a_try_that_succeeds_closes_it():
    circuit = open_circuit()
    circuit.permits(10)
    circuit.succeeded()

    assert circuit.state(10) == "closed"
    assert circuit.permits(10)


def test_a_try_that_fails_opens_it_for_another_rest():
    circuit = open_circuit()
    circuit.permits(10)
    circuit.failed(12)

    assert circuit.state(21) == "open"
    assert not circuit.permits(21.9)
    assert circuit.permits(22)


def test_one_who_tries_and_never_reports_holds_up_one_rest_only():
    circuit = open_circuit()
    circuit.permits(10)

    assert not circuit.permits(19.9)
    assert circuit.permits(20)


def test_a_failure_that_comes_in_late_does_not_lengthen_the_rest():
    circuit = open_circuit(at=0)
    circuit.failed(9)

    assert circuit.permits(10)


def test_of_many_threads_one_may_try():
    circuit = open_circuit()

    with ThreadPoolExecutor(16) as threads:
        permitted = list(threads.map(lambda _: circuit.permits(10), range(200)))

    assert sum(permitted) == 1


@given(st.lists(st.sampled_from(["succeeded", "failed", "wait", "ask"]), max_size=60))
def test_it_never_permits_while_it_rests_and_never_rests_for_ever(events):
    circuit, at = circuit_with(failures=2, rest_seconds=5), 0.0
    for event in events:
        at += 1 if event == "wait" else 0
        if event == "succeeded":
            circuit.succeeded()
        elif event == "failed":
            circuit.failed(at)
        elif event == "ask" and circuit.state(at) == "open":
            assert not circuit.permits(at)
    assert circuit.permits(at + 5)
