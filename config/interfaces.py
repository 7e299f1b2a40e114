"""Other bodies' APIs that this installation serves: their manifests read, their doors mounted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from standpipe.kernel.data_files import read_yaml, schema_faults
from standpipe.kernel.errors import Fault, FaultyFiles
from standpipe.kernel.text import Text

FOLDER = Path(__file__).resolve().parent.parent / "interfaces"
SCHEMA = Path(__file__).with_name("interface.schema.json")


@dataclass(frozen=True, slots=True)
class Mount:
    """One address below which a module's `routes` answer."""

    path: str
    module: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """
    What an interface says of itself.

    `grants` is the kind of entitlement whose packs it serves, `scopes` what a client needs one
    of, `quality` each rule as done, todo, or exempt with a reason.
    """

    name: str
    label: Text
    owner: Text
    specification: str
    grants: str
    mounts: tuple[Mount, ...]
    scopes: tuple[str, ...]
    quality: Mapping[str, str]

    @property
    def has_tables(self) -> bool:
        """Whether it keeps rows of its own, and so is an application of Django."""
        return (FOLDER / self.name / "models.py").exists()


def manifests(folder: Path = FOLDER) -> list[Manifest]:
    """
    Read every interface of a folder, in order of name.

    :raises FaultyFiles: naming file, line and mend of everything wrong
    """
    found, faults = [], []
    for each in sorted(folder.glob("*/manifest.yaml")):
        try:
            found.append(_read(each))
        except FaultyFiles as faulty:
            faults += faulty.faults
    if faults:
        raise FaultyFiles(faults)
    return found


def apps() -> list[str]:
    """Return the interfaces that keep rows of their own, as Django is told of them."""
    return [f"interfaces.{one.name}" for one in manifests() if one.has_tables]


def _read(file: Path) -> Manifest:
    data = read_yaml(file)
    faults = schema_faults(data, schema=SCHEMA, path=file)
    if not faults and data["name"] != file.parent.name:
        message, mend = f"It is called {data['name']}.", "Call it as its folder."
        faults.append(Fault(file, "1", message, mend))
    if faults:
        raise FaultyFiles(faults)
    return Manifest(
        name=data["name"],
        label=Text.read(data["label"]),
        owner=Text.read(data["owner"]),
        specification=data["specification"],
        grants=data["grants"],
        mounts=tuple(Mount(one["path"], one["module"]) for one in data["mounts"]),
        scopes=tuple(data["scopes"]),
        quality=dict(data["quality"]),
    )
