"""`standpipe settings`: every setting of the platform and of its connectors, as a table."""

from __future__ import annotations

from collections.abc import Sequence

from config.environment import settings


def main(words: Sequence[str]) -> None:
    """Print the reference as Markdown; it never shows a value that is set."""
    print(reference())


def reference() -> str:
    """Return the reference of settings as Markdown, one row each."""
    lines = [
        "| Setting | Type | Default | What it is for |",
        "|---|---|---|---|",
    ]
    for each in settings():
        default = f"`{each.default}`" if each.default else "required" if each.required else "none"
        help_text = f"{each.help} **Secret.**" if each.secret else each.help
        lines.append(f"| `{each.name}` | {_cell(each.kind.name)} | {default} | {help_text} |")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", r"\|")
