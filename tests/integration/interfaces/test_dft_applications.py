"""Applications lodged by another authority's system become applications and cases of ours."""

from __future__ import annotations

import io
import json
import secrets
from datetime import UTC, datetime, timedelta
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest
from pypdf import PdfReader

from interfaces.dft_blue_badge.samples import ELIGIBILITY, application, organisation_application
from standpipe.applications import actions
from standpipe.applications.queries import open_application, reference_of
from standpipe.consent.actions import permit_task
from standpipe.documents.queries import documents_of, open_document
from standpipe.identity.tenancy import acting
from tests import make
from tests.integration.interfaces.conftest import COUNTY, Authority, keys
from tests.integration.interfaces.specification import specification

NOW = datetime.now(UTC)


def officer():
    return make.staff(COUNTY)


def ours(identifier: str):
    """The application of ours behind an identifier of theirs."""
    who = officer()
    reference = reference_of(UUID(identifier), actor=who, at=NOW)
    return open_application(reference, actor=who, at=NOW)


def named(name: str) -> dict:
    return {"party__person__badgeHolderName": name}


@pytest.mark.parametrize("ground", ELIGIBILITY)
def test_what_was_lodged_is_answered_as_it_was_sent(applications, ground):
    sent = application(ground)

    identifier = applications.post("/applications", sent).json()["data"]
    shown = applications.get(f"/applications/{identifier}").json()["data"]

    assert shown["applicationId"] == identifier
    assert shown["applicationStatus"] == "TODO"
    assert {name: shown[name] for name in ("party", "paymentReference", "artifacts")} == {
        name: sent[name] for name in ("party", "paymentReference", "artifacts")
    }
    assert shown["eligibility"]["typeCode"] == ground


@pytest.mark.parametrize("ground", ELIGIBILITY)
def test_it_becomes_a_case_that_waits_on_the_organisation(applications, ground):
    identifier = applications.post("/applications", application(ground)).json()["data"]

    view = ours(identifier)

    assert (view.service, view.channel, view.status) == ("blue_badge", "api", "submitted")
    assert view.case.position.waits_on == "organisation"
    assert view.case.title == "John Peter Smith"
    assert view.answers["applicant/person.birth_date"] == "1970-05-29"
    assert view.answers["applicant/address.full"]["postcode"] == "BO1 1AA"
    assert any("Not asked on the form" in one.why for one in view.case.events)


def test_nothing_that_was_entered_is_lost(applications):
    identifier = applications.post("/applications", application()).json()["data"]
    who = officer()
    view = ours(identifier)
    permission = permit_task(who, organisation=who.organisation, purpose="test", at=NOW)

    with acting(who):
        [paper] = documents_of(f"application:{view.reference}", permission=permission)
        content = open_document(paper.id, permission=permission).content
    words = " ".join(
        " ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages
    )

    for said in leaves(application()):
        assert " ".join(said.split()[:1]) in words, said
    for said in ("Paracetamol", "PVAUETDW43CM", "John Jones", "Physiotherapy", "72B9HA"):
        assert said in words


def leaves(value) -> list[str]:
    if isinstance(value, dict):
        return [leaf for one in value.values() for leaf in leaves(one)]
    if isinstance(value, list):
        return [leaf for one in value for leaf in leaves(one)]
    return [] if isinstance(value, bool) else [str(value)]


def test_an_answer_that_our_words_do_not_take_refuses_nothing(applications):
    sent = application(party__contact__primaryPhoneNumber="ask for Mabel", **named("Cher"))

    identifier = applications.post("/applications", sent).json()["data"]

    shown = applications.get(f"/applications/{identifier}").json()["data"]
    assert shown["party"]["contact"]["primaryPhoneNumber"] == "ask for Mabel"
    assert ours(identifier).answers["applicant/contact.phone"] is None


def test_an_organisation_lodges_and_is_found(applications):
    name = f"Trust {secrets.token_hex(4)}"
    sent = organisation_application(party__organisation__badgeHolderName=name)

    identifier = applications.post("/applications", sent).json()["data"]

    [line] = applications.get(f"/applications?name={quote(name.upper())}").json()["data"]
    assert (line["applicationId"], line["partyTypeCode"]) == (identifier, "ORG")


def test_a_search_finds_by_name_postcode_time_and_type(applications):
    name = f"Ann {secrets.token_hex(4)}"
    lodged = [
        applications.post("/applications", application(**named(name), **more)).json()["data"]
        for more in ({}, {"applicationTypeCode": "RENEW"}, {"party__contact__postCode": "BO7 2ZZ"})
    ]
    ago, hence = (
        quote((datetime.now(UTC) + timedelta(hours=hours)).isoformat()) for hours in (-1, 1)
    )

    def found(query: str) -> list[str]:
        answer = applications.get(f"/applications?name={quote(name[4:])}{query}").json()
        assert answer["pagingInfo"]["count"] == len(answer["data"])
        return [one["applicationId"] for one in answer["data"]]

    assert found("") == lodged[::-1]
    assert found("&postcode=bo7") == lodged[2:]
    assert found("&applicationTypeCode=RENEW") == [lodged[1]]
    assert found("&applicationTypeCode=NEW") == [lodged[2], lodged[0]]
    assert found("&applicationTypeCode=REVOKE") == []
    assert found(f"&from={ago}&to={hence}") == lodged[::-1]
    assert found(f"&from={hence}") == found(f"&to={ago}") == []
    assert found("&pageSize=2&pageNum=2") == lodged[:1]


def test_an_application_made_on_our_own_pages_is_found_and_shown(applications):
    mark = f"Zo{secrets.token_hex(4)}"
    make.received(make.person(), mark=mark, told={"applicant/benefit.received": ["pip"]})

    [line] = applications.get(f"/applications?name={mark}").json()["data"]
    shown = applications.get(f"/applications/{line['applicationId']}").json()["data"]

    assert line["name"] == f"Ada {mark}"
    assert shown["party"]["person"]["dob"] == "1980-03-31"
    assert shown["eligibility"]["typeCode"] == "WALKD"


def test_the_status_follows_the_case_and_what_the_client_says(applications):
    identifier = applications.post("/applications", application()).json()["data"]

    def status() -> str:
        return applications.get(f"/applications/{identifier}").json()["data"]["applicationStatus"]

    said = [status()]
    applications.ask("PUT", f"/applications/{identifier}", {"applicationStatus": "INPROGRESS"})
    said.append(status())
    view = ours(identifier)
    assert any("in progress" in one.why for one in view.case.events)
    who = officer()
    actions.decide(
        view.reference, outcome="not_eligible", ground="", reason="No.", actor=who, at=NOW
    )
    said.append(status())

    assert said == ["TODO", "INPROGRESS", "COMPLETED"]


def test_a_case_that_a_colleague_has_taken_is_in_progress(applications):
    identifier = applications.post("/applications", application()).json()["data"]
    who = officer()

    actions.assign(ours(identifier).reference, to=UUID(who.id), actor=who, at=NOW)

    shown = applications.get(f"/applications/{identifier}").json()["data"]
    assert shown["applicationStatus"] == "INPROGRESS"


def test_what_was_deleted_is_not_there_and_its_case_is_closed(applications):
    name = f"Del {secrets.token_hex(4)}"
    identifier = applications.post("/applications", application(**named(name))).json()["data"]
    view = ours(identifier)

    assert applications.ask("DELETE", f"/applications/{identifier}").status_code == 200

    assert applications.get(f"/applications/{identifier}").status_code == 404
    assert applications.ask("DELETE", f"/applications/{identifier}").status_code == 404
    assert applications.get(f"/applications?name={quote(name)}").json()["data"] == []
    assert make.view(view.reference, officer()).status == "withdrawn"


def test_a_decided_application_is_not_deleted(applications):
    identifier = applications.post("/applications", application()).json()["data"]
    actions.decide(
        ours(identifier).reference,
        outcome="not_eligible",
        ground="",
        reason="No.",
        actor=officer(),
        at=NOW,
    )

    assert applications.ask("DELETE", f"/applications/{identifier}").status_code == 409
    assert applications.get(f"/applications/{identifier}").status_code == 200


@pytest.mark.parametrize("to", ["BORRO", "KENT", "NORTH", ""])
def test_nothing_is_transferred_to_oneself_nor_to_who_grants_no_badges(applications, to):
    identifier = applications.post("/applications", application()).json()["data"]

    answer = applications.post(
        f"/applications/{identifier}/transfers", {"transferToLaShortCode": to}
    )

    assert answer.status_code == 400
    assert {field for field, _ in keys(answer)} == {"transferToLaShortCode"}


def test_the_same_key_lodges_once_and_without_one_each_counts(applications):
    name, key = f"Key {secrets.token_hex(4)}", secrets.token_hex(8)
    sent = application(**named(name))

    first = applications.post("/applications", sent, **{"Idempotency-Key": key})
    again = applications.post("/applications", sent, **{"Idempotency-Key": key})
    other = applications.post("/applications", application(), **{"Idempotency-Key": key})

    assert first.json()["data"] == again.json()["data"]
    assert again.headers["Idempotent-Replayed"] == "true"
    assert other.status_code == 409
    assert len(applications.get(f"/applications?name={quote(name)}").json()["data"]) == 1


def test_another_authority_sees_nothing_of_it(applications):
    identifier = applications.post("/applications", application()).json()["data"]
    other = Authority(applications.published, make.client("northmere_district").token)

    for method, body in (("GET", None), ("PUT", {"applicationStatus": "TODO"}), ("DELETE", None)):
        assert other.ask(method, f"/applications/{identifier}", body).status_code == 404
    assert other.get("/applications").status_code == 404


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("pageNum=0", "Min.pagingParams.pageNum"),
        ("pageNum=x", "typeMismatch.pagingParams.pageNum"),
        ("pageNum=--1", "typeMismatch.pagingParams.pageNum"),
        ("pageNum=", "NotNull.pagingParams.pageNum"),
        ("pageSize=0", "Min.pagingParams.pageSize"),
        ("pageSize=201", "Max.pagingParams.pageSize"),
        ("pageSize=%20%20", "NotNull.pagingParams.pageSize"),
        ("from=Not%20a%20date", "typeMismatch.findApplicationQueryParams.from"),
        ("to=2026-01-01", "typeMismatch.findApplicationQueryParams.to"),
        (
            "applicationTypeCode=NEWWRONG",
            "typeMismatch.findApplicationQueryParams.applicationTypeCode",
        ),
    ],
)
def test_a_search_that_cannot_be_read_says_which_word(applications, query, key):
    answer = applications.get(f"/applications?{query}")

    assert answer.status_code == 400
    assert key in {found for _, found in keys(answer)}


@pytest.mark.parametrize("query", ["", "?pageNum=1&pageSize=200", "?pageNum=999999999"])
def test_a_search_without_words_gives_pages(applications, query):
    assert applications.get(f"/applications{query}").status_code == 200


def test_a_request_that_may_not_come_in_is_told_why(applications):
    nobody = Authority(applications.published, None)
    reader = Authority(applications.published, make.client(COUNTY, "applications:read").token)

    assert nobody.get("/applications").status_code == 401
    assert reader.post("/applications", application()).status_code == 403
    old = "application/vnd.bluebadge-api.v0+json"
    assert applications.get("/applications", Accept=old).status_code == 406
    assert applications.get(f"/applications/{uuid4()}").status_code == 404
    assert applications.get("/applications/ABC").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        "null",
        '"x"',
        "1",
        '{"party": "x\\u0000"}',
        '{"party": "\\ud800"}',
        "[" * 5000,
    ],
)
def test_a_body_that_is_none_is_refused_and_nothing_fails(applications, body):
    assert applications.post("/applications", body).status_code == 400


def test_a_known_bad_answer_is_noticed():
    published = specification("applications-api")
    good = {"apiVersion": "1", "data": [{"name": "Ann", "applicationStatus": "TODO"}]}
    bad = json.loads(json.dumps(good).replace("TODO", "DONE"))

    assert published.faults("GET", "/applications", 200, good) == []
    assert published.faults("GET", "/applications", 200, bad)
    assert published.faults("GET", "/applications/1", 200, {"data": {"party": {}}})
