"""From the checked files of a pack to the pack itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from standpipe.kernel.text import Text
from standpipe.packs.assessment_checks import check_assessment
from standpipe.packs.case import read_case
from standpipe.packs.checks import check_pack_whole
from standpipe.packs.contact import read_contact
from standpipe.packs.effects import read_about, read_effects
from standpipe.packs.entitlement import read_entitlement
from standpipe.packs.example import read_examples
from standpipe.packs.fees import read_fees
from standpipe.packs.for_whom import as_needs, read_applies_for
from standpipe.packs.form import read_form
from standpipe.packs.measures import read_return, read_success
from standpipe.packs.messages import read_templates
from standpipe.packs.pack import OneSitting, Outcome, Purpose, ServicePack
from standpipe.packs.privacy import read_privacy
from standpipe.packs.register_import import read_import
from standpipe.packs.review_checks import check_review
from standpipe.packs.rule_steps import STEPS, read_steps
from standpipe.packs.source import Source
from standpipe.places.place import Place
from standpipe.vocabulary.attribute import Vocabulary


def assemble(
    name: str, source: Source, *, sha256: str, vocabulary: Vocabulary, place: Place
) -> ServicePack | None:
    """
    Make a pack of files that their schemas have found well formed.

    None if no organisation of the place issues it. What is wrong joins the source's faults; a pack
    made in spite of faults must not be used.
    """
    service, rules = source["service.yaml"], source[STEPS]
    if place.nation not in service["nations"]:
        return None
    issuers = _issuers(source, place)
    organisation = _organisation(source, place, issuers)
    if organisation is None:
        return None
    templates = {
        folder: read_templates(source.files, folder=folder, root=source.root, faults=source.faults)
        for folder in ("messages", "letters")
    }
    entitlement = source["entitlement.yaml"]
    fees, imports = source["rules/fees.yaml"], source["import.yaml"]
    pack = ServicePack(
        name=name,
        version=service["version"],
        sha256=sha256,
        files=dict(source.files),
        label=Text.read(service["label"]),
        description=Text.read(service["description"]),
        audience=_text(service.get("audience")),
        before_you_start=_text(service.get("before_you_start")),
        owner=service["owner"],
        lgsl=service.get("lgsl"),
        purpose=_purpose(service["purpose"]),
        organisation=organisation,
        issuers=issuers,
        form=read_form(source["form.yaml"]),
        steps=read_steps(source, vocabulary),
        outcome_name=rules["outcome"],
        when_unknown=rules["when_unknown"],
        outcomes={
            code: Outcome(code, Text.read(words["label"]), Text.read(words["citizen"]))
            for code, words in rules["outcomes"].items()
        },
        grounds={code: Text.read(words) for code, words in rules["grounds"].items()},
        fees=read_fees(fees) if fees else (),
        case=read_case(source["case.yaml"]),
        messages=templates["messages"],
        letters=templates["letters"],
        success=read_success(source["outcomes.yaml"]),
        returns=tuple(read_return(name, source[name]) for name in source.returns),
        entitlement=read_entitlement(entitlement) if entitlement else None,
        imports=read_import(imports) if imports else None,
        privacy=read_privacy(source["privacy.yaml"]),
        examples=tuple(
            example for file in source.examples for example in read_examples(file, source[file])
        ),
        one_sitting=_one_sitting(service.get("one_sitting")),
        challenge=_text(next((one["text"] for one in service.get("challenge", ())), None)),
        complaints=service.get("complaints"),
        refund_on=frozenset(service.get("refund_on", ())),
        applies_for=read_applies_for(service),
        title_needs=as_needs(service["title_need"]),
        about=read_about(service.get("about")),
        effects=read_effects(service.get("effects", [])),
        address_need=service.get("address_need"),
        contact=read_contact(service["contact"]),
        vocabulary=vocabulary,
    )
    check_pack_whole(pack, source)
    check_assessment(pack, source, place)
    check_review(pack, source)
    return pack


def _issuers(source: Source, place: Place) -> tuple[str, ...]:
    service = source["service.yaml"]
    by_kind = [one.slug for one in place.organisations if one.kind in service["issued_by"]]
    by_arrangement = [one["organisation"] for one in service.get("also_issued_by", ())]
    known = {one.slug for one in place.organisations}
    for named in by_arrangement:
        if named not in known:
            message = f"{named} is no organisation of {place.slug}."
            mend = f"Name one of: {', '.join(sorted(known))}."
            source.fault("service.yaml", ["also_issued_by"], message, mend)
    return tuple(dict.fromkeys([*by_kind, *by_arrangement]))


def _organisation(source: Source, place: Place, issuers: Sequence[str]) -> str | None:
    named = source["service.yaml"].get("organisation")
    if named is None:
        return issuers[0] if issuers else None
    if named not in issuers:
        mend = f"Name one of: {', '.join(issuers)}."
        message = f"{named} cannot issue this in {place.slug}."
        source.fault("service.yaml", ["organisation"], message, mend)
    return str(named)


def _purpose(words: Mapping[str, Any]) -> Purpose:
    return Purpose(
        id=words["id"],
        text=Text.read(words["text"]),
        lawful_basis=words["lawful_basis"],
        special_category_condition=words.get("special_category_condition"),
        law=words["law"],
    )


def _one_sitting(said: Mapping[str, Any] | Sequence[Any] | None) -> OneSitting | None:
    words = (said[0] if said else None) if isinstance(said, Sequence) else said
    if words is None:
        return None
    return OneSitting(
        outcomes=frozenset(words["outcomes"]),
        matched_by=words.get("matched_by"),
        told_facts_suffice=words.get("told_facts_suffice", False),
    )


def _text(words: Mapping[str, str] | None) -> Text | None:
    return Text.read(words) if words else None
