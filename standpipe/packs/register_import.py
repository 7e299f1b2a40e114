"""How the CSV of another register is read into this one: its columns, dates and codes. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# As they are written in a file, and as `datetime.strptime` reads them.
DATES = {
    "DD/MM/YYYY": "%d/%m/%Y",
    "YYYY-MM-DD": "%Y-%m-%d",
    "DD.MM.YYYY": "%d.%m.%Y",
    "DD-MM-YYYY": "%d-%m-%Y",
}


@dataclass(frozen=True, slots=True)
class AnswerColumn:
    """A column that answers a need, or a part of one; `codes` from the file's words to ours."""

    names: tuple[str, ...]
    need: str
    part: str | None
    required: bool
    codes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StatusColumn:
    """The column of the status, by small letters; `otherwise` is that of an empty cell."""

    names: tuple[str, ...]
    codes: Mapping[str, str]
    otherwise: str


@dataclass(frozen=True, slots=True)
class RegisterImport:
    """
    Every column with the names it may have, in small letters.

    `dates` are the ways of writing a date, as a pack names them; `status` None where every entry
    is issued.
    """

    number: tuple[str, ...]
    starts_on: tuple[str, ...]
    expires_on: tuple[str, ...]
    dates: tuple[str, ...]
    status: StatusColumn | None
    answers: tuple[AnswerColumn, ...]

    @property
    def required(self) -> tuple[tuple[str, ...], ...]:
        """The columns without which a file cannot be read."""
        answers = tuple(one.names for one in self.answers if one.required)
        return (self.number, self.starts_on, self.expires_on, *answers)


def read_import(words: Mapping[str, Any]) -> RegisterImport:
    """Read what the schema has found well formed."""
    status = words.get("status")
    return RegisterImport(
        number=_names(words["number"]),
        starts_on=_names(words["starts_on"]),
        expires_on=_names(words["expires_on"]),
        dates=tuple(words["dates"]),
        status=None
        if status is None
        else StatusColumn(
            names=_names(status),
            codes={
                str(said).casefold(): code
                for code, all_said in status["codes"].items()
                for said in all_said
            },
            otherwise=status["otherwise"],
        ),
        answers=tuple(
            AnswerColumn(
                names=_names(one),
                need=one["need"],
                part=one.get("part"),
                required=one.get("required", False),
                codes={str(said).casefold(): code for said, code in one.get("codes", {}).items()},
            )
            for one in words["answers"]
        ),
    )


def plain_name(name: str) -> str:
    """Return a column's name as names are compared."""
    return " ".join(name.casefold().replace("_", " ").split())


def _names(words: Mapping[str, Any]) -> tuple[str, ...]:
    # The first is the one that people are told.
    return tuple(dict.fromkeys(str(one) for one in words["columns"]))
