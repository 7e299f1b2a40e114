"""How each recorded situation comes about: what is asked of the connector."""

from __future__ import annotations

from collections.abc import Callable

from standpipe.gateway.contracts import OutgoingMessage, PaymentRequest, RegistryQuestion

SETTINGS = {
    "dwp_benefits": {
        "STANDPIPE_DWP_URL": "https://dwp.example",
        "STANDPIPE_DWP_CLIENT_ID": "demo",
        "STANDPIPE_DWP_CLIENT_SECRET": "secret",
    },
    "govuk_notify": {
        "STANDPIPE_NOTIFY_URL": "https://notify.example",
        "STANDPIPE_NOTIFY_KEY": "demo-26785a09-ab16-4eb0-8407-a37497a57506"
        "-3d844edf-8d35-48ac-975b-e847b4f122b0",
    },
    "govuk_pay": {
        "STANDPIPE_PAY_URL": "https://pay.example",
        "STANDPIPE_PAY_KEY": "api_test_key",
    },
}

_QUESTION = RegistryQuestion(
    subject={
        "person.name": {"given": "Ada", "family": "Lythgoe"},
        "person.birth_date": "1980-03-31",
        "address.postcode": "BO1 1AA",
        "person.national_insurance_number": "QQ900001A",
    },
    attributes=(
        "benefit.pip.moving_around_8_or_more",
        "benefit.pip.planning_descriptor_e",
        "benefit.dla.higher_rate_mobility",
    ),
    purpose="blue_badge.eligibility",
    organisation="Borrowdale County Council",
    receipt="receipt-1",
    correlation_id="correlation-1",
)
_EMAIL = OutgoingMessage(
    "email",
    "ada@residents.example",
    "received",
    {"subject": "We have your application", "body": "Reference BB-7Q2M."},
    "message-1",
)
_FEE = PaymentRequest(
    1000,
    "BB-7Q2M",
    "Blue Badge fee",
    "https://apply.example/return",
    "ada@residents.example",
    "en",
    "key-1",
)

USES: dict[tuple[str, str], Callable] = {
    ("dwp_benefits", "moving_around_met"): lambda dwp: dwp.ask(_QUESTION, deadline_seconds=5),
    ("govuk_notify", "email_sent"): lambda notify: notify.send(_EMAIL),
    ("govuk_notify", "not_found_by_reference"): lambda notify: notify.find("message-2"),
    ("govuk_notify", "found_by_reference"): lambda notify: (
        notify.send(_EMAIL),
        notify.find("message-1"),
    )[1],
    ("govuk_notify", "status_of_new_message"): lambda notify: notify.status(
        notify.send(_EMAIL).provider_id
    ),
    ("govuk_notify", "templates_fit"): lambda notify: notify.operator_faults(),
    ("govuk_notify", "bad_address"): lambda notify: notify.send(
        OutgoingMessage(
            "email",
            "not an address",
            "received",
            {"subject": "We have your application", "body": "Reference BB-7Q2M."},
            "message-1",
        )
    ),
    ("govuk_pay", "created"): lambda pay: pay.create(_FEE),
    ("govuk_pay", "state_of_new_payment"): lambda pay: pay.state(pay.create(_FEE).provider_id),
    ("govuk_pay", "unknown_payment"): lambda pay: pay.state("hu20sqlact5260q2nanm0q8u93"),
}
