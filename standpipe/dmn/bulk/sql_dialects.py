"""Where the SQL of DuckDB and of Spark differ: quotes, and the names of a few functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Dialect:
    """What one engine writes in its own way; what is not told here is common to all."""

    name: str
    quote: str
    escape: Callable[[str], str]
    functions: Mapping[str, Callable[..., str]] = field(default_factory=dict)

    def column(self, name: str) -> str:
        """Return a name in this engine's quotes."""
        return f"{self.quote}{name.replace(self.quote, self.quote * 2)}{self.quote}"


def _spark_text(text: str) -> str:
    # Spark joins neighbouring texts and reads backslashes.
    return text.replace("\\", "\\\\").replace("'", "\\'")


DUCKDB = Dialect("DuckDB", '"', lambda text: text.replace("'", "''"))
SPARK = Dialect(
    "Spark",
    "`",
    _spark_text,
    {
        "weekday": lambda day: f"(WEEKDAY({day}) + 1)",
        "days between": lambda start, end: f"DATEDIFF({end}, {start})",
        "starts with": lambda text, part: f"STARTSWITH({text}, {part})",
        "ends with": lambda text, part: f"ENDSWITH({text}, {part})",
    },
)
