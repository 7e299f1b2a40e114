"""`standpipe settings`: every setting of the platform and of its connectors, as a table."""

from __future__ import annotations

from collections.abc import Sequence

from config.environment import ROOT, settings
from standpipe.gateway.manifest import Setting, read_manifests


def main(words: Sequence[str]) -> None:
    """Print the reference as Markdown; it never shows a value that is set."""
    print(reference())


def reference() -> str:
    """Return the reference of settings as Markdown: the platform's, then each connector's."""
    lines = _table()
    for each in settings():
        default = f"`{each.default}`" if each.default else "required" if each.required else "none"
        lines.append(_row(each.name, each.kind.name, default, each.help, secret=each.secret))
    for manifest in read_manifests(ROOT / "connectors"):
        lines += ["", f"{manifest.label.en} (`connectors/{manifest.name}`):", "", *_table()]
        lines += [_of_connector(each) for each in manifest.settings]
    return "\n".join(lines)


def _table() -> list[str]:
    return ["| Setting | Type | Default | What it is for |", "|---|---|---|---|"]


def _of_connector(setting: Setting) -> str:
    default = f"`{setting.default}`" if setting.default else "required"
    is_secret = setting.type == "secret"
    return _row(setting.name, setting.type, default, setting.help, secret=is_secret)


def _row(name: str, kind: str, default: str, use: str, *, secret: bool) -> str:
    use = f"{use} **Secret.**" if secret else use
    kind = kind.replace("|", r"\|")
    return f"| `{name}` | {kind} | {default} | {use} |"
