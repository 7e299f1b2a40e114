"""Every pack of the place, read and checked together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from standpipe.kernel.canonical import canonical_json, digest
from standpipe.kernel.data_files import read_yaml
from standpipe.kernel.errors import Fault, FaultyFiles
from standpipe.packs.assembly import assemble
from standpipe.packs.nations import NATIONS
from standpipe.packs.pack import ServicePack
from standpipe.packs.source import Source, pack_files
from standpipe.places.place import Place
from standpipe.vocabulary.attribute import Vocabulary


class PackLibrary(Mapping[str, ServicePack]):
    """The services of the place by name, in alphabetical order."""

    def __init__(self, packs: Mapping[str, ServicePack]) -> None:
        self._packs = dict(sorted(packs.items()))

    def __getitem__(self, name: str) -> ServicePack:
        return self._packs[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._packs)

    def __len__(self) -> int:
        return len(self._packs)


def load_packs(folder: Path, *, vocabulary: Vocabulary, place: Place) -> PackLibrary:
    """
    Read every pack of a folder, each with the place's own figures of the same name.

    A pack for other nations, or issued by nobody in this place, is left out.

    :raises FaultyFiles: naming file, line and mend of everything wrong in any of them
    """
    faults: list[Fault] = []
    packs: dict[str, ServicePack] = {}
    for path in pack_folders(folder):
        try:
            pack = load_pack(path, vocabulary=vocabulary, place=place)
        except FaultyFiles as faulty:
            faults += faulty.faults
            continue
        if pack is not None:
            packs[pack.name] = pack
    if faults:
        raise FaultyFiles(faults)
    return PackLibrary(packs)


def pack_folders(folder: Path) -> list[Path]:
    """Return the folders of packs, in alphabetical order."""
    return sorted(path for path in folder.iterdir() if path.is_dir() and path.name[0] not in "._")


def nations_of(folder: Path) -> tuple[str, ...]:
    """Return the nations that a pack names, in their usual order; none if it cannot be read."""
    try:
        words = read_yaml(folder / "service.yaml")
    except FaultyFiles:
        return ()
    named = words.get("nations") if isinstance(words, dict) else None
    return tuple(one for one in NATIONS if one in (named if isinstance(named, list) else ()))


def load_pack(
    folder: Path, *, vocabulary: Vocabulary, place: Place, nation: str | None = None
) -> ServicePack | None:
    """
    Read one pack with the place's own figures; None if nobody in this place issues it.

    For another `nation` the place stands in for one of that nation, without its own figures.

    :raises FaultyFiles: naming file, line and mend of everything wrong
    """
    overlay: Path | None = place.folder / f"{folder.name}.yaml"
    if nation not in (None, place.nation):
        place, overlay = replace(place, nation=str(nation)), None
    files = pack_files(folder, overlay=overlay)
    source = Source(files, root=folder, overlay=overlay, nation=place.nation)
    return _pack(folder.name, source, vocabulary=vocabulary, place=place)


def read_pack_files(
    name: str, files: Mapping[str, str], *, vocabulary: Vocabulary, place: Place
) -> ServicePack:
    """
    Read a pack from the texts of its files, as `pack.files` holds them.

    :raises FaultyFiles: if they are faulty
    """
    source = Source(files, root=Path(name), overlay=None, nation=place.nation)
    pack = _pack(name, source, vocabulary=vocabulary, place=place)
    if pack is None:
        mend = "Keep the place's organisations while applications to them are open."
        raise FaultyFiles([Fault(Path(name), "1", "Nobody in this place issues it.", mend)])
    return pack


def _pack(name: str, source: Source, *, vocabulary: Vocabulary, place: Place) -> ServicePack | None:
    if source.faults:
        raise FaultyFiles(source.faults)
    sha256 = digest(canonical_json(dict(source.files)))
    pack = assemble(name, source, sha256=sha256, vocabulary=vocabulary, place=place)
    if source.faults:
        raise FaultyFiles(source.faults)
    return pack
