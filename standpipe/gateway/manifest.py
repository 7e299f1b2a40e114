"""What a connector says about itself: contract, settings, limits, simulator, quality."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from standpipe.kernel.data_files import line_of, read_yaml, schema_faults
from standpipe.kernel.errors import Fault, FaultyFiles, Misconfigured
from standpipe.kernel.text import Text

_SCHEMA = Path(__file__).parent / "schemas" / "connector.schema.json"

ContractName = Literal[
    "attribute_registry", "message_sender", "payment_provider", "entitlement_maker"
]


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting a connector reads; without a default it must be given."""

    name: str
    type: Literal["url", "text", "secret", "uuid"]
    help: str
    default: str | None


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of every call through a connector; `parallel` counts calls of one process."""

    deadline_seconds: float
    connect_seconds: float
    read_seconds: float
    attempts: int
    parallel: int
    response_bytes: int
    circuit_failures: int
    circuit_rest_seconds: float


@dataclass(frozen=True, slots=True)
class Simulator:
    """
    How to start the simulator.

    `residents` says whether it knows the people of a place, `remembers` whether it can keep what
    it holds in a file.
    """

    module: str
    port: int
    residents: bool
    remembers: bool
    settings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Manifest:
    """A connector's manifest.yaml, checked; `attributes` are those a registry can answer."""

    path: Path
    name: str
    label: Text
    contract: ContractName
    attributes: tuple[str, ...]
    needs: tuple[str, ...]
    owner: Text
    status: Literal["simulated", "sandbox", "live"]
    legal_gateway: str | None
    settings: tuple[Setting, ...]
    limits: Limits
    simulator: Simulator | None
    quality: Mapping[str, str]

    def pick_settings(self, given: Mapping[str, str]) -> dict[str, str]:
        """
        Return this connector's own settings out of all, with defaults filled in.

        :raises Misconfigured: if one is missing, or is not of its type
        """
        picked: dict[str, str] = {}
        faults = []
        for setting in self.settings:
            value = given.get(setting.name) or setting.default
            if not value:
                faults.append(self._fault(setting, "is not set"))
            elif setting.type == "uuid" and not _is_uuid(value):
                faults.append(self._fault(setting, "is not a UUID"))
            else:
                picked[setting.name] = value
        if faults:
            raise Misconfigured("\n".join(faults))
        return picked

    def _fault(self, setting: Setting, what: str) -> str:
        return f"{self.path}: setting {setting.name} {what}. Mend: {setting.help}"


def read_manifests(folder: Path) -> tuple[Manifest, ...]:
    """
    Read the manifest of every connector in a folder, in order of name.

    :raises FaultyFiles: naming every fault of every manifest
    """
    manifests, faults = [], []
    for path in sorted(folder.glob("*/manifest.yaml")):
        try:
            manifests.append(read_manifest(path))
        except FaultyFiles as error:
            faults.extend(error.faults)
    if faults:
        raise FaultyFiles(faults)
    return tuple(manifests)


def read_manifest(path: Path) -> Manifest:
    """
    Read one manifest.yaml.

    :raises FaultyFiles: if it is missing, breaks the schema, or is not named as its folder
    """
    data = read_yaml(path)
    faults = schema_faults(data, schema=_SCHEMA, path=path)
    if not faults and data["name"] != path.parent.name:
        faults = [
            Fault(
                path,
                str(line_of(data, ["name"])),
                f"name: {data['name']} is not the name of the folder.",
                f"Write {path.parent.name}, or rename the folder.",
            )
        ]
    if faults:
        raise FaultyFiles(faults)
    return _manifest(path, data)


def _manifest(path: Path, data: Mapping[str, Any]) -> Manifest:
    limits = data["limits"]
    simulator = data.get("simulator")
    return Manifest(
        path=path,
        name=data["name"],
        label=Text.read(data["label"]),
        contract=data["contract"],
        attributes=tuple(data.get("attributes", ())),
        needs=tuple(data.get("needs", ())),
        owner=Text.read(data["owner"]),
        status=data["status"],
        legal_gateway=data["legal_gateway"],
        settings=tuple(
            Setting(one["name"], one["type"], one["help"], one.get("default"))
            for one in data["settings"]
        ),
        limits=Limits(
            **{name: limits[name] for name in limits if name != "circuit"},
            circuit_failures=limits["circuit"]["failures"],
            circuit_rest_seconds=limits["circuit"]["rest_seconds"],
        ),
        simulator=simulator
        and Simulator(
            simulator["module"],
            simulator["port"],
            simulator.get("residents", False),
            simulator.get("remembers", False),
            dict(simulator["settings"]),
        ),
        quality={name: _quality(value) for name, value in data["quality"].items()},
    )


def _quality(value: str | Mapping[str, str]) -> str:
    return value if isinstance(value, str) else f"exempt: {value['exempt']}"


def _is_uuid(value: str) -> bool:
    try:
        uuid.UUID(value)
    except ValueError:
        return False
    return True
