"""When a question is to be answered, in words for paper. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from standpipe.kernel.text import Text
from standpipe.packs.condition import Condition
from standpipe.vocabulary.attribute import Vocabulary
from standpipe.vocabulary.need import Need

_YES, _NO = Text("Yes", "Ydw"), Text("No", "Nac ydw")
_ANSWERED = Text(
    "your answer to question {number} is {answers}", "eich ateb i gwestiwn {number} yw {answers}"
)
_TOLD = Text("you answered question {number}", "ateboch gwestiwn {number}")
_LEFT_EMPTY = Text("you left question {number} empty", "gadawoch gwestiwn {number} yn wag")
_AT_LEAST = Text("{label}: {limit} or more", "{label}: {limit} neu fwy")
_AT_MOST = Text("{label}: {limit} or less", "{label}: {limit} neu lai")
_AND, _OR = Text(" and ", " a "), Text(" or ", " neu ")
_QUOTED = Text("“{word}”", "“{word}”")


def condition_words(
    condition: Condition, numbers: Mapping[str, str], vocabulary: Vocabulary, *, language: str
) -> str | None:
    """
    Return a condition in words, with the numbers of the questions; None if paper cannot say it.

    What depends on what the rules can still reach, or on what a registry said, nobody knows who
    sits before a sheet of paper: of several that must hold together it is left out, and the
    question is then asked of a few more people than need answer.
    """
    said = [condition_words(one, numbers, vocabulary, language=language) for one in condition.inner]
    if condition.test == "all":
        return _AND.in_(language).join(filter(None, said)) or None
    if condition.test == "any":
        return None if None in said else _OR.in_(language).join(filter(None, said))
    if condition.test in ("not", "possible", "decided", "consulted"):
        return None
    return _of_value(condition, numbers, vocabulary, language)


def truth(condition: Condition, known: Mapping[str, str]) -> bool | None:
    """Return whether a condition holds with what is known before anybody writes; None if open."""
    inner = [truth(one, known) for one in condition.inner]
    match condition.test:
        case "all":
            return False if False in inner else (None if None in inner else True)
        case "any":
            return True if True in inner else (None if None in inner else False)
        case "not":
            return None if inner[0] is None else not inner[0]
        case "eq" if condition.of in known:
            return bool(known[condition.of] == condition.argument)
        case "in" if condition.of in known:
            return known[condition.of] in condition.argument
    return None


def _of_value(
    condition: Condition, numbers: Mapping[str, str], vocabulary: Vocabulary, language: str
) -> str | None:
    attribute = vocabulary[Need.parse(condition.of).attribute]
    number = numbers.get(condition.of)
    if condition.test in ("gte", "lte"):
        words = _AT_LEAST if condition.test == "gte" else _AT_MOST
        label = attribute.label.in_(language)
        return words.in_(language).format(label=label, limit=condition.argument)
    if number is None:
        return None
    if condition.test == "left_empty":
        return _LEFT_EMPTY.in_(language).format(number=number)
    if condition.test == "answered":
        return _TOLD.in_(language).format(number=number) if condition.argument else None
    wanted = condition.argument if isinstance(condition.argument, tuple) else (condition.argument,)
    shown = []
    for value in wanted:
        if isinstance(value, bool):
            shown.append((_YES if value else _NO).in_(language))
        elif attribute.choices:
            shown.append(attribute.choice(value).label.in_(language))
        else:
            shown.append(str(value))
    answers = _OR.in_(language).join(_QUOTED.in_(language).format(word=one) for one in shown)
    return _ANSWERED.in_(language).format(number=number, answers=answers)
