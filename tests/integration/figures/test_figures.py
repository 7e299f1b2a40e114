"""A county's year, counted: every measure is right, quick, and tells of nobody."""

import csv
import os
import time
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from standpipe.figures.counted import Period
from standpipe.figures.queries import count, rows_of_return
from standpipe.figures.results import results
from standpipe.packs.loaded import packs
from tests import make
from tests.integration.figures.year import CASES, COUNTY, YEAR, make_year
from tests.integration.policy.test_pages import signed_in

PERIOD = Period(datetime(YEAR, 1, 1, tzinfo=UTC), datetime(YEAR + 1, 6, 1, tzinfo=UTC))


@pytest.fixture(scope="module")
def year(database):
    """This process's database, with a year of the past in it."""
    make.begun(make.resident(), "blue_badge")
    with psycopg.connect(database.owner, autocommit=True) as owner:
        make_year(owner)
    return database


@pytest.fixture(scope="module")
def manager():
    return make.staff(COUNTY, "manager")


@pytest.fixture(scope="module")
def found(year, manager):
    pack = packs()["blue_badge"]
    counted = count(pack, PERIOD, actor=manager)
    return {one.measure.id: one for one in results(pack.success, counted, pages=["name"])}


def lines(result):
    return {line.code: line.numbers for line in result.lines}


def test_time_to_decision_is_told_by_route(found):
    told = lines(found["time_to_decision"])

    assert told["one_sitting"][:2] == (CASES * 4 / 10, pytest.approx(1 / 12))
    assert told["staff"][0] == CASES * 4 / 10
    assert told["assessment"][:2] == (CASES / 10, pytest.approx(8 * 7 * 24 - 0.25))
    assert told[""][0] == CASES * 9 / 10
    assert sum(found["time_to_decision"].bars) == CASES * 9 / 10


def test_shares_have_a_numerator_and_a_denominator(found):
    sitting, finished, take_up = (
        (found[name].numerator, found[name].denominator, found[name].value)
        for name in ("without_human", "completion", "take_up")
    )

    assert sitting == (CASES * 4 / 10, CASES * 9 / 10, pytest.approx(100 * 4 / 9))
    assert finished == (CASES * 9 / 10, CASES, pytest.approx(90))
    # Of the channels of tenths 0 to 8: web, web, web, phone, paper, web, web, web, phone.
    assert take_up == (CASES * 6 / 10, CASES * 9 / 10, pytest.approx(100 * 6 / 9))


def test_waits_name_the_party(found):
    told = lines(found["waits"])

    assert set(told) == {"organisation", "applicant", "assessor"}
    assert told["organisation"][:2] == (CASES / 2, pytest.approx(2))
    assert told["applicant"][:2] == (CASES / 2, pytest.approx(1))


def test_people_give_up_after_a_page(found):
    assert found["dropout"].value == pytest.approx(10)
    assert lines(found["dropout"]) == {"contact": (CASES / 10, 100)}


def test_answers_are_asked_kept_or_confirmed(found):
    assert lines(found["questions_asked"])["asked"][1] == pytest.approx(3)
    assert lines(found["questions_asked"])["registry"][1] == pytest.approx(1)
    assert lines(found["questions_asked"])["needed"][1] == pytest.approx(4)


def test_cost_is_by_route(found):
    routes = {route.id: route.pence for route in packs()["blue_badge"].success.routes}
    together = routes["one_sitting"] * 4 + routes["staff"] * 4 + routes["assessment"]

    assert found["cost"].value == pytest.approx(together / 9)


def test_twenty_thousand_cases_are_counted_within_a_second(year, manager):
    """Seconds of processors, ours and the database's: a busy machine takes longer over them."""
    pack, took = packs()["blue_badge"], []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()
    for _ in range(3):
        started = time.process_time() + seconds_used(backend)
        list(results(pack.success, count(pack, PERIOD, actor=manager), pages=[]))
        took.append(time.process_time() + seconds_used(backend) - started)

    assert min(took) < 1, took


def seconds_used(process: int) -> float:
    """Return the processor time of a process of this machine."""
    file = Path(f"/proc/{process}/stat")
    if not file.exists():
        pytest.skip("The database is not on this machine.")
    # "pid (name) state …", and the name may hold anything.
    fields = file.read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def test_the_return_counts_every_decision_once(year, manager):
    pack = packs()["blue_badge"]
    (wanted,) = pack.returns

    rows = rows_of_return(pack, wanted, PERIOD, actor=manager)

    assert sum(number for _, number in rows) == CASES * 9 / 10
    assert {codes[0] for codes, _ in rows} == {"eligible", "not_eligible"}
    # Born in May 1946, so under 65 until May.
    assert {codes[2] for codes, _ in rows} == {"2", "3"}


def test_another_organisation_sees_nothing_of_it(year):
    other = make.staff("northmere_district", "manager")
    pack = packs()["blue_badge"]

    counted = count(pack, PERIOD, actor=other)

    assert (counted.flows, counted.spreads, counted.waits) == ({}, {}, {})


def test_a_manager_sees_the_page_and_takes_the_files(year):
    client = signed_in("figures@county.example", "manager")

    page = client.get("/figures/blue_badge?days=90")
    file = client.get("/figures/blue_badge/completion.csv?days=90")
    returned = client.get(
        f"/figures/blue_badge/returns/statistics.csv?year={datetime.now(UTC).year}"
    )

    assert page.status_code == 200
    assert "<svg" in page.content.decode()
    assert next(csv.reader(StringIO(file.content.decode()))) == ["Measure", "Applications finished"]
    assert returned.content.decode().startswith("Outcome,Ground,Age at decision,Days taken,Number")
    assert client.get("/figures/blue_badge/nothing.csv").status_code == 404
    assert client.get("/figures/no_service").status_code == 404
    assert signed_in("c@county.example", "caseworker").get("/figures/").status_code == 404


def test_feedback_is_kept_without_whose_it_is(year, owner):
    columns = owner.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = 'figures_feedback'"
    ).fetchall()

    assert {name for (name,) in columns} == {
        *("id", "organisation_id", "service", "rating", "language", "on")
    }
