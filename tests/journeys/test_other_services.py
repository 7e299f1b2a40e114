"""A service that grants nothing works by its data alone."""

from __future__ import annotations

from tests.journeys.conftest import Let


def test_a_fallen_tree_is_reported_without_saying_who_one_is(let_in: Let) -> None:
    with let_in() as visitor:
        visitor.open("/")
        visitor.press("Report a fallen tree")
        visitor.page.locator(".govuk-button--start").click()
        visitor.page.locator("main textarea, main input[type=text]").first.fill(
            "Mill Lane, by the bridge"
        )
        visitor.submit()
        for _ in range(8):
            if visitor.path.endswith("/answers"):
                break
            first = visitor.page.locator("main input[type=radio], main input[type=checkbox]")
            if first.count():
                first.first.check()
            visitor.submit()
            assert not visitor.errors, visitor.errors
        assert visitor.heading == "Check your report before sending it"
        visitor.page.locator("main input[type=checkbox]").check()
        visitor.press("Send report")

        assert visitor.path.endswith("/outcome")
        assert "refused" not in visitor.text
        assert "Why we decided this" in visitor.text
