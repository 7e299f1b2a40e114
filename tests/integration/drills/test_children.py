"""Nobody waits for ever for a child that died, or for one that never ends."""

import os
import time

import pytest

from bench.children import Children, Silent


def says(word, told):
    told.send(word)


def dies(word, told):
    os._exit(3)


def goes_on(word, told):
    time.sleep(600)


def test_each_is_heard_in_its_order():
    children = Children(says, [(1,), (2,), (3,)])
    children.start()

    assert children.heard(seconds=120) == [1, 2, 3]


@pytest.mark.parametrize(
    ("work", "words", "seconds"),
    [(dies, "ended and told nothing", 120), (goes_on, "told nothing in", 1)],
)
def test_whoever_is_silent_is_named_and_the_others_are_ended(work, words, seconds):
    children = Children(work, [(1,), (2,)])
    children.start()

    with pytest.raises(Silent, match=words):
        children.heard(seconds=seconds)

    children.stop()
    assert not any(process.is_alive() for process in children._processes)
