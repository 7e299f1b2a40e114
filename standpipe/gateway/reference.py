"""The reference of connectors as Markdown, made from their manifests."""

from __future__ import annotations

from collections.abc import Iterable

from standpipe.gateway.manifest import Limits, Manifest

_HEAD = """# Connectors

<!-- Made by `standpipe reference`. -->

What each `connectors/*/manifest.yaml` says of itself.
"""


def connectors_reference(manifests: Iterable[Manifest]) -> str:
    """Return the whole page, one section for each connector."""
    return "\n".join([_HEAD, *map(_section, manifests)])


def _section(manifest: Manifest) -> str:
    facts = [
        ("Contract", f"`{manifest.contract}`"),
        ("Owner", manifest.owner.en),
        ("Status", manifest.status),
        ("Legal gateway", manifest.legal_gateway or "no personal data passes"),
        ("Answers", _codes(manifest.attributes)),
        ("Needs", _codes(manifest.needs)),
        ("Limits", _limits(manifest.limits)),
        *_simulator(manifest),
    ]
    lines = [f"## `{manifest.name}`", "", f"{manifest.label.en}.", "", "| | |", "|---|---|"]
    lines += [f"| {name} | {text} |" for name, text in facts if text]
    lines += ["", "| setting | type | default | help |", "|---|---|---|---|"]
    lines += [
        f"| `{one.name}` | {one.type} | {one.default or 'none'} | {one.help} |"
        for one in manifest.settings
    ]
    lines += ["", "| quality | |", "|---|---|"]
    lines += [f"| {name} | {state} |" for name, state in manifest.quality.items()]
    return "\n".join([*lines, ""])


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _limits(limits: Limits) -> str:
    return (
        f"{limits.deadline_seconds:g} s a call with up to {limits.attempts} attempts; "
        f"{limits.parallel} at once; answers to {limits.response_bytes} bytes; "
        f"rests {limits.circuit_rest_seconds:g} s after {limits.circuit_failures} failures in a row"
    )


def _simulator(manifest: Manifest) -> list[tuple[str, str]]:
    simulator = manifest.simulator
    if simulator is None:
        return []
    return [("Simulator", f"`python -m {simulator.module} --port {simulator.port}`")]
