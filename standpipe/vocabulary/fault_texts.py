"""What is said about a wrong answer: the texts of the GOV.UK Design System, in two languages.

A Welsh sentence never begins with the label itself: what comes before a noun may change its first
letter. The label stands before a colon instead.
"""

from __future__ import annotations

from standpipe.kernel.text import Text

_TEXTS = {
    "too_long": Text(
        "{label} must be {limit} characters or less",
        "{label}: rhaid i hwn fod yn {limit} nod neu lai",
    ),
    "too_short": Text(
        "{label} must be {limit} characters or more",
        "{label}: rhaid i hwn fod yn {limit} nod neu fwy",
    ),
    "characters": Text(
        "{label} must not include characters that cannot be printed",
        "{label}: ni chaiff hwn gynnwys nodau na ellir eu hargraffu",
    ),
    "digits": Text(
        "{label} must be between {smallest} and {limit} numbers, like 12345678",
        "{label}: rhaid i hwn fod rhwng {smallest} a {limit} rhif, fel 12345678",
    ),
    "digits_exactly": Text(
        "{label} must be {limit} numbers", "{label}: rhaid i hwn fod yn {limit} rhif"
    ),
    "first_name": Text("Enter first name", "Rhowch yr enw cyntaf"),
    "last_name": Text("Enter last name", "Rhowch y cyfenw"),
    "line1": Text(
        "Enter address line 1, typically the building and street",
        "Rhowch linell gyntaf y cyfeiriad, sef yr adeilad a’r stryd fel arfer",
    ),
    "town": Text("Enter town or city", "Rhowch y dref neu’r ddinas"),
    "postcode": Text("Enter postcode", "Rhowch y cod post"),
    "postcode_wrong": Text("Enter a full UK postcode", "Rhowch god post llawn yn y DU"),
    "uprn": Text(
        "The property number must be 12 digits or less",
        "Rhaid i rif yr eiddo fod yn 12 digid neu lai",
    ),
    "date_parts": Text("{label} must include {parts}", "{label}: rhaid i hwn gynnwys {parts}"),
    "date_unreal": Text(
        "{label} must be a real date", "{label}: rhaid i hwn fod yn ddyddiad go iawn"
    ),
    "year": Text("Year must include 4 numbers", "Rhaid i’r flwyddyn gynnwys 4 rhif"),
    "past": Text("{label} must be in the past", "{label}: rhaid i hwn fod yn y gorffennol"),
    "past_or_today": Text(
        "{label} must be today or in the past",
        "{label}: rhaid i hwn fod heddiw neu yn y gorffennol",
    ),
    "future_or_today": Text(
        "{label} must be today or in the future",
        "{label}: rhaid i hwn fod heddiw neu yn y dyfodol",
    ),
    "date_early": Text(
        "{label} must be on or after 1 January 1900",
        "{label}: rhaid i hwn fod ar neu ar ôl 1 Ionawr 1900",
    ),
    "number": Text("{label} must be a whole number", "{label}: rhaid i hwn fod yn rhif cyfan"),
    "money": Text(
        "{label} must be an amount of money, like 25 or 25.50",
        "{label}: rhaid i hwn fod yn swm o arian, fel 25 neu 25.50",
    ),
    "range": Text(
        "{label} must be between {smallest} and {largest}",
        "{label}: rhaid i hwn fod rhwng {smallest} a {largest}",
    ),
    "email": Text(
        "Enter an email address in the correct format, like name@example.com",
        "Rhowch gyfeiriad e-bost yn y fformat cywir, fel enw@example.com",
    ),
    "phone": Text(
        "Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192",
        "Rhowch rif ffôn, fel 01632 960 001, 07700 900 982 neu +44 808 157 0192",
    ),
    "mobile": Text(
        "Enter a mobile phone number, like 07700 900 982 or +44 7700 900 982",
        "Rhowch rif ffôn symudol, fel 07700 900 982 neu +44 7700 900 982",
    ),
    "national_insurance_number": Text(
        "Enter a National Insurance number in the correct format",
        "Rhowch rif Yswiriant Gwladol yn y fformat cywir",
    ),
    "exclusive": Text(
        "{label}: select the options that apply, or “{exclusive}”",
        "{label}: dewiswch y rhai sy’n berthnasol, neu “{exclusive}”",
    ),
    "choice": Text(
        "{label}: select one of the options shown", "{label}: dewiswch un o’r opsiynau a ddangosir"
    ),
    "file_type": Text(
        "The selected file must be one of: {accept}",
        "Rhaid i’r ffeil a ddewiswyd fod yn un o’r rhain: {accept}",
    ),
    "file_size": Text(
        "The selected file must be smaller than {limit}MB",
        "Rhaid i’r ffeil a ddewiswyd fod yn llai na {limit}MB",
    ),
    "wrong_shape": Text(
        "{label} was not sent in the expected form",
        "{label}: ni chafodd hwn ei anfon yn y ffurf ddisgwyliedig",
    ),
}
_A_PART = {
    "day": Text("a day", "diwrnod"),
    "month": Text("a month", "mis"),
    "year": Text("a year", "blwyddyn"),
}


def fault_text(name: str, /, **words: Text | str | int) -> Text:
    """Return a fault's text with its words filled in, each in its own language."""
    text = _TEXTS[name]
    return Text(*(_filled(text.in_(language), words, language) for language in ("en", "cy")))


def missing_parts_text(parts: list[str]) -> Text:
    """Return "a day and a month" for the parts of a date that are missing."""
    return Text(
        " and ".join(_A_PART[part].en for part in parts),
        " a ".join(_A_PART[part].cy for part in parts),
    )


def _filled(template: str, words: dict[str, Text | str | int], language: str) -> str:
    return template.format(
        **{
            name: word.in_(language) if isinstance(word, Text) else word
            for name, word in words.items()
        }
    )
