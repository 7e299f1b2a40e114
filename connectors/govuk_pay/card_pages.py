"""The pages on which a payer of the simulated GOV.UK Pay gives a card; English and Welsh."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

from connectors.govuk_pay.payments import passes_luhn
from standpipe.gateway.simulation.pages import page
from standpipe.kernel.text import Text

# The card numbers of Pay's own test accounts; the value is the code of the failure.
TEST_CARDS = {
    "4000000000000002": "P0010",
    "4000000000000069": "P0010",
    "4000000000000127": "P0010",
    "4000000000000119": "P0050",
}
# Ours, not Pay's: the bank takes the money, and Pay hears of it a while later.
HEARD_LATE = "4000000000000259"

_NOTICE = Text(
    "Simulated GOV.UK Pay: no money moves. Card 4444 3333 2222 1111 pays, 4000 0000 0000 0002 "
    "is declined, 4000 0000 0000 0069 has expired, 4000 0000 0000 0119 fails.",
    "GOV.UK Pay efelychol: does dim arian yn symud. Mae cerdyn 4444 3333 2222 1111 yn talu, "
    "gwrthodir 4000 0000 0000 0002, mae 4000 0000 0000 0069 wedi dod i ben, ac mae "
    "4000 0000 0000 0119 yn methu.",
)
_TITLE = Text("Enter card details", "Rhowch fanylion y cerdyn")
_ERROR = Text("Error: ", "Gwall: ")
_PROBLEM = Text("There is a problem", "Mae problem")
_AMOUNT = Text("Total amount", "Cyfanswm")
_FOR = Text("For", "Ar gyfer")
_NUMBER = Text("Card number", "Rhif y cerdyn")
_EXPIRY = Text("Expiry date", "Dyddiad dod i ben")
_EXPIRY_HINT = Text("For example, 10/30", "Er enghraifft, 10/30")
_MONTH, _YEAR = Text("Month", "Mis"), Text("Year", "Blwyddyn")
_NAME = Text("Name on card", "Enw ar y cerdyn")
_CVC = Text("Card security code", "Cod diogelwch y cerdyn")
_PAY = Text("Confirm payment", "Cadarnhau'r taliad")
_CANCEL = Text("Cancel payment", "Canslo'r taliad")
_BACK = Text("Go back to the service", "Mynd yn ôl i'r gwasanaeth")

_FAULTS = {
    "card_number": Text("Enter a valid card number", "Rhowch rif cerdyn dilys"),
    "expiry_month": Text("Enter a valid expiry date", "Rhowch ddyddiad dod i ben dilys"),
    "cardholder_name": Text(
        "Enter the name as it appears on the card", "Rhowch yr enw fel y mae ar y cerdyn"
    ),
    "cvc": Text("Enter a valid card security code", "Rhowch god diogelwch dilys"),
}
_ENDINGS = {
    "P0010": (
        Text("Your payment has been declined", "Mae eich taliad wedi'i wrthod"),
        Text(
            "No money has been taken from your account.",
            "Does dim arian wedi'i gymryd o'ch cyfrif.",
        ),
    ),
    "P0020": (
        Text("Your payment session has expired", "Mae eich sesiwn dalu wedi dod i ben"),
        Text("No money has been taken.", "Does dim arian wedi'i gymryd."),
    ),
    "P0030": (
        Text("Your payment has been cancelled", "Mae eich taliad wedi'i ganslo"),
        Text("No money has been taken.", "Does dim arian wedi'i gymryd."),
    ),
    "P0040": (
        Text("Your payment has been cancelled", "Mae eich taliad wedi'i ganslo"),
        Text("No money has been taken.", "Does dim arian wedi'i gymryd."),
    ),
    "P0050": (
        Text("We’re experiencing technical problems", "Rydym yn cael problemau technegol"),
        Text("No money has been taken.", "Does dim arian wedi'i gymryd."),
    ),
}


def card_faults(form: Mapping[str, str], *, on: date) -> list[str]:
    """Return the names of the fields that are wrong, in the order of the page."""
    number = card_number(form)
    faults = []
    if not re.fullmatch(r"[0-9]{12,19}", number) or not passes_luhn(number):
        faults.append("card_number")
    month, year = form.get("expiry_month", "").strip(), form.get("expiry_year", "").strip()
    if not _in_force(month, year, on=on):
        faults.append("expiry_month")
    if not form.get("cardholder_name", "").strip():
        faults.append("cardholder_name")
    if not re.fullmatch(r"[0-9]{3,4}", form.get("cvc", "").strip()):
        faults.append("cvc")
    return faults


def card_number(form: Mapping[str, str]) -> str:
    """Return the card number without the spaces and hyphens people write in it."""
    return re.sub(r"[\s-]", "", form.get("card_number", ""))


def _in_force(month: str, year: str, *, on: date) -> bool:
    if not re.fullmatch(r"[0-9]{1,2}", month) or not re.fullmatch(r"[0-9]{2}([0-9]{2})?", year):
        return False
    full = int(year) + 2000 if len(year) == 2 else int(year)
    return 1 <= int(month) <= 12 and (full, int(month)) >= (on.year, on.month)


def card_page(payment: Mapping[str, Any], form: Mapping[str, str], faults: list[str]) -> str:
    """Return the page that asks for a card, with what is wrong with the one given."""
    language = payment["language"]

    def say(text: Text) -> str:
        return escape(text.in_(language))

    summary = ""
    if faults:
        links = "".join(f'<li><a href="#{one}">{say(_FAULTS[one])}</a></li>' for one in faults)
        summary = (
            f'<div class="summary" role="alert"><h2>{say(_PROBLEM)}</h2><ul>{links}</ul></div>'
        )

    def field(name: str, label: Text, *, width: int, complete: str, numeric: bool = True) -> str:
        mode = ' inputmode="numeric"' if numeric else ""
        # A card number or code is never sent back to a page.
        value = "" if name in ("card_number", "cvc") else escape(form.get(name, ""))
        wrong = name in faults
        error = f'<p class="error" id="{name}-error">{say(_FAULTS[name])}</p>' if wrong else ""
        described = f' aria-describedby="{name}-error"' if wrong else ""
        return (
            f'<div class="field{" failed" if wrong else ""}"><label for="{name}">{say(label)}'
            f'</label>{error}<input id="{name}" name="{name}" size="{width}" value="{value}" '
            f'autocomplete="{complete}"{mode}{described}></div>'
        )

    def part(name: str, label: Text, complete: str) -> str:
        value = escape(form.get(name, ""))
        return (
            f'<div><label for="{name}">{say(label)}</label><input id="{name}" name="{name}" '
            f'size="4" value="{value}" autocomplete="{complete}" inputmode="numeric"></div>'
        )

    wrong = "expiry_month" in faults
    expiry = (
        f'<fieldset class="field{" failed" if wrong else ""}" aria-describedby="expiry-hint'
        f'{" expiry-error" if wrong else ""}"><legend>{say(_EXPIRY)}</legend>'
        f'<p class="hint" id="expiry-hint">{say(_EXPIRY_HINT)}</p>'
        + (
            f'<p class="error" id="expiry-error">{say(_FAULTS["expiry_month"])}</p>'
            if wrong
            else ""
        )
        + f'<div class="parts">{part("expiry_month", _MONTH, "cc-exp-month")}'
        f"{part('expiry_year', _YEAR, 'cc-exp-year')}</div></fieldset>"
    )
    pounds = f"£{payment['amount'] / 100:.2f}"
    path = f"/card_details/{payment['token']}"
    main = (
        f"{summary}<dl><dt>{say(_FOR)}</dt><dd>{escape(payment['description'])}</dd>"
        f"<dt>{say(_AMOUNT)}</dt><dd>{pounds}</dd></dl>"
        f'<form method="post" action="{path}" novalidate>'
        + field("card_number", _NUMBER, width=24, complete="cc-number")
        + expiry
        + field("cardholder_name", _NAME, width=30, complete="cc-name", numeric=False)
        + field("cvc", _CVC, width=5, complete="cc-csc")
        + f'<button id="confirm">{say(_PAY)}</button></form>'
        f'<form method="post" action="{path}/cancel"><p>'
        f'<button id="cancel" class="quiet">{say(_CANCEL)}</button></p></form>'
    )
    return page(
        _TITLE.in_(language),
        main,
        notice=_NOTICE.in_(language),
        language=language,
        prefix=_ERROR.in_(language) if faults else "",
    )


def ending_page(payment: Mapping[str, Any]) -> str:
    """Return the page that says a payment came to nothing, with the way back."""
    language = payment["language"]
    title, text = _ENDINGS[payment["code"]]
    link = f'<a id="return-url" href="{escape(payment["return_url"])}">'
    main = f"<p>{escape(text.in_(language))}</p><p>{link}{escape(_BACK.in_(language))}</a></p>"
    return page(title.in_(language), main, notice=_NOTICE.in_(language), language=language)
