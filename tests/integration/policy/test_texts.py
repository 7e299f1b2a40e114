"""Messages and letters, edited in two languages and published by a second person."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from standpipe.packs.loaded import look_again, packs
from tests import make
from tests.integration.policy.test_pages import signed_in


@pytest.fixture
def manager():
    return signed_in("texts@county.example", "manager")


@pytest.fixture
def draft(manager):
    """The address of a new draft."""
    return manager.post("/policy/services/blue_badge/drafts").headers["Location"]


def written(page):
    """What a browser would send of the page's form."""
    html = page.content.decode()
    found = dict(re.findall(r'<input[^>]* name="(\w+)"[^>]* value="([^"]*)"', html))
    found |= dict(re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>([^<]*)</textarea>', html))
    return {name: text.replace("&#39;", "'") for name, text in found.items()}


def propose(manager, draft):
    day = datetime.now(UTC).date()
    return manager.post(
        f"{draft}/propose",
        {
            "reason": "Say it more plainly.",
            "valid-day": day.day,
            "valid-month": day.month,
            "valid-year": day.year,
        },
    )


def test_a_wrong_placeholder_is_refused_where_it_stands_and_kept_as_it_was_typed(
    manager,
    draft,
):
    address = f"{draft}/texts/messages/need_more"
    form = written(manager.get(address))
    form["body_en"] = form["body_en"].replace("((words))", "((wrods))")
    refused = manager.post(address, form)
    html = refused.content.decode()

    assert refused.status_code == 422
    assert 'href="#body_en"' in html
    assert "((wrods)) is never filled in. Use one of:" in html
    assert "((wrods))" in written(refused)["body_en"]
    assert "Nothing has changed yet" in manager.get(draft).content.decode()


def test_a_mended_text_is_previewed_published_by_another_and_said_to_new_applicants(
    manager,
    draft,
):
    address = f"{draft}/texts/messages/received"
    form = written(manager.get(address))
    form["subject_en"] = "We have it: ((reference))"
    saved = manager.post(address, form)
    shown = manager.get(address).content.decode()

    assert saved.status_code == 302
    assert "We have it: SP-0000-0000" in shown
    assert "Mae eich cais SP-0000-0000" in shown

    assert propose(manager, draft).status_code == 302
    assert manager.post(f"{draft}/approve").status_code == 409, "the author cannot"
    second = signed_in("second@county.example", "manager")
    assert second.post(f"{draft}/approve").status_code == 302
    look_again()

    assert packs()["blue_badge"].messages["received"].subject.en == "We have it: ((reference))"
    applicant = make.person()
    after = make.begun(applicant, "blue_badge")
    assert make.view(after, applicant).pack.messages["received"].subject.en.startswith("We have")


def test_an_application_keeps_the_words_it_began_with(manager, draft):
    applicant = make.person()
    reference = make.begun(applicant, "blue_badge")
    address = f"{draft}/texts/letters/decided_eligible"
    form = written(manager.get(address))
    form["subject_cy"] = f"{form['subject_cy']} ((reference))"
    form["subject_en"] = f"{form['subject_en']} ((reference))"
    manager.post(address, form)
    propose(manager, draft)
    signed_in("second@county.example", "manager").post(f"{draft}/approve")
    look_again()

    new = packs()["blue_badge"].letters["decided_eligible"].subject.en
    assert "((reference))" in new
    assert make.view(reference, applicant).pack.letters["decided_eligible"].subject.en != new


def test_what_is_written_back_as_it_was_changes_nothing(manager, draft):
    address = f"{draft}/texts/messages/received"
    form = written(manager.get(address))
    manager.post(address, {**form, "subject_en": "Other ((reference))"})
    manager.post(address, {**form, "seen": written(manager.get(address))["seen"]})

    assert "Nothing has changed yet" in manager.get(draft).content.decode()


def test_two_who_write_at_once_do_not_overwrite_each_other(manager, draft):
    address = f"{draft}/texts/messages/received"
    form = written(manager.get(address))
    manager.post(address, {**form, "subject_en": "One ((reference))"})

    assert manager.post(address, {**form, "subject_en": "Two ((reference))"}).status_code == 409
    assert "One ((reference))" in written(manager.get(address))["subject_en"]


def test_a_preview_keeps_nothing(manager, draft):
    address = f"{draft}/texts/messages/received"
    form = written(manager.get(address))
    shown = manager.post(address, {**form, "subject_en": "Try ((reference))", "act": "preview"})

    assert "Try SP-0000-0000" in shown.content.decode()
    assert "Nothing has changed yet" in manager.get(draft).content.decode()


def test_a_text_that_the_service_does_not_send_is_not_there(manager, draft):
    assert manager.get(f"{draft}/texts/messages/welcome").status_code == 404
    assert manager.get(f"{draft}/texts/rules/received").status_code == 404
