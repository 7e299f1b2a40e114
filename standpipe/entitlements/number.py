"""Turning a running number into one that can be read from a card. Pure."""

from __future__ import annotations

# Spelt by accident, these would embarrass: the digits 0, 1, 3, 4 stand for o, i, e, a.
_UNSEEMLY = ("BABE", "C4C4", "CACA", "D34D", "DEAD")


class RegisterFull(Exception):
    """Every number of this length has been given."""


def numbered(position: int, *, alphabet: str, length: int, highest: str = "") -> str | None:
    """
    Return the number at a position (from 1), counted down from the highest; None if unseemly.

    Without `highest` that is the highest of this length.

    :raises RegisterFull: past the last number
    """
    base = len(alphabet)
    most = base**length
    if highest:
        most = 1 + sum(alphabet.index(sign) * base**at for at, sign in enumerate(highest[::-1]))
    rest = most - position
    if rest < 0:
        raise RegisterFull(f"All {most} numbers of {length} characters are given.")
    digits = []
    for _ in range(length):
        rest, digit = divmod(rest, base)
        digits.append(alphabet[digit])
    number = "".join(reversed(digits))
    return None if any(word in number for word in _UNSEEMLY) else number
