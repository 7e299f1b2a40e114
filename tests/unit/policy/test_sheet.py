"""A table goes to a spreadsheet and comes back as it was; what cannot be taken is named."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from standpipe import dmn
from standpipe.policy.grid import grid_of
from standpipe.policy.sheet import FaultySheet, from_sheet, to_sheet
from standpipe.policy.table_text import with_rows

RULES = Path(__file__).parents[3] / "service_packs"
FILES = sorted(RULES.glob("*/rules/*.dmn"))
PIP = RULES / "blue_badge" / "rules" / "pip.dmn"
MOVING = "PIP moving around"


def pip():
    xml = PIP.read_text(encoding="utf-8")
    return xml, grid_of(xml, MOVING, file="pip.dmn")


def edited(content, change):
    book = load_workbook(BytesIO(content))
    change(book["Table"])
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_table_comes_back_without_a_byte_of_difference(path):
    xml = path.read_text(encoding="utf-8")
    for decision in dmn.load(xml.encode(), path.name).decisions:
        grid = grid_of(xml, decision.name, file=path.name)
        content = to_sheet(grid, about={"Service": "blue_badge"})
        assert with_rows(xml, decision.name, from_sheet(content, grid)) == xml


def test_what_somebody_typed_is_taken_as_the_table_writes_it():
    xml, grid = pip()

    def change(sheet):
        sheet["E5"] = 9
        sheet["D5"] = False
        sheet["C5"] = None

    rows = from_sheet(edited(to_sheet(grid, about={}), change), grid)
    after = grid_of(with_rows(xml, MOVING, rows), MOVING, file="f").rows[3]
    assert after.texts[:4] == ("true", "-", "false", "9")


def test_rows_may_be_added_moved_and_removed():
    xml, grid = pip()

    def change(sheet):
        sheet.delete_rows(2)
        sheet.append(["extra", "true", '"a"', "false", "1", "SI 1"])
        sheet.move_range("A3:F3", rows=20)

    rows = from_sheet(edited(to_sheet(grid, about={}), change), grid)
    after = grid_of(with_rows(xml, MOVING, rows), MOVING, file="f")
    assert [row.id for row in after.rows][:2] == ["moving_around_a", "moving_around_c"]
    assert after.rows[-1].id == "moving_around_b"
    assert after.rows[-2].texts == ("true", '"a"', "false", "1", "SI 1")
    assert dmn.load(with_rows(xml, MOVING, rows).encode(), "f")


def test_a_formula_is_refused_by_its_cell():
    _, grid = pip()

    def change(sheet):
        sheet["C4"] = "=A1"

    with pytest.raises(FaultySheet, match="C4"):
        from_sheet(edited(to_sheet(grid, about={}), change), grid)


def test_a_cell_that_looks_like_a_formula_leaves_as_text():
    _, grid = pip()
    book = load_workbook(BytesIO(to_sheet(grid, about={"Service": '=HYPERLINK("x")'})))

    assert book["About"]["B1"].data_type == "s"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", b"a;b"])
def test_what_is_no_spreadsheet_is_refused(content):
    with pytest.raises(FaultySheet):
        from_sheet(content, pip()[1])


def test_a_missing_column_is_named():
    book = Workbook()
    book.active.append(["Row id", "descriptor"])
    kept = BytesIO()
    book.save(kept)
    with pytest.raises(FaultySheet, match="receives PIP"):
        from_sheet(kept.getvalue(), pip()[1])
