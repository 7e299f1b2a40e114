"""The pages of drafts, as a browser without script uses them."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from openpyxl import load_workbook

from standpipe.identity.actions import account_of, create_account, employ
from standpipe.identity.actor import system
from standpipe.identity.models import Account
from standpipe.places.actions import organisation_id
from tests import make

COUNTY = "borrowdale_county"
RULES = Path(__file__).parents[3] / "service_packs" / "blue_badge" / "rules"


def signed_in(email, *roles, organisation=COUNTY):
    account = account_of(email) or create_account(
        email, name=email, password=None, actor=system(None, task="test"), at=make.AT
    )
    employ(account, organisation=organisation_id(organisation), roles=roles)
    client = Client()
    client.force_login(
        Account.objects.get(id=account), "allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


@pytest.fixture
def manager():
    return signed_in("rules@county.example", "manager")


@pytest.fixture
def draft(manager):
    """The address of a new draft."""
    return manager.post("/policy/services/blue_badge/drafts").headers["Location"]


def fields(page):
    """What a browser would send of the page's grid."""
    html = page.content.decode()
    found = dict(re.findall(r'<input[^>]* name="([^"]+)" type="text" value="([^"]*)"', html))
    found |= dict(re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)</textarea>', html))
    found["seen"] = re.search(r'name="seen" value="([^"]*)"', html).group(1)
    unescape = {"&gt;": ">", "&lt;": "<", "&#34;": '"', "&#39;": "'", "&amp;": "&"}
    return {
        name: re.sub("|".join(unescape), lambda one: unescape[one.group()], text)
        for name, text in found.items()
    }


def save(manager, draft, step, **changes):
    address = f"{draft}/tables/{step}"
    sent = fields(manager.get(address)) | {
        name.replace("_", ".", 1).removeprefix("r"): text for name, text in changes.items()
    }
    return manager.post(address, sent)


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_page_of_a_draft_shows(manager, draft, language):
    for path in (
        "/policy/",
        draft,
        f"{draft}/tables/eligibility",
        f"{draft}/tables/dla",
        f"{draft}/fees",
        f"{draft}/effects",
    ):
        assert manager.get(f"{path}?lang={language}", follow=True).status_code == 200, path


def test_saving_a_table_as_it_is_changes_nothing(manager, draft):
    for step in ("eligibility", "dla", "pip_moving_around", "pip_planning"):
        assert save(manager, draft, step).status_code == 302
    assert "Nothing has changed yet" in manager.get(draft).content.decode()


def test_a_faulty_cell_is_named_and_everything_typed_comes_back(manager, draft):
    page = save(manager, draft, "pip_moving_around", r4_o1="eight", r5_a0="SI 9999/1")
    html = page.content.decode()

    assert page.status_code == 422
    assert 'href="#c4-o1"' in html and 'aria-describedby="c4-o1-error"' in html
    assert 'value="eight"' in html and "SI 9999/1" in html


def test_a_row_is_copied_and_removed(manager, draft):
    address = f"{draft}/tables/dla"
    sent = fields(manager.get(address)) | {"act": "row", "row": "2", "how": "copy"}
    assert manager.post(address, sent).status_code == 302
    assert "Rows 2 and 3 both hold" in manager.get(address).content.decode()
    sent = fields(manager.get(address)) | {"act": "row", "row": "3", "how": "remove"}
    assert manager.post(address, sent).status_code == 302
    assert "The table is whole" in manager.get(address).content.decode()


def test_who_is_affected_is_shown_and_can_be_kept(manager, draft):
    save(manager, draft, "pip_moving_around", r4_o0="false")
    html = manager.get(f"{draft}/effects").content.decode()
    assert "Lose" in html and "<svg" in html and "style=" not in html
    assert re.search(r"Of the \d+ figures behind these results, \d+ are assumptions", html)
    kept = manager.get(f"{draft}/effects.csv").content.decode()
    assert kept.startswith("Group,People,Gain,Lose,No change\r\n")
    assert manager.get(f"{draft}/effects?over=decisions").status_code in (200, 422)


def test_a_draft_with_gaps_cannot_be_tried(manager, draft):
    save(manager, draft, "pip_moving_around", r4_i1='"d"')
    assert manager.get(f"{draft}/effects").status_code == 422


def test_a_table_leaves_as_dmn_and_comes_back(manager, draft):
    content = manager.get(f"{draft}/tables/dla/dmn").content
    assert content == (RULES / "dla.dmn").read_bytes()
    older = manager.get(f"{draft}/tables/dla/dmn?version=1.3")
    assert "dla-1.3.dmn" in older["Content-Disposition"]
    assert older.content == content.replace(b"DMN/20230324", b"DMN/20191111")
    end = b"</text></annotationEntry>"
    changed = content.replace(end, b", as amended" + end, 1)
    sent = BytesIO(changed)
    sent.name = "dla.dmn"
    manager.post(f"{draft}/tables/dla/file", {"file": sent})
    assert manager.get(f"{draft}/tables/dla/dmn").content == changed


def test_a_table_leaves_as_a_spreadsheet_and_comes_back(manager, draft):
    book = load_workbook(BytesIO(manager.get(f"{draft}/tables/dla/sheet").content))
    book["Table"]["E3"] = "SI 2000/682, regulation 4"
    sent = BytesIO()
    book.save(sent)
    sent.seek(0)
    sent.name = "dla.xlsx"
    manager.post(f"{draft}/tables/dla/file", {"file": sent})
    assert b"SI 2000/682, regulation 4" in manager.get(f"{draft}/tables/dla/dmn").content


@pytest.mark.parametrize("content", [b"<definitions/>", b"PK\x03\x04", b"\xff\xfe\x00"])
def test_a_file_that_is_no_table_is_refused(manager, draft, content):
    sent = BytesIO(content)
    sent.name = "rules.dmn"
    page = manager.post(f"{draft}/tables/dla/file", {"file": sent})
    assert page.status_code == 422
    assert 'href="#file"' in page.content.decode()


def test_a_fee_is_checked_and_kept(manager, draft):
    sent = {"since-day": "1", "since-month": "4", "since-year": "2090", "law": "Council minute 12"}
    assert manager.post(f"{draft}/fees", {**sent, "amount": "20"}).status_code == 422
    assert manager.post(f"{draft}/fees", {**sent, "amount": "eight"}).status_code == 422
    assert manager.post(f"{draft}/fees", {**sent, "amount": "8.50"}).status_code == 302
    assert "£8.50" in manager.get(draft).content.decode()


def test_only_managers_of_the_organisation_see_a_draft(draft):
    officer = signed_in("officer@county.example", "caseworker")
    other = signed_in("rules@district.example", "manager", organisation="northmere_district")
    for client in (officer, other):
        assert client.get(draft).status_code == 404
        assert client.get(f"{draft}/effects.csv").status_code == 404
    assert Client().get(draft).status_code == 302
