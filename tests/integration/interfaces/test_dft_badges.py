"""Badges ordered, found, replaced and ended by another authority's system stand in our register."""

from __future__ import annotations

import base64
import csv
import io
import secrets
import zipfile
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote

import pytest

from interfaces.dft_blue_badge.samples import order, organisation_order
from standpipe.consent.actions import permit_task
from standpipe.entitlements.queries import entry
from standpipe.identity.tenancy import acting
from tests import make
from tests.integration.interfaces.conftest import COUNTY, Authority, keys
from tests.unit.documents import files


def today() -> date:
    """The day of the platform; looked up each time, as tests may run past midnight."""
    return datetime.now(UTC).date()


def last() -> date:
    """The last day of a badge that is ordered today."""
    return today() + timedelta(days=730)


def ordering(**changes) -> dict:
    """An order of a badge for somebody new."""
    name = changes.pop("name", f"Ann {secrets.token_hex(4)}")
    changes = {"party__person__badgeHolderName": name, **changes}
    return order(today().isoformat(), last().isoformat(), **changes)


def ordered(badges: Authority, **changes) -> str:
    return badges.post("/badges", ordering(**changes)).json()["data"][0]


def issued(badges: Authority, **changes) -> str:
    number = ordered(badges, **changes)
    badges.post("/badges/print-batch", {"batchType": "STANDARD"})
    badges.post("/badges/collect-batches")
    return number


def shown(badges: Authority, number: str) -> dict:
    return badges.get(f"/badges/{number}").json()["data"]


def replacing(number: str, **changes) -> dict:
    return {
        "badgeNumber": number,
        "replaceReasonCode": "STOLE",
        "deliverToCode": "HOME",
        "deliveryOptionCode": "STAND",
        **changes,
    }


def test_an_order_stands_in_the_register_under_a_number_of_ours(badges):
    number = ordered(badges, name="Ann Roe-Register")
    who = make.staff(COUNTY)
    permission = permit_task(
        who, organisation=who.organisation, purpose="test", at=datetime.now(UTC)
    )

    with acting(who):
        found = entry("blue_badge", number, permission)

    assert (found.status, found.holder_name) == ("ordered", "Ann Roe-Register")
    assert (found.starts_on, found.expires_on) == (today(), last())
    assert [one.what for one in found.history] == ["entered"]
    assert shown(badges, number.lower())["party"]["person"]["dob"] == "1970-05-29"


def test_a_badge_goes_from_ordered_to_issued_by_way_of_printing(badges):
    number = ordered(badges)
    said = [shown(badges, number)["statusCode"]]

    batch = badges.post("/badges/print-batch", {"batchType": "STANDARD"}).json()["data"]
    said.append(shown(badges, number)["statusCode"])
    badges.post("/badges/collect-batches")
    said.append(shown(badges, number)["statusCode"])
    assert badges.post(f"/badges/print-batch/{batch}").status_code == 200
    said.append(shown(badges, number)["statusCode"])

    assert said == ["ORDERED", "PROCESSED", "ISSUED", "PROCESSED"]


@pytest.mark.parametrize(
    ("batch", "delivery"),
    [
        ("FASTTRACK", {"deliveryOptionCode": "FAST"}),
        ("LA", {"deliverToCode": "COUNCIL"}),
        ("STANDARD", {}),
    ],
)
def test_each_batch_takes_what_is_delivered_its_way(badges, batch, delivery):
    mine = ordered(badges, **delivery)
    other = ordered(badges, **({} if delivery else {"deliverToCode": "COUNCIL"}))

    badges.post("/badges/print-batch", {"batchType": batch})

    assert shown(badges, mine)["statusCode"] == "PROCESSED"
    assert shown(badges, other)["statusCode"] == "ORDERED"


def test_an_organisation_gets_as_many_as_it_orders(badges):
    name = f"Trust {secrets.token_hex(4)}"
    sent = organisation_order(
        today().isoformat(), last().isoformat(), party__organisation__badgeHolderName=name
    )

    numbers = badges.post("/badges", sent).json()["data"]

    found = badges.get(f"/badges?name={quote(name)}").json()
    assert {one["badgeNumber"] for one in found["data"]} == set(numbers)
    assert found["pagingInfo"]["total"] == 2
    assert badges.post("/badges", sent).json()["error"]["message"] == "AlreadyExists.badge"


def test_the_same_badge_is_not_ordered_twice_until_the_first_has_ended(badges):
    sent = ordering()
    number = badges.post("/badges", sent).json()["data"][0]

    again = badges.post("/badges", sent)
    assert (again.status_code, again.json()["error"]["message"]) == (400, "AlreadyExists.badge")
    badges.ask("DELETE", f"/badges/{number}")

    assert badges.post("/badges", sent).status_code == 200


def test_a_search_is_by_a_name_or_by_a_postcode(badges):
    name = f"Bea {secrets.token_hex(4)}"
    number = ordered(badges, name=name, party__contact__postCode="BO2 1AQ")

    def found(query: str) -> list[str]:
        return [one["badgeNumber"] for one in badges.get(f"/badges?{query}").json()["data"]]

    assert found(f"name={quote(name[4:])}") == [number]
    assert number in found("postCode=bo21aq")
    assert number not in found("postCode=BO2%201A")
    assert found(f"name={quote(name)}&pageSize=1&pageNum=2") == []


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("", "NotNull.params.badge.find"),
        ("name=&postCode=", "NotNull.params.badge.find"),
        ("name=Ann&postCode=BO1%201AA", "TooMany.params.badge.find"),
    ],
)
def test_a_search_by_neither_or_by_both_is_refused(badges, query, key):
    answer = badges.get(f"/badges?{query}")

    assert (answer.status_code, answer.json()["error"]["message"]) == (400, key)


def test_a_replaced_badge_ends_and_the_new_one_has_what_is_left(badges):
    number = issued(badges)

    new = badges.post(f"/badges/{number}/replacements", replacing(number)).json()["data"]

    old, fresh = shown(badges, number), shown(badges, new)
    assert (old["statusCode"], old["replaceReasonCode"]) == ("REPLACED", "STOLE")
    assert (fresh["statusCode"], fresh["expiryDate"]) == ("ORDERED", last().isoformat())
    assert fresh["party"] == old["party"]


def test_only_what_was_issued_is_replaced(badges):
    number = ordered(badges)

    answer = badges.post(f"/badges/{number}/replacements", replacing(number))

    assert answer.json()["error"]["message"] == "Invalid.badge.replace.badgeStatus"


@pytest.mark.parametrize("reason", ["REVOKE", "DECEASE"])
def test_a_cancelled_badge_is_not_cancelled_again(badges, reason):
    number = issued(badges)
    body = {"badgeNumber": number, "cancelReasonCode": reason}

    assert badges.post(f"/badges/{number}/cancellations", body).status_code == 200
    again = badges.post(f"/badges/{number}/cancellations", body)

    assert again.json()["error"]["message"] == "Invalid.badge.cancel.status"
    assert shown(badges, number)["cancelReasonCode"] == reason


def test_a_deleted_badge_is_not_there(badges):
    number = ordered(badges)

    assert badges.ask("DELETE", f"/badges/{number}").status_code == 200

    assert badges.get(f"/badges/{number}").status_code == 404


@pytest.mark.parametrize("path", ["", "/replacements", "/cancellations", "/x"])
def test_another_authority_finds_nothing(badges, path):
    number = ordered(badges)
    other = Authority(badges.published, make.client("northmere_district").token)

    method, body = ("GET", None) if path in ("", "/x") else ("POST", {})
    assert other.ask(method, f"/badges/{number}{path}", body).status_code == 404


def test_a_picture_is_kept_and_what_is_none_is_refused(badges):
    good = base64.b64encode(files.jpeg()).decode()
    bad = base64.b64encode(b"\x89PNG\r\n\x1a\nnothing").decode()

    assert badges.post("/badges", ordering(imageFile=good)).status_code == 200
    refused = badges.post("/badges", ordering(imageFile=bad))

    assert keys(refused) == {("imageFile", "Invalid.badge.imageFile")}


def test_the_register_comes_as_a_file_that_no_spreadsheet_runs(badges):
    number = ordered(badges, name="=HYPERLINK(1)")

    answer = badges.get("/badges?laShortCode=BORRO", Accept="application/zip")

    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.namelist() == [f"{today():%Y%m%d}_BORRO.csv"]
    rows = list(csv.DictReader(io.StringIO(archive.read(archive.namelist()[0]).decode())))
    [row] = [one for one in rows if one["badgeNumber"] == number]
    assert row["name"] == "'=HYPERLINK(1)"
    other = badges.get("/badges?laShortCode=NORTH", Accept="application/zip")
    assert other.status_code == 404


def test_the_report_lists_the_badges_of_some_days(badges):
    number = ordered(badges)
    days = f"startDate={today()}&endDate={today()}"
    before = date(2019, 2, 1)

    def listed(query: str) -> list[str]:
        answer = badges.get(f"/reports/issued-badges?{query}").json()
        return [one["badgeNumber"] for one in answer["data"]]

    assert number in listed(days)
    assert listed(f"startDate={before}&endDate={before + timedelta(days=1)}") == []
    for wrong in (
        "",
        f"startDate={today()}",
        f"endDate={today()}",
        f"startDate={last()}&endDate={today()}",
    ):
        assert badges.get(f"/reports/issued-badges?{wrong}").status_code == 400
