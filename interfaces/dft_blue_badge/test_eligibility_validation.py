"""The rules for why a badge is needed: a case that passes and one that fails, with its key."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from interfaces.dft_blue_badge import codes
from interfaces.dft_blue_badge.application_validation import read_application
from interfaces.dft_blue_badge.samples import ELIGIBILITY, application

ON = date(2026, 11, 22)
WALK = "eligibility.walkingDifficulty"


def faults(body: Any) -> set[tuple[str, str]]:
    _, found = read_application(body, authorities=["BORRO"], on=ON)
    return {(one.field, one.key) for one in found}


def walking(*chosen: str, **more: Any) -> dict[str, Any]:
    """An application with these difficulties alone, and what explains them."""
    explained = {
        "PAIN": ("painDescription",),
        "BALANCE": ("balanceDescription", "healthProfessionsForFalls"),
        "DANGER": ("dangerousDescription", "chestLungHeartEpilepsy"),
        "SOMELSE": ("otherDescription",),
        "BREATH": ("breathlessness",),
    }
    left_out = {
        f"eligibility__walkingDifficulty__{name}": None
        for code, names in explained.items()
        if code not in chosen
        for name in names
    }
    changes = {f"eligibility__walkingDifficulty__{name}": value for name, value in more.items()}
    return application(
        **{"eligibility__walkingDifficulty__typeCodes": list(chosen), **left_out, **changes}
    )


# rule, a body that passes, a body that fails, the field, the kind of the key
RULES: list[tuple[str, Any, Any, str, str]] = [
    (
        "an end of an award is not in the past",
        application("PIP", eligibility__benefit__expiryDate="2026-11-22"),
        application("PIP", eligibility__benefit__expiryDate="2026-11-21"),
        "eligibility.benefit.expiryDate",
        "NotValid",
    ),
    (
        "an award without end has none",
        application("DLA"),
        application("DLA", eligibility__benefit__expiryDate="2030-01-01"),
        "eligibility.benefit.expiryDate",
        "NotValid",
    ),
    (
        "whether an award has an end is needed",
        application("WPMS"),
        application("WPMS", eligibility__benefit__isIndefinite=None),
        "eligibility.benefit.isIndefinite",
        "NotNull",
    ),
    (
        "conditions are described only at discretion",
        application("ARMS"),
        application("PIP", eligibility__descriptionOfConditions="x"),
        "eligibility.descriptionOfConditions",
        "NotValid",
    ),
    (
        "conditions take 10000 characters at most",
        application(eligibility__descriptionOfConditions="x" * 10000),
        application(eligibility__descriptionOfConditions="x" * 10001),
        "eligibility.descriptionOfConditions",
        "Size",
    ),
    (
        "professionals go with walking and children",
        application("CHILDVEHIC", eligibility__healthcareProfessionals=[{"name": "Dr Roe"}]),
        application("ARMS", eligibility__healthcareProfessionals=[{"name": "Dr Roe"}]),
        "eligibility.healthcareProfessionals",
        "NotValid",
    ),
    (
        "an adapted vehicle is described",
        application("ARMS"),
        application("ARMS", eligibility__disabilityArms__adaptedVehicleDescription=None),
        "eligibility.disabilityArms.adaptedVehicleDescription",
        "NotNull",
    ),
    (
        "only an adapted vehicle is described",
        application(
            "ARMS",
            eligibility__disabilityArms__isAdaptedVehicle=False,
            eligibility__disabilityArms__adaptedVehicleDescription=None,
        ),
        application("ARMS", eligibility__disabilityArms__isAdaptedVehicle=False),
        "eligibility.disabilityArms.adaptedVehicleDescription",
        "NotValid",
    ),
    (
        "whether a vehicle is adapted is needed",
        application("ARMS"),
        application("ARMS", eligibility__disabilityArms={"drivingFrequency": "Daily"}),
        "eligibility.disabilityArms.isAdaptedVehicle",
        "NotNull",
    ),
    (
        "one difficulty at least is chosen",
        walking("LONGTIME"),
        walking(),
        f"{WALK}.typeCodes",
        "NotValid",
    ),
    (
        "how long somebody walks is needed",
        walking("LONGTIME"),
        walking("LONGTIME", walkingLengthOfTimeCode=None),
        f"{WALK}.walkingLengthOfTimeCode",
        "NotNull",
    ),
    (
        "who walks has a speed",
        walking("LONGTIME"),
        walking("LONGTIME", walkingSpeedCode=None),
        f"{WALK}.walkingSpeedCode",
        "NotNull",
    ),
    (
        "who cannot walk has none",
        walking("LONGTIME", walkingLengthOfTimeCode="CANTWALK", walkingSpeedCode=None),
        walking("LONGTIME", walkingLengthOfTimeCode="CANTWALK"),
        f"{WALK}.walkingSpeedCode",
        "NotValid",
    ),
    (
        "kinds of breathlessness are chosen",
        walking("BREATH", breathlessness={"typeCodes": ["UPHILL"]}),
        walking("BREATH", breathlessness={"typeCodes": []}),
        f"{WALK}.breathlessness.typeCodes",
        "NotNull",
    ),
    (
        "another breathlessness is described",
        walking("BREATH"),
        walking("BREATH", breathlessness={"typeCodes": ["OTHER"]}),
        f"{WALK}.breathlessness.otherDescription",
        "NotNull",
    ),
    (
        "only another breathlessness is described",
        walking("BREATH"),
        walking("BREATH", breathlessness={"typeCodes": ["OWNPACE"], "otherDescription": "x"}),
        f"{WALK}.breathlessness.otherDescription",
        "NotValid",
    ),
    (
        "who provided an aid is needed",
        application(),
        application(eligibility__walkingDifficulty__walkingAids=[{"description": "Stick"}]),
        f"{WALK}.walkingAids[0].howProvidedCode",
        "NotNull",
    ),
    (
        "some equipment is chosen",
        application(
            "CHILDBULK",
            eligibility__childUnder3={"bulkyMedicalEquipmentTypeCode": "CAST"},
        ),
        application("CHILDBULK", eligibility__childUnder3={"bulkyMedicalEquipmentTypeCodes": []}),
        "eligibility.childUnder3.bulkyMedicalEquipmentTypeCodes",
        "NotNull",
    ),
    (
        "other equipment is described",
        application("CHILDBULK"),
        application("CHILDBULK", eligibility__childUnder3__otherMedicalEquipment=""),
        "eligibility.childUnder3.otherMedicalEquipment",
        "NotNull",
    ),
    (
        "only other equipment is described",
        application("CHILDBULK"),
        application("CHILDBULK", eligibility__childUnder3__bulkyMedicalEquipmentTypeCodes=["VENT"]),
        "eligibility.childUnder3.otherMedicalEquipment",
        "NotValid",
    ),
]
# What each difficulty is explained by: needed with it, forbidden without.
EXPLAINED = [
    ("PAIN", "painDescription", "x"),
    ("BALANCE", "balanceDescription", "x"),
    ("BALANCE", "healthProfessionsForFalls", True),
    ("DANGER", "dangerousDescription", "x"),
    ("DANGER", "chestLungHeartEpilepsy", False),
    ("SOMELSE", "otherDescription", "x"),
    ("BREATH", "breathlessness", {"typeCodes": ["UPHILL"]}),
]
PARTS = {
    "benefit": ("PIP", "DLA", "WPMS"),
    "disabilityArms": ("ARMS",),
    "walkingDifficulty": ("WALKD",),
    "childUnder3": ("CHILDBULK",),
}


@pytest.mark.parametrize(
    ("passes", "fails", "field", "kind"),
    [rule[1:] for rule in RULES],
    ids=[rule[0] for rule in RULES],
)
def test_a_rule_lets_one_body_pass_and_names_the_fault_of_another(passes, fails, field, kind):
    assert faults(passes) == set()
    assert faults(fails) == {(field, f"{kind}.application.{field}")}


@pytest.mark.parametrize(("code", "name", "value"), EXPLAINED)
def test_what_explains_a_difficulty_is_needed_with_it_and_forbidden_without(code, name, value):
    field = f"{WALK}.{name}"

    assert faults(walking(code)) == set()
    assert (field, f"NotNull.application.{field}") in faults(walking(code, **{name: None}))
    assert faults(walking("LONGTIME", **{name: value})) == {
        (field, f"NotValid.application.{field}")
    }


@pytest.mark.parametrize("ground", codes.ELIGIBILITY)
@pytest.mark.parametrize("part", [*PARTS, "blind"])
def test_each_ground_takes_its_own_part_and_no_other(ground, part):
    field = f"eligibility.{part}"
    owner = PARTS.get(part, ("BLIND",))
    sample = ELIGIBILITY[owner[0]][part]
    with_it = application(ground, **{f"eligibility__{part}": sample})

    if ground in owner:
        assert faults(with_it) == set()
        without = faults(application(ground, **{f"eligibility__{part}": None}))
        needed = set() if part == "blind" else {(field, f"NotNull.application.{field}")}
        assert without == needed
    else:
        assert faults(with_it) == {(field, f"NotValid.application.{field}")}


@pytest.mark.parametrize("ground", PARTS["benefit"] + ("ARMS", "WALKD", "CHILDBULK"))
def test_an_application_to_renew_may_leave_out_what_is_held_already(ground):
    new = application(ground, eligibility={"typeCode": ground})

    assert faults(new)
    assert faults({**new, "applicationTypeCode": "RENEW"}) == set()


def test_an_application_to_renew_must_still_fit():
    body = application("PIP", applicationTypeCode="RENEW", eligibility__blind={})

    assert faults(body) == {("eligibility.blind", "NotValid.application.eligibility.blind")}
