"""The reference says what the code says."""

import django

django.setup()

from config import documentation  # noqa: E402 (Django first)


def test_every_page_of_the_reference_is_up_to_date():
    assert documentation.stale_pages() == [], "Run: standpipe reference"


def test_a_page_that_says_something_else_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(documentation, "FOLDER", tmp_path)
    for name, page in documentation.PAGES.items():
        (tmp_path / name).write_text(page(), encoding="utf-8")
    (tmp_path / "errors.md").write_text("# Errors\n", encoding="utf-8")

    assert documentation.stale_pages() == ["errors.md"]


def test_every_audit_verb_and_every_error_of_ours_is_in_it():
    errors = documentation.PAGES["errors.md"]()

    assert "`NotPermitted`" in errors
    assert "`FaultyFiles`" in errors
    assert "`case.decided`" in documentation.PAGES["audit-verbs.md"]()
