"""What somebody writes on paper arrives as if they had typed it: for every service, any answers."""

from __future__ import annotations

import random
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject

from standpipe.applications.paper.asking import is_on_paper, paper_form
from standpipe.applications.paper.conditions import condition_words, truth
from standpipe.applications.paper.naming import FILES, agreement_name, names, write_down
from standpipe.applications.paper.returned import read_returned
from standpipe.documents.paper_fields import fields_of
from standpipe.documents.paper_forms import compose_form
from standpipe.packs.condition import read_condition
from standpipe.packs.pack import ServicePack
from standpipe.vocabulary.attribute import Attribute
from standpipe.vocabulary.need import Need
from standpipe.web.presenters.fields import sent_from_value
from tests.journeys.applicant import ROOT, place, vocabulary

SERVICES = sorted(path.name for path in (ROOT / "service_packs").iterdir() if path.is_dir())
ON = date(2026, 11, 22)


@pytest.fixture(scope="session")
def packs() -> dict[str, ServicePack]:
    from standpipe.packs.library import load_packs

    return dict(load_packs(ROOT / "service_packs", vocabulary=vocabulary(), place=place()))


@pytest.fixture(scope="session")
def forms(packs: dict[str, ServicePack]) -> dict[tuple[str, str], bytes]:
    made = {}
    for name, pack in packs.items():
        organisation = place().organisation(pack.organisation)
        for language in ("en", "cy"):
            made[name, language] = compose_form(paper_form(pack, organisation, language=language))
    return made


def filled_in(form: bytes, fields: dict[str, str]) -> bytes:
    """Write into a form as a program does that people fill it in with."""
    writer = PdfWriter(clone_from=BytesIO(form))
    for top in writer.root_object["/AcroForm"]["/Fields"]:
        _write(top.get_object(), "", fields)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _write(node: Any, start: str, fields: dict[str, str]) -> None:
    name = ".".join(filter(None, (start, str(node.get("/T", "")))))
    if node.get("/FT") == "/Tx" and name in fields:
        node[NameObject("/V")] = TextStringObject(fields[name])
    if node.get("/FT") == "/Btn" and name in fields:
        state = NameObject(f"/{fields[name]}")
        node[NameObject("/V")] = state
        for one in (kid.get_object() for kid in node.get("/Kids", [node])):
            states = one["/AP"]["/N"]
            one[NameObject("/AS")] = state if state in states else NameObject("/Off")
    for one in (kid.get_object() for kid in node.get("/Kids", [])):
        if "/T" in one:
            _write(one, name, fields)


def answer(attribute: Attribute, draw: random.Random) -> Any:
    """Some answer that would be taken."""
    match attribute.type:
        case "name":
            return {"given": draw.choice(["Ada", "Siân", "Łukasz"]), "family": "O’Brien-Ŵyn"}
        case "address":
            return {
                "uprn": "",
                "line1": f"{draw.randint(1, 99)} Heol y Bont",
                "line2": draw.choice(["", "Fflat 2"]),
                "town": "Rosegill",
                "county": "",
                "postcode": "BO1 1AA",
            }
        case "date":
            tense = attribute.limits.tense
            year = (
                draw.randint(1930, 2010) if tense.startswith("past") else draw.randint(2030, 2040)
            )
            return f"{year}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        case "boolean":
            return draw.random() < 0.5
        case "choice":
            return draw.choice(attribute.choices).code
        case "choices":
            alone = [one.code for one in attribute.choices if one.exclusive]
            others = [one.code for one in attribute.choices if not one.exclusive]
            if alone and draw.random() < 0.3:
                return [alone[0]]
            some = draw.sample(others, draw.randint(1, len(others)))
            return [code for code in others if code in some]
        case "email":
            return f"ada{draw.randint(0, 999)}@example.org"
        case "phone" | "mobile":
            return "07700 900123"
        case "national_insurance_number":
            return "QQ123456C"
        case "postcode":
            return "BO1 1AA"
        case "whole_number":
            return draw.randint(attribute.limits.smallest, min(attribute.limits.largest, 10**6))
        case "money":
            return f"{draw.randint(1, 500)}.00"
        case "digits":
            return "1" * attribute.limits.shortest
        case "long_text":
            return "Every day, and more in winter.\nŴyth gam."
    return "Opposite the “old” mill (Lôn Fawr)"[: attribute.limits.longest].strip()


def answers(pack: ServicePack, draw: random.Random) -> dict[str, Any]:
    found = {}
    for page in pack.form.pages:
        for ask in page.ask:
            attribute = pack.vocabulary[Need.parse(ask.need).attribute]
            if attribute.type in FILES or not is_on_paper(page) or draw.random() < 0.25:
                continue
            found[ask.need] = answer(attribute, draw)
    return found


def fields_for(pack: ServicePack, told: dict[str, Any]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for need, value in told.items():
        attribute = pack.vocabulary[Need.parse(need).attribute]
        fields |= write_down(need, attribute, sent_from_value(attribute, value))
    return fields


@pytest.mark.parametrize("service", SERVICES)
@given(seed=st.integers(0, 10**9), language=st.sampled_from(["en", "cy"]))
@settings(max_examples=8, deadline=None)
def test_what_is_written_comes_back_as_it_was_told(packs, forms, service, seed, language) -> None:
    pack, draw = packs[service], random.Random(seed)
    told = answers(pack, draw)
    fields = fields_for(pack, told)

    read = fields_of(filled_in(forms[service, language], fields))
    returned = read_returned(pack, read, on=ON)

    assert read == fields
    assert returned.misread == ()
    given_back = {need: value for need, value in returned.answers.items() if value is not None}
    assert _texts(given_back) == _texts(told)


def _texts(values: dict[str, Any]) -> dict[str, Any]:
    """Numbers are typed as text on the web as well as on paper."""
    return {
        need: sorted(value.items()) if isinstance(value, dict) else str(value)
        for need, value in values.items()
    }


@pytest.mark.parametrize("service", SERVICES)
def test_every_question_has_its_fields_and_every_field_its_words(packs, forms, service) -> None:
    pack = packs[service]
    for language in ("en", "cy"):
        reader = PdfReader(BytesIO(forms[service, language]))
        root = reader.trailer["/Root"]
        widgets = [one.get_object() for page in reader.pages for one in page.get("/Annots", [])]
        named = set(_names(root["/AcroForm"]["/Fields"], ""))
        for page in pack.form.pages:
            for ask in page.ask if is_on_paper(page) else ():
                attribute = pack.vocabulary[Need.parse(ask.need).attribute]
                wanted = (
                    {f"{ask.need}.sent"} if attribute.type in FILES else names(ask.need, attribute)
                )
                assert set(wanted) <= named, ask.need
        assert all(str(one["/TU"]).strip() for one in widgets)
        assert root["/Lang"] == language or str(root["/Lang"]).startswith(language)
        assert reader.metadata.title == pack.label.in_(language)
        assert root["/MarkInfo"]["/Marked"]
        assert all(page["/Tabs"] == "/S" for page in reader.pages)
        tagged = [str(one) for one in _tagged(root["/StructTreeRoot"])]
        assert tagged.count("/Form") == len(widgets)
        assert "/Figure" not in tagged


def _names(fields: Any, start: str) -> list[str]:
    found = []
    for one in (each.get_object() for each in fields):
        name = ".".join(filter(None, (start, str(one.get("/T", "")))))
        kids = [kid for kid in one.get("/Kids", []) if "/T" in kid.get_object()]
        found += _names(kids, name) if kids else [name]
    return found


def _tagged(element: Any) -> list[Any]:
    """The kinds of all elements of a document's structure."""
    element = element.get_object()
    if isinstance(element, list):
        return [each for one in element for each in _tagged(one)]
    if not isinstance(element, dict):
        return []
    own = [element["/S"]] if "/S" in element else []
    return own + (_tagged(element["/K"]) if "/K" in element else [])


def test_a_wrong_answer_is_named_with_what_was_written(packs) -> None:
    need = "applicant/person.birth_date"
    fields = {f"{need}.day": "31", f"{need}.month": "2", f"{need}.year": "1980"}

    returned = read_returned(packs["blue_badge"], fields, on=ON)

    (misread,) = returned.misread
    assert (misread.need, misread.written) == (need, "31, 2, 1980")
    assert "real date" in misread.faults[0].message.en
    assert need not in returned.answers


def test_a_file_without_fields_is_a_scan(packs, forms) -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    out = BytesIO()
    writer.write(out)

    assert read_returned(packs["blue_badge"], fields_of(out.getvalue()), on=ON).is_empty
    assert read_returned(packs["blue_badge"], fields_of(forms["blue_badge", "en"]), on=ON).is_empty


def test_an_agreement_on_paper_is_told_apart_from_none(packs) -> None:
    pack = packs["blue_badge"]
    page = next(one.id for one in pack.form.pages if one.kind == "consult")

    for word, said in (("yes", {page: True}), ("no", {page: False}), ("", {})):
        fields = {agreement_name(page): word} if word else {}
        assert read_returned(pack, fields, on=ON).agreed == said


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ({"need": "applicant/report.blocks", "in": ["road"]}, "“A whole road”"),
        ({"need": "applicant/report.on_public_land", "eq": True}, "question 2 is “Yes”"),
        ({"need": "applicant/person.age", "gte": 16}, "Age: 16 or more"),
        ({"possible": ["x"]}, None),
        ({"all": [{"possible": ["x"]}, {"need": "applicant/person.age", "gte": 16}]}, "Age: 16"),
        ({"any": [{"possible": ["x"]}, {"need": "applicant/person.age", "gte": 16}]}, None),
        ({"not": {"need": "applicant/person.age", "gte": 16}}, None),
    ],
)
def test_conditions_are_said_in_words_or_not_at_all(condition, words) -> None:
    numbers = {"applicant/report.blocks": "4", "applicant/report.on_public_land": "2"}

    said = condition_words(read_condition(condition), numbers, vocabulary(), language="en")

    assert (said is None) if words is None else words in (said or "")


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ({"need": "applicant/application.for_whom", "eq": "organisation"}, False),
        ({"need": "applicant/application.for_whom", "in": ["self", "child"]}, True),
        ({"not": {"need": "applicant/application.for_whom", "eq": "self"}}, False),
        ({"need": "applicant/person.age", "gte": 16}, None),
    ],
)
def test_what_is_asked_of_others_alone_does_not_stand_on_paper(condition, holds) -> None:
    known = {"applicant/application.for_whom": "self"}

    assert truth(read_condition(condition), known) is holds
