"""The connectors of this house: read from their folder, built from the settings."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar, cast

import httpx

from standpipe.gateway.circuit import CircuitState
from standpipe.gateway.contracts import (
    AttributeRegistry,
    EntitlementMaker,
    MessageSender,
    PaymentProvider,
    SelfChecking,
    Unreached,
)
from standpipe.gateway.http import Outbound
from standpipe.gateway.manifest import ContractName, Manifest, read_manifests
from standpipe.kernel.errors import Misconfigured

_CONTRACTS: Mapping[ContractName, type] = {
    "attribute_registry": AttributeRegistry,
    "message_sender": MessageSender,
    "payment_provider": PaymentProvider,
    "entitlement_maker": EntitlementMaker,
}

C = TypeVar("C")


class Connectors:
    """Every connector, ready to be used; look one up by its contract or its name."""

    def __init__(self, built: Mapping[str, tuple[Manifest, Outbound, object]]) -> None:
        self._built = dict(built)

    def __iter__(self) -> Iterator[Manifest]:
        """Go through the manifests in order of name."""
        return (manifest for manifest, _, _ in self._built.values())

    def registry(self, name: str) -> AttributeRegistry:
        """
        Return a registry by the name of its connector.

        :raises Misconfigured: if there is none of that name
        """
        _, _, connector = self._built.get(name, (None, None, None))
        if not isinstance(connector, AttributeRegistry):
            raise Misconfigured(f"connectors/{name}: there is no such registry.")
        return connector

    def maker(self, name: str) -> EntitlementMaker:
        """
        Return who makes what is granted, by the name of its connector.

        :raises Misconfigured: if there is none of that name
        """
        _, _, connector = self._built.get(name, (None, None, None))
        if not isinstance(connector, EntitlementMaker):
            raise Misconfigured(f"connectors/{name}: nobody there makes what is granted.")
        return connector

    def contract(self, contract: type[C]) -> C:
        """
        Return the one connector that fulfils a contract.

        :raises Misconfigured: if none does, or more than one
        """
        found = [one for _, _, one in self._built.values() if isinstance(one, contract)]
        if len(found) != 1:
            raise Misconfigured(
                f"connectors: {len(found)} fulfil {contract.__name__} instead of one."
            )
        return found[0]

    def operator_faults(self) -> Iterator[str]:
        """
        Give what connectors that look for it find wrong at their supplier, for the operator.

        One that cannot be reached says so; that is no reason not to open.
        """
        for name, (_, _, connector) in self._built.items():
            if isinstance(connector, SelfChecking):
                try:
                    yield from (
                        f"connectors/{name}: {fault}" for fault in connector.operator_faults()
                    )
                except Unreached as unreached:
                    yield f"connectors/{name}: cannot be checked now: {unreached}"

    def circuit_states(self) -> dict[str, CircuitState]:
        """Return for each connector whether calls go out at present."""
        return {name: outbound.circuit_state() for name, (_, outbound, _) in self._built.items()}

    def close(self) -> None:
        """Close every connection that is kept open."""
        for _, outbound, _ in self._built.values():
            outbound.close()


def load_connectors(folder: Path, settings: Mapping[str, str]) -> Connectors:
    """
    Build every connector of a folder, which is also a Python package that can be imported.

    :raises Misconfigured: naming every file and setting at fault
    """
    built: dict[str, tuple[Manifest, Outbound, object]] = {}
    faults: list[str] = []
    for manifest in read_manifests(folder):
        try:
            picked = manifest.pick_settings(settings)
            built[manifest.name] = (manifest, *build_connector(manifest, picked))
        except Misconfigured as error:
            faults.append(str(error))
    if faults:
        raise Misconfigured("\n".join(faults))
    return Connectors(built)


def build_connector(
    manifest: Manifest,
    settings: Mapping[str, str],
    *,
    transport: httpx.BaseTransport | None = None,
) -> tuple[Outbound, object]:
    """
    Build one connector from its own settings, with the client that it calls through.

    `transport` stands in for the network, as when a recording is played.

    :raises Misconfigured: if connector.py is missing, or what it builds breaks its contract
    """
    urls = {one.name: settings[one.name] for one in manifest.settings if one.type == "url"}
    path = manifest.path.with_name("connector.py")
    if not path.is_file():
        raise Misconfigured(f"{path}: the file is missing.")
    package = f"{manifest.path.parent.parent.name}.{manifest.name}.connector"
    connect = getattr(importlib.import_module(package), "connect", None)
    if connect is None:
        raise Misconfigured(f"{path}: has no function connect(settings, outbound).")
    outbound = Outbound(manifest.name, urls=urls, limits=manifest.limits, transport=transport)
    connector = cast(Callable[[Mapping[str, str], Outbound], object], connect)(settings, outbound)
    if not isinstance(connector, _CONTRACTS[manifest.contract]):
        raise Misconfigured(f"{path}: what connect returns does not fulfil {manifest.contract}.")
    return outbound, connector
