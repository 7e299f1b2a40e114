"""Clients that repeat each submission, with the same key, until it is acknowledged."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection as Pipe
from multiprocessing.sharedctypes import Synchronized
from typing import Any
from uuid import uuid4

from bench.children import FORK, Children
from bench.connection import Answer, Broken, Connection
from bench.lodgings import lodging

PATIENCE_SECONDS = 10.0
# The last repeat of a submission that was acknowledged may still wait for its answer.
FINISHING_SECONDS = 120.0
# Shares of the requests: the client hangs up before it has heard the answer, and asks again; and
# it asks again although it has heard.
HANGS_UP, ASKS_AGAIN = 0.03, 0.03


@dataclass(frozen=True, slots=True)
class Intent:
    """One application that one person means to make, once; `mark` is an address of theirs."""

    mark: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What a client was told of an intent, and how often it had to ask."""

    intent: Intent
    reference: str
    tries: int


@dataclass(frozen=True, slots=True)
class Submitted:
    """What all clients heard; `oddities` are answers that no client should ever get."""

    acknowledged: tuple[Acknowledged, ...]
    oddities: tuple[str, ...]
    tries: int


class Submitters:
    """Several clients at work; `acknowledged` counts while they are."""

    def __init__(
        self, intents: Sequence[Intent], *, port: int, token: str, clients: int, seed: int
    ) -> None:
        self._count: Synchronized[int] = FORK.Value("i", 0)
        self._clients = Children(
            _work,
            [
                (
                    _Client(port, token, random.Random(seed * 1000 + number), self._count),
                    intents[number::clients],
                )
                for number in range(clients)
            ],
        )

    @property
    def acknowledged(self) -> int:
        """How many submissions were acknowledged so far."""
        return int(self._count.value)

    def start(self) -> None:
        """Start all clients."""
        self._clients.start()

    def finish(self) -> Submitted:
        """
        Return what was heard, once every intent is acknowledged.

        :raises Silent: if a client died, or goes on for long after the last acknowledgement
        """
        heard = self._clients.heard(seconds=FINISHING_SECONDS)
        return Submitted(
            acknowledged=tuple(one for each in heard for one in each.acknowledged),
            oddities=tuple(one for each in heard for one in each.oddities),
            tries=sum(each.tries for each in heard),
        )

    def stop(self) -> None:
        """End clients that are still at work."""
        self._clients.stop()


def _work(client: _Client, intents: Sequence[Intent], told: Pipe) -> None:
    told.send(client.run(intents))


class _Client:
    def __init__(
        self, port: int, token: str, chance: random.Random, count: Synchronized[int]
    ) -> None:
        self._connection = Connection(port, patience_seconds=PATIENCE_SECONDS)
        self._token = token
        self._chance = chance
        self._count = count
        self._oddities: list[str] = []
        self._tries = 0

    def run(self, intents: Sequence[Intent]) -> Submitted:
        acknowledged = []
        for intent in intents:
            acknowledged.append(self._submit(intent))
            with self._count.get_lock():
                self._count.value += 1
        return Submitted(tuple(acknowledged), tuple(self._oddities), self._tries)

    def _submit(self, intent: Intent) -> Acknowledged:
        request = lodging(intent.body, token=self._token, key=str(uuid4()))
        tries = 0
        while True:
            tries += 1
            answer = self._try(request)
            if answer is None:
                continue
            reference = str(json.loads(answer.body)["reference"])
            if self._chance.random() < ASKS_AGAIN:
                again = self._try(request)
                if again is not None and json.loads(again.body)["reference"] != reference:
                    self._oddities.append(f"{intent.mark}: another reference for the same key")
            return Acknowledged(intent, reference, tries)

    def _try(self, request: bytes) -> Answer | None:
        """Return the acknowledgement; None after anything else, when it is time to repeat."""
        self._tries += 1
        try:
            if self._chance.random() < HANGS_UP:
                self._connection.hang_up(request)
                return None
            answer = self._connection.send(request)
        except Broken:
            time.sleep(self._chance.uniform(0.02, 0.1))
            return None
        if answer.status == 201:
            return answer
        # The server may say that it cannot just now; whatever else it says, it is wrong.
        if answer.status not in (500, 503):
            self._oddities.append(f"{answer.status}: {answer.body[:200]!r}")
        self._connection.close()
        time.sleep(self._chance.uniform(0.05, 0.2))
        return None
