"""The files of a pack as text: read, laid over with the place's own figures, and checked."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from standpipe.kernel.data_files import line_of, parse_yaml, schema_faults
from standpipe.kernel.errors import Fault, FaultyFiles
from standpipe.packs.nations import is_of, named_nations, of_nation

OVERLAY = "overlay.yaml"
_SCHEMAS = Path(__file__).parent / "schemas"
# path in the pack: whether it must be there
_FILES = {
    "service.yaml": True,
    "form.yaml": True,
    "rules/steps.yaml": True,
    "rules/fees.yaml": False,
    "case.yaml": True,
    "entitlement.yaml": False,
    "import.yaml": False,
    "outcomes.yaml": True,
    "privacy.yaml": True,
}
# A pack is read for each nation and at each check of a draft; nobody writes into what is read.
_parsed = lru_cache(maxsize=128)(parse_yaml)
_SUFFIXES = (".yaml", ".dmn", ".md")


def pack_files(folder: Path, *, overlay: Path | None) -> dict[str, str]:
    """
    Return every data file of a pack's folder with its text, and the overlay if there is one.

    :raises FaultyFiles: if a file is not UTF-8, or is not one a pack can have
    """
    if not folder.is_dir():
        raise FaultyFiles([Fault(folder, "1", "There is no such pack.", "Name a folder of packs.")])
    files: dict[str, str] = {}
    faults: list[Fault] = []
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    named = [(path.relative_to(folder).as_posix(), path) for path in paths]
    if overlay is not None and overlay.exists():
        named.append((OVERLAY, overlay))
    for name, path in named:
        if path.suffix not in _SUFFIXES:
            mend = "A pack holds YAML, DMN and Markdown only; remove it."
            faults.append(Fault(path, "1", f"{name} does not belong in a pack.", mend))
            continue
        try:
            files[name] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            faults.append(Fault(path, "1", f"Not UTF-8: {error}.", "Save it as UTF-8."))
    if faults:
        raise FaultyFiles(faults)
    return files


class Source:
    """
    The parsed files of one pack, as they count in one nation.

    `faults` gathers what is wrong, `root` is where they stand.
    """

    def __init__(
        self, files: Mapping[str, str], *, root: Path, overlay: Path | None, nation: str
    ) -> None:
        self.files = files
        self.root = root
        self.overlay = overlay or root / OVERLAY
        self.faults: list[Fault] = []
        self._data: dict[str, Any] = {}
        for name, needed in _FILES.items():
            self._parse(name, needed=needed)
        self._lay_over()
        for name in list(self._data):
            self._check(name, name)
        for name in sorted(files):
            if name.startswith("examples/") and name.endswith(".yaml"):
                self._parse(name, needed=True)
                self._check(name, "examples.yaml")
            if name.startswith("returns/") and name.endswith(".yaml"):
                self._parse(name, needed=True)
                self._check(name, "returns.yaml")
        if not self.faults:
            self._narrow(nation)

    def __getitem__(self, name: str) -> Any:
        """Return the data of a file, overlay applied; None if the pack has no such file."""
        return self._data.get(name)

    @property
    def examples(self) -> Iterator[str]:
        """The names of the files of examples."""
        return (name for name in self._data if name.startswith("examples/"))

    @property
    def returns(self) -> Iterator[str]:
        """The names of the files of returns."""
        return (name for name in self._data if name.startswith("returns/"))

    def fault(self, file: str, where: list[str | int], message: str, mend: str) -> None:
        """Note what is wrong at a place in a file."""
        line = str(line_of(self._data.get(file), where))
        self.faults.append(Fault(self.root / file, line, message, mend))

    def _parse(self, name: str, *, needed: bool) -> None:
        if name not in self.files:
            if needed:
                message, mend = f"The pack has no {name}.", f"Add {name}."
                self.faults.append(Fault(self.root / name, "1", message, mend))
            return
        try:
            self._data[name] = _parsed(self.files[name], path=self.root / name)
        except FaultyFiles as unreadable:
            self.faults += unreadable.faults

    def _check(self, name: str, schema: str) -> None:
        if name in self._data:
            path = _SCHEMAS / f"{Path(schema).stem}.json"
            found = schema_faults(self._data[name], schema=path, path=self.root / name)
            self.faults += found

    def _narrow(self, nation: str) -> None:
        """Leave out what counts in other nations alone."""
        offered = self._data["service.yaml"]["nations"]
        for name, data in list(self._data.items()):
            for where, named in named_nations(data):
                if named not in offered:
                    mend = f"Name it in service.yaml too, or one of: {', '.join(offered)}."
                    self.fault(name, where, f"The service is not offered in {named}.", mend)
            if name != "service.yaml" and not is_of(data, nation):
                del self._data[name]
            else:
                self._data[name] = of_nation(data, nation)

    def _lay_over(self) -> None:
        """Set what the pack opens to the place; refuse by name whatever else the overlay says."""
        if OVERLAY not in self.files:
            return
        try:
            overlay = parse_yaml(self.files[OVERLAY], path=self.overlay)
        except FaultyFiles as unreadable:
            self.faults += unreadable.faults
            return
        service = self._data.get("service.yaml")
        opens = list(service.get("opens", ())) if isinstance(service, dict) else []
        if not isinstance(overlay, dict):
            message, mend = "The overlay is no mapping.", f"Write any of: {', '.join(opens)}."
            self.faults.append(Fault(self.overlay, "1", message, mend))
            return
        for group, values in overlay.items():
            if not isinstance(values, dict):
                values = {"": values}
            for key, value in values.items():
                opened = f"{group}.{key}".removesuffix(".")
                if opened in opens:
                    self._set(str(group), str(key), value)
                    continue
                line = str(line_of(overlay, [group, key]))
                message = f"{opened} is not open to a place."
                mend = f"Remove it; the pack opens: {', '.join(opens) or 'nothing'}."
                self.faults.append(Fault(self.overlay, line, message, mend))

    def _set(self, group: str, key: str, value: Any) -> None:
        name = "rules/fees.yaml" if group == "fees" else f"{group}.yaml"
        if isinstance(self._data.get(name), dict):
            self._data[name] = copy.deepcopy(self._data[name])
            self._data[name][key] = value
