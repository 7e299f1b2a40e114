"""Another register is entered whole or not at all, once, and quickly."""

from __future__ import annotations

import itertools
import secrets
import time
from datetime import UTC, datetime

import pytest
from django.db import connection

from config.register import main as register_import
from standpipe.consent.actions import NotPermitted, permit_task
from standpipe.entitlements.actions.taking_in import (
    NoImport,
    NoSuchIntake,
    NotWhole,
    check_file,
    drop_kept,
    enter_file,
    enter_kept,
    keep_file,
    kept_file,
)
from standpipe.entitlements.queries import entry, find
from standpipe.identity.tenancy import acting
from tests import make

COUNTY, SERVICE = "borrowdale_county", "blue_badge"
HEAD = "Badge number,First name,Last name,DOB,Street,Town,Postcode,Start date,Expiry date,Remarks"
NOW = datetime.now(UTC)
ALPHABET = "0123456789ABCDEFGHJK"
# Each test has numbers of its own.
_NUMBERS = ("".join(one) for one in itertools.product(ALPHABET, repeat=6))


def numbers(count: int) -> list[str]:
    return list(itertools.islice(_NUMBERS, count))


def a_line(number: str, *, name: str = "Roe", postcode: str = "BO1 1AA") -> str:
    person = f"Ada,{name},31/03/1980,1 Mill Lane,Rosegill,{postcode}"
    return f"{number},{person},01/12/2024,30/11/2027,as it was"


def a_file(*lines: str) -> bytes:
    return "\r\n".join([HEAD, *lines]).encode()


def entered(content: bytes, *, only_good: bool = False) -> int:
    report = enter_file(SERVICE, content, only_good=only_good, actor=make.worker(COUNTY), at=NOW)
    return len(report.good)


def in_register(number: str):
    who = make.staff(COUNTY)
    leave = permit_task(who, organisation=who.organisation, purpose="test", at=NOW)
    with acting(who):
        return entry("blue_badge", number, leave)


def test_what_was_entered_stands_in_the_register_with_its_history():
    [number] = numbers(1)
    name = f"Roe{secrets.token_hex(4)}"

    assert entered(a_file(a_line(number, name=name))) == 1

    found = in_register(number)
    assert (found.holder_name, found.holder_postcode, found.status) == (
        f"Ada {name}",
        "BO11AA",
        "issued",
    )
    assert found.attributes["other"] == {"Remarks": "as it was"}
    assert [one.what for one in found.history] == ["entered"]
    who = make.staff(COUNTY)
    leave = permit_task(who, organisation=who.organisation, purpose="test", at=NOW)
    with acting(who):
        assert [one.number for one in find("blue_badge", permission=leave, name=name)] == [number]


def test_one_bad_row_keeps_the_whole_file_out_unless_it_is_left_out():
    good, bad = numbers(2)
    content = a_file(a_line(good), a_line(bad, postcode="x"))

    with pytest.raises(NotWhole):
        entered(content)
    assert in_register(good) is None

    assert entered(content, only_good=True) == 1
    assert in_register(good) is not None
    assert in_register(bad) is None


def test_a_failure_half_way_leaves_nothing_behind(monkeypatch):
    content = a_file(*map(a_line, some := numbers(3)))

    def fail(count: int) -> None:
        raise RuntimeError("cut off")

    with pytest.raises(RuntimeError):
        enter_file(
            SERVICE, content, only_good=False, actor=make.worker(COUNTY), at=NOW, progress=fail
        )

    assert [in_register(one) for one in some] == [None] * 3


def test_the_same_file_again_enters_nothing():
    content = a_file(*map(a_line, numbers(2)))
    entered(content)

    again = check_file(SERVICE, content, actor=make.worker(COUNTY), at=NOW)

    assert (len(again.good), len(again.refused)) == (0, 2)
    assert entered(content, only_good=True) == 0


def test_it_is_recorded_once_for_many_with_everybody_it_concerns(owner):
    some = numbers(3)
    entered(a_file(*map(a_line, some)))

    [(subjects,)] = owner.execute(
        "SELECT cardinality(subjects) FROM audit_entry WHERE verb = 'entitlement.entered'"
        " AND body::text LIKE %s",
        [f"%{some[0]}%"],
    ).fetchall()

    assert subjects == 3


def test_a_register_is_filled_by_its_own_organisation_alone():
    content = a_file(a_line(*numbers(1)))

    with pytest.raises(NotPermitted):
        enter_file(
            SERVICE, content, only_good=False, actor=make.worker("northmere_district"), at=NOW
        )
    with pytest.raises(NoImport):
        check_file("report_a_fallen_tree", content, actor=make.worker(COUNTY), at=NOW)


def test_a_kept_file_is_its_organisation_s_and_gone_once_it_was_dealt_with():
    manager, other = make.staff(COUNTY, "manager"), make.staff("northmere_district", "manager")
    [number] = numbers(1)
    kept = keep_file(SERVICE, "a.csv", a_file(a_line(number)), actor=manager, at=NOW)

    with pytest.raises(NoSuchIntake):
        kept_file(kept, actor=other, at=NOW)
    assert len(kept_file(kept, actor=manager, at=NOW).report.good) == 1
    assert enter_kept(kept, only_good=False, actor=manager, at=NOW) == 1
    for dealt_with in (enter_kept, kept_file):
        more = {"only_good": True} if dealt_with is enter_kept else {}
        with pytest.raises(NoSuchIntake):
            dealt_with(kept, actor=manager, at=NOW, **more)

    dropped = keep_file(SERVICE, "a.csv", a_file(), actor=manager, at=NOW)
    drop_kept(dropped, actor=manager)
    with pytest.raises(NoSuchIntake):
        drop_kept(dropped, actor=manager)


def test_the_command_checks_reports_and_enters(tmp_path, capsys):
    good, bad = numbers(2)
    file, report = tmp_path / "register.csv", tmp_path / "refused.csv"
    file.write_bytes(a_file(a_line(good), a_line(bad, postcode="x")))
    words = [str(file), "--service", SERVICE, "--organisation", COUNTY]

    assert register_import([*words, "--report", str(report)]) == 1
    assert "2 rows: 1 good, 1 refused, 0 blank." in capsys.readouterr().out
    assert report.read_text().splitlines()[1].startswith("3,Postcode,x,")
    assert register_import([*words, "--check", "--good-rows"]) == 0
    assert in_register(good) is None
    assert register_import([*words, "--good-rows"]) == 0
    assert in_register(good) is not None


def test_twenty_thousand_rows_are_entered_within_a_minute():
    content = a_file(*map(a_line, some := numbers(20_000)))
    told = []
    started = time.monotonic()

    report = enter_file(
        SERVICE,
        content,
        only_good=False,
        actor=make.worker(COUNTY),
        at=NOW,
        progress=told.append,
    )

    seconds = time.monotonic() - started
    print(f"\n20,000 rows of a register in {seconds:.1f} s")
    assert len(report.good) == 20_000
    assert told == list(range(1000, 20_001, 1000))
    assert in_register(some[-1]) is not None
    connection.close()
    assert seconds < 60
