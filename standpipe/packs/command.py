"""What the command line does with packs: check them, run their examples, begin a new one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from standpipe.kernel.errors import Fault, FaultyFiles
from standpipe.packs import scaffold
from standpipe.packs.example_run import ExampleReport, run_examples
from standpipe.packs.library import load_pack, pack_folders
from standpipe.packs.pack import ServicePack
from standpipe.places.place import Place
from standpipe.places.reading import PLACE_FILES, load_place
from standpipe.vocabulary.attribute import Vocabulary
from standpipe.vocabulary.reading import load_vocabulary


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the words, the services and the place are."""

    vocabulary: Path
    packs: Path
    place: Path


def check(folders: Folders, *, write: Callable[[str], object] = print) -> int:
    """Write every fault of the place, the vocabulary and the packs; 0 if there is none, else 1."""
    faults: list[Fault] = []
    try:
        vocabulary, place = _words_and_place(folders)
    except FaultyFiles as faulty:
        faults += faulty.faults
    else:
        paths = pack_folders(folders.packs)
        for path in paths:
            faults += check_pack(path, vocabulary=vocabulary, place=place)
        faults += _overlays_of_nothing(folders.place, {path.name for path in paths})
        if not faults:
            write(f"{len(paths)} packs and {len(vocabulary)} attributes: no fault.")
    for fault in faults:
        write(str(fault))
    if faults:
        write(f"{len(faults)} faults.")
    return 1 if faults else 0


def check_pack(folder: Path, *, vocabulary: Vocabulary, place: Place) -> list[Fault]:
    """Return everything wrong with one pack in this place: file, line and mend of each."""
    try:
        load_pack(folder, vocabulary=vocabulary, place=place)
    except FaultyFiles as faulty:
        return faulty.faults
    return []


def test(name: str, folders: Folders, *, write: Callable[[str], object] = print) -> int:
    """
    Write each example of a pack with what came of it, and the rows covered; 0 if all is well.

    :raises FaultyFiles: if the pack is faulty or there is none of that name
    """
    vocabulary, place = _words_and_place(folders)
    pack = load_pack(folders.packs / name, vocabulary=vocabulary, place=place)
    if pack is None:
        write(f"Nobody in {place.slug} issues {name}.")
        return 1
    report = run_examples(pack)
    for line in _lines(pack, report):
        write(line)
    return 0 if report.complete else 1


def new_pack(name: str, folders: Folders, *, write: Callable[[str], object] = print) -> int:
    """
    Begin a pack and say what to do next.

    :raises NotAPackName, AlreadyThere: as `scaffold.new_pack` does
    """
    folder = scaffold.new_pack(name, folders.packs)
    write(f"{folder} is ready. It works as it stands; now make it yours.")
    write(f"standpipe pack test {name}")
    return 0


def _words_and_place(folders: Folders) -> tuple[Vocabulary, Place]:
    place = load_place(folders.place)
    return load_vocabulary(folders.vocabulary, also_accept=place.also_accept), place


def _overlays_of_nothing(folder: Path, packs: set[str]) -> list[Fault]:
    known = {f"{name}.yaml" for name in packs} | set(PLACE_FILES)
    return [
        Fault(path, "1", f"There is no pack {path.stem}.", "Name the file after a pack.")
        for path in sorted(folder.glob("*.yaml"))
        if path.name not in known
    ]


def _lines(pack: ServicePack, report: ExampleReport) -> list[str]:
    why = {id(failed.example): failed.why for failed in report.failed}
    lines = [
        f"  failed  {one.situation} ({one.file}): {why[id(one)]}"
        if id(one) in why
        else f"  passed  {one.situation}"
        for one in pack.examples
    ]
    lines += [f"  no example reaches {row}" for row in report.uncovered]
    lines.append(f"{len(report.passed)} of {len(pack.examples)} examples passed")
    lines.append(f"rows covered {len(report.covered)} of {report.rows_total}")
    return lines
