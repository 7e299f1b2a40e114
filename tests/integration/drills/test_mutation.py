"""The drill of mutation in short: good tests notice broken tables, bad ones do not."""

import pytest

from bench.drills.mutation import GOAL, drill


@pytest.fixture(scope="module")
def figures():
    found, _ = drill(short=True, seed=7)
    return {figure.name: figure.value for figure in found}


def test_what_is_broken_in_the_tables_is_noticed(figures):
    assert figures["mutants"] >= 5
    assert figures["mutants noticed by a test"] >= GOAL


def test_tests_that_look_at_no_answer_notice_little(figures):
    assert figures["control, tests that look at no answer: noticed"] <= 60
