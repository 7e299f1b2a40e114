"""
Breaks what lies in this folder in one place after another, and asks the tests each time.

`python breaking.py PATTERN…` runs in a folder that the drill laid out, breaks what mutmut finds to
break there, and writes `verdicts.json` and `unnoticed.diff`. pytest gathers the tests once; each
mutant then gets a process forked from there, which runs only the tests that come by it, first those
that noticed its neighbours. No process has run a test before, so nothing remembers what unbroken
code answered.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import NoReturn

import pytest
from _pytest.runner import runtestprotocol
from mutmut import __main__ as mutmut
from mutmut.configuration import config
from mutmut.mutation import trampoline
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state
from mutmut.utils.format_utils import mangled_name_from_mutant_name

SURVIVED, NOTICED, NO_TEST = 0, 1, 33
# CPU seconds after which a test hangs: many times what it took, and never so few that a busy
# machine could be taken for a mutant.
LEAST_SECONDS, SLACK_SECONDS, TIMES = 3.0, 20, 10
MOST_BYTES = 4 << 30


@dataclass(frozen=True, slots=True)
class Came:
    """What one run of all tests showed: how long each took, and which functions it came by."""

    seconds: dict[str, float]
    by: dict[str, list[str]]


class Breaking:
    """Takes the place of pytest's loop over the tests that it gathered."""

    def __init__(self, patterns: Sequence[str], *, children: int) -> None:
        self.patterns = patterns
        self.children = children
        self.verdicts: dict[str, int] = {}
        self.running: dict[int, tuple[str, int]] = {}
        # Which tests noticed a function's, and a module's, other mutants.
        self.noticed: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = {item.nodeid: item for item in session.items}
        gc.collect()
        gc.freeze()
        self.came = self._learn()
        for mutant in self._mutants():
            function = mangled_name_from_mutant_name(mutant)
            tests = self.came.by.get(function, [])
            if not tests:
                self.verdicts[mutant] = NO_TEST
                continue
            while len(self.running) >= self.children:
                self._wait()
            self._start(mutant, self._in_order(function, tests))
        while self.running:
            self._wait()
        return True

    def _mutants(self) -> Iterator[str]:
        for path in sorted(Path().rglob("*.meta")):
            for name in json.loads(path.read_text("utf-8"))["exit_code_by_key"]:
                if not self.patterns or any(fnmatch(name, one) for one in self.patterns):
                    yield name

    def _in_order(self, function: str, tests: list[str]) -> list[str]:
        near, far = self.noticed[function], self.noticed[function.rpartition(".")[0]]
        return sorted(tests, key=lambda one: (-near[one], -far[one], self.came.seconds[one]))

    def _learn(self) -> Came:
        """Run every test once on what is not broken, in a process of its own."""
        file = Path("came.json").resolve()
        pid = os.fork()
        if pid == 0:
            quietly(lambda: file.write_text(json.dumps(self._come_by()), "utf-8"))
        if os.waitpid(pid, 0)[1] or not file.exists():
            raise pytest.UsageError("A test fails although nothing is broken.")
        return Came(**json.loads(file.read_text("utf-8")))

    def _come_by(self) -> dict[str, object]:
        seconds, by = {}, defaultdict(list)
        for name, item in self.items.items():
            set_mutant_under_test("stats")
            if fails(item):
                os._exit(NOTICED)
            set_mutant_under_test("")
            start = time.process_time()
            fails(item)
            seconds[name] = time.process_time() - start
            for function in state()._stats:
                by[function].append(name)
            state()._stats.clear()
        return {"seconds": seconds, "by": by}

    def _start(self, mutant: str, tests: list[str]) -> None:
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            quietly(lambda: self._ask(mutant, tests, writing))
        os.close(writing)
        self.running[pid] = (mutant, reading)

    def _ask(self, mutant: str, tests: list[str], writing: int) -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
        # All of them together as well: a mutant may make each test slow, and none too slow.
        whole = int(SLACK_SECONDS + TIMES * sum(self.came.seconds[name] for name in tests))
        resource.setrlimit(resource.RLIMIT_CPU, (whole, whole + 1))
        set_mutant_under_test(mutant)
        # Every call of what may be broken asks this, and mutmut's own reads the environment twice.
        trampoline.get_mutant_under_test = lambda: mutant
        for name in tests:
            limit = LEAST_SECONDS + TIMES * self.came.seconds[name]
            # Its signal ends the process: a mutant may swallow every exception.
            signal.setitimer(signal.ITIMER_PROF, limit)
            if fails(self.items[name]):
                os.write(writing, name.encode())
                os._exit(NOTICED)

    def _wait(self) -> None:
        pid, status = os.wait()
        mutant, reading = self.running.pop(pid)
        with os.fdopen(reading, "rb") as pipe:
            name = pipe.read().decode()
        function = mangled_name_from_mutant_name(mutant)
        if name:
            self.noticed[function][name] += 1
            self.noticed[function.rpartition(".")[0]][name] += 1
        self.verdicts[mutant] = os.waitstatus_to_exitcode(status)
        if len(self.verdicts) % 100 == 0:
            survived = sum(one in (SURVIVED, NO_TEST) for one in self.verdicts.values())
            print(f"{len(self.verdicts)} broken, {survived} unnoticed", flush=True)


def fails(item: pytest.Item) -> bool:
    """Run one test; whether it fails."""
    return any(report.failed for report in runtestprotocol(item, log=False, nextitem=None))


def quietly(act: Callable[[], object]) -> NoReturn:
    """Do something and end this process, whatever happens in it."""
    try:
        act()
    except BaseException:
        os._exit(NOTICED)
    os._exit(SURVIVED)


def break_all(children: int) -> None:
    """
    Write every source with its mutants in it.

    As mutmut's `create_mutants` does, but for its pool, whose end sometimes waits for ever: a child
    that is asked to end while it takes its work from the queue does not hear it.
    """
    with ProcessPoolExecutor(children) as pool:
        for result in pool.map(mutmut.create_file_mutants, mutmut.walk_source_files()):
            if result.error:
                raise result.error
            state().current_function_hashes.update(result.current_hashes or {})


def main(patterns: Sequence[str]) -> int:
    """Break, ask, and write what became of each mutant."""
    children = len(os.sched_getaffinity(0))
    set_mutant_under_test("mutant_generation")
    Path("mutants").mkdir(exist_ok=True)
    mutmut.copy_src_dir()
    mutmut.copy_also_copy_files()
    mutmut.setup_source_paths()
    break_all(children)
    set_mutant_under_test("")
    settings = config()
    arguments = [*settings.pytest_add_cli_args_test_selection, *settings.pytest_add_cli_args]
    os.chdir("mutants")
    breaking = Breaking(patterns, children=children)
    status = pytest.main(["--rootdir=.", "-q", "-s", *arguments], plugins=[breaking])
    os.chdir("..")
    Path("verdicts.json").write_text(json.dumps(breaking.verdicts, indent=1), "utf-8")
    unnoticed = [name for name, one in breaking.verdicts.items() if one in (SURVIVED, NO_TEST)]
    shown = [f"# {name}\n{get_diff_for_mutant(name)}\n" for name in unnoticed]
    Path("unnoticed.diff").write_text("\n".join(shown), "utf-8")
    # No test failed in this process, because none ran in it.
    return 0 if status in (0, 5) and breaking.verdicts else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
