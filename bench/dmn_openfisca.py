"""
The same rule in OpenFisca, one person at a time: run it in an environment of its own.

OpenFisca is under the AGPL, so nothing of Standpipe imports it. `./run bench dmn` runs this beside
the rest; by hand:

    PYTHONPATH=. uv run --isolated --no-project --with openfisca-core \\
        python bench/dmn_openfisca.py [--json]
"""

from __future__ import annotations

import time
from typing import Any

from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from bench.dmn_people import applicants, eligible
from bench.report import Figure, report

PEOPLE = 100
PERIOD = "2026-01"
PERSON = build_entity(key="person", plural="persons", label="", is_person=True)


class Mobility(Enum):
    none = "none"
    lower = "lower"
    higher = "higher"


class Descriptor(Enum):
    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


def _fact(name: str, kind: type, **more: Any) -> type[Variable]:
    return type(
        name,
        (Variable,),
        {"value_type": kind, "entity": PERSON, "definition_period": DateUnit.MONTH, **more},
    )


FACTS = (
    _fact("age", int),
    _fact("dla_mobility", Enum, possible_values=Mobility, default_value=Mobility.none),
    _fact("pip_moving_around", int),
    _fact("pip_planning_descriptor", Enum, possible_values=Descriptor, default_value=Descriptor.A),
    _fact("war_pension_mobility_supplement", bool),
    _fact("afrfcs_tariff", int),
    _fact("afrfcs_certified", bool),
    _fact("severely_sight_impaired", bool),
)


def _formula(person: Any, period: Any) -> Any:
    tariff = person("afrfcs_tariff", period)
    return (person("age", period) > 2) * (
        (person("dla_mobility", period) == Mobility.higher)
        + (person("pip_moving_around", period) >= 8)
        + (person("pip_planning_descriptor", period) == Descriptor.E)
        + person("war_pension_mobility_supplement", period)
        + (tariff >= 1) * (tariff <= 8) * person("afrfcs_certified", period)
        + person("severely_sight_impaired", period)
    )


def main() -> None:
    """Measure and print."""
    system = TaxBenefitSystem([PERSON])
    for variable in FACTS:
        system.add_variable(variable)
    system.add_variable(_fact("is_eligible", bool, formula=_formula))
    people = list(applicants(PEOPLE))
    asked = [
        {name.replace(" ", "_"): {PERIOD: value} for name, value in person.items()}
        for person in people
    ]

    def decide(facts: dict[str, Any]) -> bool:
        simulation = SimulationBuilder().build_from_entities(system, {"persons": {"one": facts}})
        return bool(simulation.calculate("is_eligible", PERIOD)[0])

    for person, facts in zip(people, asked, strict=True):
        if decide(facts) != eligible(person):
            raise AssertionError("OpenFisca decides otherwise than the oracle")
    best = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        for facts in asked:
            decide(facts)
        best = min(best, time.perf_counter() - start)
    report([Figure("OpenFisca, one decision", best / PEOPLE * 1e6, "µs")])


if __name__ == "__main__":
    main()
