"""Processes that work for a measurement and tell what came of it, each over a pipe of its own."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection as Pipe
from typing import Any

# Forked, not spawned: a child is there at once, and shares what was prepared for it.
FORK = multiprocessing.get_context("fork")


class Silent(RuntimeError):
    """A child ended, or went on for too long, and told nothing."""


class Children:
    """Children that each run `work(*arguments, told)` and send one thing over `told`."""

    def __init__(self, work: Callable[..., None], arguments: Sequence[tuple[Any, ...]]) -> None:
        self._work = work
        self._arguments = arguments
        self._pipes: list[Pipe] = []
        self._processes: list[Any] = []

    def start(self) -> None:
        """Start them all."""
        for each in self._arguments:
            ours, theirs = FORK.Pipe(duplex=False)
            process = FORK.Process(target=self._work, args=(*each, theirs))
            process.start()
            # Held by the child alone, so that its end is heard even if it says nothing.
            theirs.close()
            self._pipes.append(ours)
            self._processes.append(process)

    def heard(self, *, seconds: float) -> list[Any]:
        """
        Return what each told, in their order, and wait until they have ended.

        :raises Silent: if one ends without a word, or they take longer than these seconds
        """
        deadline = time.monotonic() + seconds
        told = []
        try:
            for pipe in self._pipes:
                if not pipe.poll(max(0.0, deadline - time.monotonic())):
                    raise Silent(f"A child told nothing in {seconds:.0f} s.")
                try:
                    told.append(pipe.recv())
                except EOFError:
                    raise Silent("A child ended and told nothing.") from None
        finally:
            self.stop()
        return told

    def stop(self) -> None:
        """End those that are still at work a moment later."""
        for process in self._processes:
            process.join(1)
            if process.is_alive():
                process.kill()
                process.join()
