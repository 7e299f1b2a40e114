"""Another register's file, however a spreadsheet has mangled it: each row is good or told why."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.environment import ROOT
from standpipe.entitlements.intake.checking import Report, check_sheet, numbers_in
from standpipe.entitlements.intake.report import report_csv
from standpipe.entitlements.intake.sheet import Unreadable, read_sheet
from standpipe.packs.library import load_pack
from standpipe.places.reading import load_place
from standpipe.vocabulary.reading import load_vocabulary

ON = date(2026, 11, 22)
PLACE = load_place(ROOT / "places" / "borrowdale")
VOCABULARY = load_vocabulary(ROOT / "vocabulary", also_accept=PLACE.also_accept)
PACK = load_pack(ROOT / "service_packs" / "blue_badge", vocabulary=VOCABULARY, place=PLACE)
GOOD = {
    "Badge number": "72B9HA",
    "First name": "Ada",
    "Last name": "O'Neill",
    "Date of birth": "31/03/1980",
    "Address line 1": "1 Mill Lane",
    "Town": "Rosegill",
    "Postcode": "bo1 1aa",
    "Start date": "01/12/2024",
    "Expiry date": "30/11/2027",
    "Status": "Issued",
}


def a_file(*rows: dict[str, str], columns: list[str] | None = None, delimiter: str = ",") -> str:
    text = io.StringIO()
    names = columns or list({name: None for row in rows for name in row} or GOOD)
    writer = csv.DictWriter(text, names, delimiter=delimiter, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def checked(content: str | bytes, *, known: tuple[str, ...] = ()) -> Report:
    sheet = read_sheet(content.encode() if isinstance(content, str) else content)
    return check_sheet(sheet, PACK.imports, PACK.entitlement, VOCABULARY, known=known, on=ON)


def row(**changes: str) -> dict[str, str]:
    return {**GOOD, **{name.replace("_", " "): value for name, value in changes.items()}}


def test_a_good_row_is_read_into_our_words():
    [one] = checked(a_file(GOOD)).good

    assert (one.line, one.number, one.status) == (2, "72B9HA", "issued")
    assert (one.starts_on, one.expires_on) == (date(2024, 12, 1), date(2027, 11, 30))
    assert one.answers["applicant/person.name"] == {"given": "Ada", "family": "O'Neill"}
    assert one.answers["applicant/person.birth_date"] == "1980-03-31"
    assert one.answers["applicant/address.full"]["postcode"] == "BO1 1AA"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ends", ["\r\n", "\n"])
def test_a_file_is_read_however_a_spreadsheet_saved_it(encoding, delimiter, ends):
    text = a_file(row(Last_name="Brontë"), delimiter=delimiter).replace("\r\n", ends)

    [one] = checked(text.encode(encoding)).good

    assert one.answers["applicant/person.name"]["family"] == "Brontë"


def test_quoted_commas_and_line_breaks_stay_in_their_cell_and_lines_are_counted():
    first = {**GOOD, "Remarks": 'He said,\n"here"'}
    report = checked(a_file(first, {**GOOD, "Badge number": "000001", "Town": ""}))

    assert report.good[0].other == {"Remarks": 'He said,\n"here"'}
    assert [one.line for one in report.wrong] == [4]
    assert report.kept_as_they_are == ("Remarks",)


def test_columns_may_stand_anywhere_under_any_of_their_names():
    renamed = {
        "POSTCODE": "BO1 1AA",
        "badge_no": "72B9HA",
        "surname": "Roe",
        "Forename": "Ada",
        "DOB": "1980-03-31",
        "Street": "1 Mill Lane",
        "City": "Rosegill",
        "Valid from": "2024-12-01",
        "Valid to": "2027-11-30",
    }

    [one] = checked(a_file(renamed)).good

    assert (one.number, one.status, one.other) == ("72B9HA", "issued", {})


@pytest.mark.parametrize(
    ("changes", "column", "mend"),
    [
        ({"Badge_number": ""}, "Badge number", "empty"),
        ({"Badge_number": "12345"}, "Badge number", "012345"),
        ({"Badge_number": "1.2E+05"}, "Badge number", "sum"),
        ({"Badge_number": "72B9HI"}, "Badge number", "no number of ours"),
        ({"Start_date": ""}, "Start date", "empty"),
        ({"Start_date": "45292"}, "Start date", "counts days"),
        ({"Start_date": "31/02/2024"}, "Start date", "DD/MM/YYYY"),
        ({"Start_date": "12/25/2024"}, "Start date", "DD/MM/YYYY"),
        ({"Start_date": "1/12/24"}, "Start date", "DD/MM/YYYY"),
        ({"Expiry_date": "30/11/2023"}, "Expiry date", "ends before"),
        ({"Status": "Lost in the post"}, "Status", "issued"),
        ({"First_name": "", "Last_name": ""}, "First name", "empty"),
        ({"Last_name": ""}, "Last name", "last name"),
        ({"Date_of_birth": "31/03/2080"}, "Date of birth", "past"),
        ({"Date_of_birth": "yesterday"}, "Date of birth", "DD/MM/YYYY"),
        ({"Postcode": "nowhere"}, "Postcode", "postcode"),
        ({"NINO": "BG123456A"}, "NINO", "National Insurance"),
        ({"Email": "nobody"}, "Email", "email"),
    ],
)
def test_a_row_that_is_wrong_says_where_and_how_to_mend_it(changes, column, mend):
    report = checked(a_file(row(**changes)))

    assert report.refused == (2,)
    assert [one.column for one in report.wrong] == [column]
    assert mend.lower() in report.wrong[0].message.en.lower()
    assert report.wrong[0].message.cy != report.wrong[0].message.en


def test_all_that_is_wrong_with_a_row_is_told_at_once():
    report = checked(a_file(row(Badge_number="1", Start_date="x", Postcode="x")))

    assert {one.column for one in report.wrong} == {"Badge number", "Start date", "Postcode"}


def test_a_number_that_stands_there_twice_or_is_known_is_entered_once():
    twice = checked(a_file(GOOD, GOOD, row(Badge_number="000001")))
    known = checked(a_file(GOOD, row(Badge_number="000001")), known=("72B9HA",))

    assert ([one.line for one in twice.good], twice.refused) == ([2, 4], (3,))
    assert "line 2" in twice.wrong[0].message.en
    assert ([one.line for one in known.good], known.refused) == ([3], (2,))
    sheet = read_sheet(a_file(row(Badge_number="72b9ha"), {"Badge number": ""}).encode())
    assert numbers_in(sheet, PACK.imports) == ["72B9HA"]


def test_a_row_with_more_cells_than_columns_is_refused_and_a_short_one_read():
    lines = a_file(GOOD, row(Badge_number="000001")).splitlines()
    lines[1] += ",more"
    lines[2] = lines[2].rpartition(",")[0]

    report = checked("\r\n".join(lines))

    assert (report.refused, [one.line for one in report.good]) == ((2,), [3])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\r\n\r\n",
        b"PK\x03\x04...",
        b"\xd0\xcf\x11\xe0",
        b"a,b\x00,c",
        b'Badge number\n"72B9HA',
        a_file({"Badge number": "72B9HA"}).encode(),
        a_file(GOOD).replace("Town", "Postcode", 1).encode(),
    ],
)
def test_what_is_no_such_table_is_refused_whole(content):
    with pytest.raises(Unreadable) as refused:
        checked(content)

    assert refused.value.message.en
    assert refused.value.message.cy


def test_the_report_is_a_file_that_no_spreadsheet_runs():
    report = checked(a_file(row(Postcode="=1+1")))

    for language, head in (("en", "Line"), ("cy", "Llinell")):
        table = list(csv.reader(io.StringIO(report_csv(report, language=language))))
        assert table[0][0] == head
        assert table[1][:3] == ["2", "Postcode", "'=1+1"]


CELLS = st.one_of(
    st.sampled_from(
        ["", " ", "72B9HA", "31/03/1980", "2024-12-01", "Ada", "BO1 1AA", "=1", "Issued"]
    ),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=len(GOOD), max_size=len(GOOD) + 1), max_size=12))
def test_no_row_is_lost_whatever_stands_in_it(rows):
    text = io.StringIO()
    csv.writer(text).writerows([list(GOOD), *rows])

    report = checked(text.getvalue())

    assert report.rows == len(rows)
    assert {one.line for one in report.wrong} == set(report.refused)
    assert not {one.line for one in report.good} & set(report.refused)
    assert len({one.number for one in report.good}) == len(report.good)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_whatever_is_uploaded_is_read_or_refused(content):
    try:
        report = checked(content)
    except Unreadable:
        return
    assert report.rows >= 0


@settings(max_examples=60, deadline=None)
@given(
    st.sets(st.text(alphabet="0123456789ABCDEFGHJK", min_size=6, max_size=6), max_size=20),
    st.data(),
)
def test_good_rows_are_those_whose_number_is_new(numbers, data):
    known = data.draw(st.sets(st.sampled_from(sorted(numbers)))) if numbers else set()

    report = checked(
        a_file(*(row(Badge_number=one) for one in sorted(numbers)), columns=list(GOOD)),
        known=tuple(known),
    )

    assert {one.number for one in report.good} == numbers - known
    assert len(report.refused) == len(known)
