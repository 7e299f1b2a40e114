"""A look is two colours and a font, and cannot say more."""

from __future__ import annotations

import pytest

from standpipe.places.place import Look
from standpipe.web.look import stylesheet


def test_colours_and_font_become_properties() -> None:
    text = stylesheet(Look(brand="#1d5a4c", accent="#b3541e", font="Arial, sans-serif"))

    assert "--govuk-brand-colour:#1d5a4c" in text
    assert "--standpipe-font:Arial, sans-serif" in text


@pytest.mark.parametrize(
    "look",
    [
        Look(brand="red}body{display:none", accent="#b3541e", font="Arial"),
        Look(brand="#1d5a4c", accent="url(//evil)", font="Arial"),
        Look(brand="#1d5a4c", accent="#b3541e", font="x;background:url(//evil)"),
    ],
)
def test_a_look_cannot_end_its_rule(look: Look) -> None:
    with pytest.raises(ValueError, match="not two colours"):
        stylesheet(look)
