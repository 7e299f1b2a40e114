"""CPU time of the server's processes: what a request costs, whoever else uses the machine."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Cost:
    """CPU seconds that were used between the beginning and the end of a measurement."""

    web: float = 0.0
    postgres: float = 0.0


@contextmanager
def cost(*, web: int, postgres: int) -> Iterator[Cost]:
    """Measure what the processes below a web server and a PostgreSQL use meanwhile."""
    found = Cost()
    before = _used(web), _used(postgres)
    yield found
    found.web, found.postgres = _used(web) - before[0], _used(postgres) - before[1]


def family(parent: int) -> list[int]:
    """Return a process and its children; those of theirs do not matter here."""
    found = [parent]
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if _fields(stat)[1] == str(parent):
                found.append(int(stat.parent.name))
    return found


def _used(parent: int) -> float:
    ticks = 0
    for pid in family(parent):
        with contextlib.suppress(OSError):
            fields = _fields(Path(f"/proc/{pid}/stat"))
            ticks += int(fields[11]) + int(fields[12])
    return ticks / _TICKS


def _fields(stat: Path) -> Sequence[str]:
    # "pid (name) state parent …", and the name may hold anything.
    return re.sub(r"^.*\)", "", stat.read_text()).split()
