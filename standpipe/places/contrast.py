"""How well a colour is read on white, by WCAG 2.2 (success criterion 1.4.3)."""

from __future__ import annotations

READABLE = 4.5


def _linear(channel: int) -> float:
    share = channel / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def contrast_on_white(colour: str) -> float:
    """Return the contrast ratio, 1 to 21, of #rrggbb on white."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    luminance = 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)
    return 1.05 / (luminance + 0.05)
