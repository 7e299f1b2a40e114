"""However somebody answers, the form ends, asks nothing twice, and can then be decided."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pack_folders import pack

from standpipe.eligibility.deciding import decide
from standpipe.eligibility.rules import Known
from standpipe.packs.for_whom import FOR_WHOM
from standpipe.packs.form import Page
from standpipe.packs.pack import ServicePack
from standpipe.packs.repeating import asks_of
from standpipe.packs.route import Route, route
from standpipe.vocabulary.attribute import Attribute
from standpipe.vocabulary.need import Need
from standpipe.vocabulary.unknown import DOES_NOT_KNOW

ON = date(2026, 11, 22)
CONSULTED = ("met", "not_met", "unknown", "declined")
BORN = st.dates(date(1920, 1, 1), ON).map(date.isoformat)


def answer_to(attribute: Attribute, data: st.DataObject) -> Any:
    if attribute.unknown is not None and data.draw(st.booleans(), label="knows it") is False:
        return DOES_NOT_KNOW
    codes = [choice.code for choice in attribute.choices]
    match attribute.type:
        case "boolean":
            return data.draw(st.booleans())
        case "choice":
            return data.draw(st.sampled_from(codes))
        case "choices":
            return data.draw(st.lists(st.sampled_from(codes), min_size=1, unique=True))
        case "date":
            return data.draw(BORN)
        case "whole_number":
            limits = attribute.limits
            return data.draw(st.integers(limits.smallest, limits.largest))
        case "address":
            return {"line1": "1 Acorn Road", "town": "Rosegill", "postcode": "BO1 1AA"}
        case _:
            return "something"


def _for_whom(service: ServicePack) -> list[str]:
    """Return for whom the rules of a service have something to say."""
    knows_organisations = FOR_WHOM in service.rules(ON).sources
    return [one for one in service.applies_for if one != "organisation" or knows_organisations]


class Somebody:
    """One who answers whatever is asked, until nothing is."""

    def __init__(self, service: ServicePack, data: st.DataObject) -> None:
        self.service = service
        self.rules = service.rules(ON)
        self.data = data
        self.told: dict[str, Any] = {FOR_WHOM: data.draw(st.sampled_from(_for_whom(service)))}
        self.registered: dict[str, Any] = {}
        self.consulted: dict[str, str] = {}

    def route(self) -> Route:
        answered = {**self.told, **self.registered}
        return route(self.service.form, answered, rules=self.rules, consulted=self.consulted)

    def do(self, page: Page) -> None:
        if page.kind == "information":
            self.consulted[page.id] = "seen"
        elif page.kind == "consult":
            status = self.data.draw(st.sampled_from(CONSULTED), label=page.id)
            self.consulted[page.id] = status
            if status == "met":
                self.registered[self.data.draw(st.sampled_from(page.gives))] = True
        for ask in asks_of(page, 1) if page.repeat else page.ask:
            # What was left empty may be asked for once it is needed.
            assert self.told.get(ask.need) is None, f"{ask.need} is asked twice"
            attribute = self.service.vocabulary[Need.parse(ask.need).attribute]
            left_blank = not ask.required and self.data.draw(st.booleans(), label="blank")
            self.told[ask.need] = None if left_blank else answer_to(attribute, self.data)


@pytest.mark.parametrize("name", ["blue_badge", "report_a_fallen_tree"])
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_every_way_ends_and_can_be_decided(name: str, data: st.DataObject) -> None:
    somebody = Somebody(pack(name), data)
    for _ in range(len(somebody.service.form.pages)):
        found = somebody.route()
        if found.next is None:
            break
        somebody.do(found.next)

    end = somebody.route()
    assert end.next is None
    assert not end.unused
    known = {need: Known(value, "told") for need, value in somebody.told.items()}
    known |= {need: Known(value, "registry") for need, value in somebody.registered.items()}
    decided = decide(somebody.rules, known)
    assert decided.outcome in end.possible or decided.undecided
    if decided.outcome == "not_eligible":
        assert not somebody.service.decided_now(decided, consulted=somebody.consulted)
    if name == "blue_badge" and somebody.service.decided_now(decided, consulted=somebody.consulted):
        assert somebody.registered


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_what_is_decided_stays_decided_whatever_is_told_after(data: st.DataObject) -> None:
    somebody = Somebody(pack("blue_badge"), data)
    outcome: frozenset[str] | None = None
    for _ in range(len(somebody.service.form.pages)):
        found = somebody.route()
        if outcome is not None:
            assert found.possible == outcome
        if found.decided:
            outcome = found.possible
        if found.next is None:
            break
        somebody.do(found.next)
