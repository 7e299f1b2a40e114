"""Every row of another register's file, checked as it would be entered: good, or why not. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from standpipe.entitlements.intake.sheet import Row, Sheet, Unreadable
from standpipe.kernel.text import Text
from standpipe.packs.entitlement import EntitlementDefinition
from standpipe.packs.register_import import DATES, RegisterImport, plain_name
from standpipe.vocabulary.answers import read_value
from standpipe.vocabulary.attribute import Vocabulary
from standpipe.vocabulary.need import Need

# Under this name an entry keeps the cells of columns that the pack does not know.
OTHER = "other"
_PROGRESS_EVERY = 500
# What spreadsheets make of long numbers, and of days.
_SCIENTIFIC = re.compile(r"[0-9.]+E\+?[0-9]+", re.IGNORECASE)
_SERIAL = re.compile(r"[0-9]{5}(\.0)?")

MISSING = Text("It is empty. Fill it in.", "Mae'n wag. Llenwch ef.")
TWICE = Text(
    "This number stands on line {line} too. Keep one of the two.",
    "Mae'r rhif hwn ar linell {line} hefyd. Cadwch un o'r ddau.",
)
KNOWN = Text(
    "This number is in the register already. It is not entered twice.",
    "Mae'r rhif hwn yn y gofrestr yn barod. Ni chaiff ei gofnodi ddwywaith.",
)
SHAPE = Text(
    "This is no number of ours: {length} of {alphabet}.",
    "Nid rhif o'n heiddo ni yw hwn: {length} o {alphabet}.",
)
ZEROS = Text(
    "Did a spreadsheet take its leading zeros? Write {number}.",
    "A gymerodd taenlen ei seroau blaen? Ysgrifennwch {number}.",
)
NOT_A_NUMBER = Text(
    "A spreadsheet has made a sum of it. Format the column as text and enter it again.",
    "Mae taenlen wedi gwneud swm ohono. Fformatiwch y golofn fel testun a'i roi eto.",
)
NOT_A_DATE = Text(
    "This is no date. Write it as {shapes}.",
    "Nid dyddiad yw hwn. Ysgrifennwch ef fel {shapes}.",
)
SERIAL = Text(
    "This is how a spreadsheet counts days. Format the column as a date.",
    "Fel hyn y mae taenlen yn cyfrif dyddiau. Fformatiwch y golofn fel dyddiad.",
)
ENDS_FIRST = Text(
    "It ends before it begins. Correct one of the two dates.",
    "Mae'n dod i ben cyn iddo ddechrau. Cywirwch un o'r ddau ddyddiad.",
)
NO_STATUS = Text("Write one of {codes}.", "Ysgrifennwch un o {codes}.")
TOO_MANY = Text(
    "There are more cells than columns. Is a comma missing its quotation marks?",
    "Mae mwy o gelloedd na cholofnau. A oes coma heb ei ddyfynodau?",
)


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong: line and column as they stand in the file, the cell, the mend."""

    line: int
    column: str
    cell: str
    message: Text


@dataclass(frozen=True, slots=True)
class Incoming:
    """One row that can be entered; `answers` by need, `other` by the file's own names."""

    line: int
    number: str
    starts_on: date
    expires_on: date
    status: str
    answers: Mapping[str, Any]
    other: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Report:
    """
    What became of every row: `good` ones, lines `refused` with all that is `wrong`, `blank` ones.

    Together they are all rows of the file.
    """

    good: tuple[Incoming, ...]
    refused: tuple[int, ...]
    wrong: tuple[Wrong, ...]
    blank: int
    kept_as_they_are: tuple[str, ...]

    @property
    def rows(self) -> int:
        """How many rows the file has below its names."""
        return len(self.good) + len(self.refused) + self.blank


def numbers_in(sheet: Sheet, definition: RegisterImport) -> list[str]:
    """Return the numbers that a file speaks of, to ask which are known."""
    at = _Columns(sheet.columns).find(definition.number)
    return [] if at is None else [_cell(row, at).upper() for row in sheet.rows if _cell(row, at)]


def check_sheet(
    sheet: Sheet,
    definition: RegisterImport,
    entitlement: EntitlementDefinition,
    vocabulary: Vocabulary,
    *,
    known: Collection[str],
    on: date,
    progress: Callable[[int], None] = lambda _: None,
) -> Report:
    """
    Check every row of a file; `known` are the numbers that the register holds.

    `progress` is told the count of rows now and then.

    :raises Unreadable: if a column is missing without which nothing can be read
    """
    checker = _Checker(sheet, definition, entitlement, vocabulary, known, on)
    for count, row in enumerate(sheet.rows, 1):
        checker.take(row)
        if count % _PROGRESS_EVERY == 0:
            progress(count)
    progress(len(sheet.rows))
    return checker.report()


class _Columns:
    """Where each column of a file stands."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self._at = {plain_name(name): at for at, name in reversed(list(enumerate(names)))}

    def find(self, names: tuple[str, ...]) -> int | None:
        for name in names:
            if plain_name(name) in self._at:
                return self._at[plain_name(name)]
        return None


@dataclass
class _Reading:
    """One row while it is read."""

    row: Row
    wrong: list[Wrong] = field(default_factory=list)


class _Checker:
    def __init__(
        self,
        sheet: Sheet,
        definition: RegisterImport,
        entitlement: EntitlementDefinition,
        vocabulary: Vocabulary,
        known: Collection[str],
        on: date,
    ) -> None:
        self._columns = _Columns(sheet.columns)
        self._definition = definition
        self._entitlement = entitlement
        self._vocabulary = vocabulary
        self._known = set(known)
        self._on = on
        self._first_lines: dict[str, int] = {}
        self._good: list[Incoming] = []
        self._refused: list[int] = []
        self._wrong: list[Wrong] = []
        self._blank = 0
        self._require_columns()
        used = {self._columns.find(names) for names in self._all_names()}
        self._other = {at: name for at, name in enumerate(sheet.columns) if at not in used and name}

    def report(self) -> Report:
        return Report(
            good=tuple(self._good),
            refused=tuple(self._refused),
            wrong=tuple(self._wrong),
            blank=self._blank,
            kept_as_they_are=tuple(self._other.values()),
        )

    def take(self, row: Row) -> None:
        if row.is_blank:
            self._blank += 1
            return
        reading = _Reading(row)
        extra = row.cells[len(self._columns.names) :]
        if any(cell.strip() for cell in extra):
            reading.wrong.append(Wrong(row.line, "", ", ".join(extra)[:200], TOO_MANY))
        incoming = self._read(reading)
        if incoming is None or reading.wrong:
            self._refused.append(row.line)
            self._wrong += reading.wrong
        else:
            self._good.append(incoming)

    def _read(self, reading: _Reading) -> Incoming | None:
        number = self._number(reading)
        starts = self._date(reading, self._definition.starts_on)
        ends = self._date(reading, self._definition.expires_on)
        if starts and ends and ends < starts:
            self._note(reading, self._definition.expires_on, ENDS_FIRST)
        status = self._status(reading)
        answers = self._answers(reading)
        if number is None or starts is None or ends is None or status is None:
            return None
        other = {name: cell for at, name in self._other.items() if (cell := _cell(reading.row, at))}
        return Incoming(reading.row.line, number, starts, ends, status, answers, other)

    def _number(self, reading: _Reading) -> str | None:
        names = self._definition.number
        number = self._said(reading, names).upper()
        length, alphabet = self._entitlement.length, self._entitlement.alphabet
        if not number:
            self._note(reading, names, MISSING)
        elif not (len(number) == length and set(number) <= set(alphabet)):
            self._note(reading, names, self._mend_of(number, length, alphabet))
        elif number in self._first_lines:
            self._note(reading, names, _filled(TWICE, line=self._first_lines[number]))
        else:
            self._first_lines[number] = reading.row.line
            if number not in self._known:
                return number
            self._note(reading, names, KNOWN)
        return None

    @staticmethod
    def _mend_of(number: str, length: int, alphabet: str) -> Text:
        if _SCIENTIFIC.fullmatch(number):
            return NOT_A_NUMBER
        if len(number) < length and number.isdecimal() and number.isascii():
            return _filled(ZEROS, number=number.zfill(length))
        return _filled(SHAPE, length=length, alphabet=alphabet)

    def _date(self, reading: _Reading, names: tuple[str, ...]) -> date | None:
        said = self._said(reading, names)
        if not said:
            self._note(reading, names, MISSING)
            return None
        read = read_date(said, self._definition.dates)
        if read is None:
            self._note(reading, names, self._date_mend(said))
        return read

    def _date_mend(self, said: str) -> Text:
        if _SERIAL.fullmatch(said):
            return SERIAL
        return _filled(NOT_A_DATE, shapes=", ".join(self._definition.dates))

    def _status(self, reading: _Reading) -> str | None:
        definition = self._definition.status
        if definition is None:
            return "issued"
        said = self._said(reading, definition.names).casefold()
        if not said:
            return definition.otherwise
        if said not in definition.codes:
            codes = ", ".join(sorted(definition.codes))
            self._note(reading, definition.names, _filled(NO_STATUS, codes=codes))
            return None
        return definition.codes[said]

    def _answers(self, reading: _Reading) -> dict[str, Any]:
        raw: dict[str, Any] = {}
        names: dict[str, dict[str, tuple[str, ...]]] = {}
        required = set()
        for column in self._definition.answers:
            said = self._said(reading, column.names)
            value: Any = column.codes.get(said.casefold(), said)
            names.setdefault(column.need, {})[column.part or ""] = column.names
            if column.required:
                required.add(column.need)
            if column.part is not None:
                raw.setdefault(column.need, {})[column.part] = value
            else:
                raw[column.need] = value
        answers = {}
        for need, value in raw.items():
            if not _is_said(value):
                if need in required:
                    self._note(reading, next(iter(names[need].values())), MISSING)
                continue
            answers[need] = self._answer(reading, need, value, names[need])
        return {need: value for need, value in answers.items() if value is not None}

    def _answer(
        self, reading: _Reading, need: str, value: Any, names: Mapping[str, tuple[str, ...]]
    ) -> Any:
        attribute = self._vocabulary[Need.parse(need).attribute]
        if attribute.type == "date":
            day = read_date(value, self._definition.dates)
            if day is None:
                self._note(reading, names[""], self._date_mend(value))
                return None
            value = day.isoformat()
        read = read_value(attribute, value, on=self._on)
        if not isinstance(read, list):
            return read.value
        for fault in read:
            part = fault.field.removeprefix(attribute.id).lstrip(".")
            self._note(reading, names.get(part) or next(iter(names.values())), fault.message)
        return None

    def _said(self, reading: _Reading, names: tuple[str, ...]) -> str:
        at = self._columns.find(names)
        return "" if at is None else _cell(reading.row, at)

    def _note(self, reading: _Reading, names: tuple[str, ...], message: Text) -> None:
        at = self._columns.find(names)
        column = names[0] if at is None else self._columns.names[at]
        cell = "" if at is None else _cell(reading.row, at)
        reading.wrong.append(Wrong(reading.row.line, column, cell[:200], message))

    def _all_names(self) -> list[tuple[str, ...]]:
        definition = self._definition
        status = [definition.status.names] if definition.status else []
        return [
            definition.number,
            definition.starts_on,
            definition.expires_on,
            *status,
            *(one.names for one in definition.answers),
        ]

    def _require_columns(self) -> None:
        missing = [
            names[0] for names in self._definition.required if self._columns.find(names) is None
        ]
        if missing:
            listed = ", ".join(missing)
            raise Unreadable(
                Text(
                    f"These columns are missing: {listed}. Name them in the first row.",
                    f"Mae'r colofnau hyn ar goll: {listed}. Enwch nhw yn y rhes gyntaf.",
                )
            )
        twice = [
            name
            for name, count in Counter(plain_name(one) for one in self._columns.names).items()
            if count > 1 and name
        ]
        if twice:
            listed = ", ".join(twice)
            raise Unreadable(
                Text(
                    f"These columns stand there twice: {listed}. Keep one of each.",
                    f"Mae'r colofnau hyn yno ddwywaith: {listed}. Cadwch un o bob un.",
                )
            )


def read_date(said: str, shapes: Collection[str]) -> date | None:
    """Return the day that a cell names in one of some shapes; None if it names none."""
    for shape in shapes:
        try:
            # A spreadsheet that shows days may keep the hour with them.
            return datetime.strptime(said.removesuffix(" 00:00:00"), DATES[shape]).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None


def _is_said(value: Any) -> bool:
    return any(value.values()) if isinstance(value, dict) else bool(value)


def _cell(row: Row, at: int) -> str:
    return row.cells[at].strip() if at < len(row.cells) else ""


def _filled(text: Text, **values: object) -> Text:
    return Text(text.en.format(**values), text.cy.format(**values))
