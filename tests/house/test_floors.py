"""Imports run down: the contract in pyproject.toml is kept, and would notice if it were not."""

import subprocess
import sys
from pathlib import Path

from tests.house.source import ROOT

LINT = Path(sys.executable).with_name("lint-imports")
CONTRACT = """
[importlinter]
root_package = house

[importlinter:contract:floors]
name = floors
type = layers
containers = house
exhaustive = true
layers =
    web
    cases
"""


def lint(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(LINT), "--no-cache", *words], cwd=folder, capture_output=True, text=True, check=False
    )


def a_house(folder: Path, **rooms: str) -> Path:
    for name, code in {"": "", **rooms}.items():
        room = folder / "house" / name
        room.mkdir(parents=True)
        (room / "__init__.py").write_text(code)
    (folder / "contract.ini").write_text(CONTRACT)
    return folder


def test_imports_run_down():
    done = lint(ROOT)

    assert done.returncode == 0, done.stdout


def test_an_import_that_runs_up_is_noticed(tmp_path):
    house = a_house(tmp_path, web="", cases="import house.web")

    assert "house.cases is not allowed to import house.web" in (
        lint(house, "--config", "contract.ini").stdout
    )


def test_a_room_without_a_floor_is_noticed(tmp_path):
    house = a_house(tmp_path, web="import house.cases", cases="", loft="")

    assert lint(house, "--config", "contract.ini").returncode != 0


def test_a_house_in_order_is_content(tmp_path):
    house = a_house(tmp_path, web="import house.cases", cases="")

    assert lint(house, "--config", "contract.ini").returncode == 0
