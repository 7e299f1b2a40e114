"""What the command line does with packs: check them, run their examples, begin a new one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from pathlib import Path

from standpipe.kernel.errors import Fault, FaultyFiles
from standpipe.packs import scaffold
from standpipe.packs.example_run import ExampleReport, run_examples
from standpipe.packs.library import load_pack, nations_of, pack_folders
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
    """Return everything wrong with one pack, in every nation it names: file, line and mend."""
    found: dict[Fault, None] = {}
    for nation in nations_of(folder) or (place.nation,):
        try:
            load_pack(folder, vocabulary=vocabulary, place=place, nation=nation)
        except FaultyFiles as faulty:
            found |= dict.fromkeys(faulty.faults)
    return list(found)


def test(name: str, folders: Folders, *, write: Callable[[str], object] = print) -> int:
    """
    Write each example of a pack with what came of it, and the rows covered; 0 if all is well.

    Every nation that the pack names has its own turn, with others where the rules are the same.

    :raises FaultyFiles: if the pack is faulty or there is none of that name
    """
    vocabulary, place = _words_and_place(folders)
    folder = folders.packs / name
    alike: dict[Hashable, tuple[ServicePack, list[str]]] = {}
    for nation in nations_of(folder) or (place.nation,):
        pack = load_pack(folder, vocabulary=vocabulary, place=place, nation=nation)
        if pack is not None:
            tables = tuple((step.id, step.valid_from, step.sha256) for step in pack.steps)
            said = tuple((one.file, one.situation) for one in pack.examples)
            alike.setdefault((tables, said), (pack, []))[1].append(nation)
    reports = []
    for pack, nations in alike.values():
        report = run_examples(pack)
        reports.append(report)
        for line in _lines(pack, report, nations=nations):
            write(line)
    if not reports:
        write(f"Nobody in {place.slug} issues {name}.")
        return 1
    covered = sum(len(one.covered) for one in reports)
    write(f"rows covered {covered} of {sum(one.rows_total for one in reports)}")
    return 0 if all(one.complete for one in reports) else 1


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


def _lines(pack: ServicePack, report: ExampleReport, *, nations: list[str]) -> Iterator[str]:
    why = {id(failed.example): failed.why for failed in report.failed}
    yield f"in {', '.join(nations)}"
    for one in pack.examples:
        if id(one) in why:
            yield f"  failed  {one.situation} ({one.file}): {why[id(one)]}"
        else:
            yield f"  passed  {one.situation}"
    for row in report.uncovered:
        yield f"  no example reaches {row}, in force from {row.since}"
    yield f"  {len(report.passed)} of {len(pack.examples)} examples passed"
    for day, (covered, rows) in report.by_date().items():
        yield f"  tables in force from {day}: {covered} of {rows} rows covered"
