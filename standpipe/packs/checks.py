"""What must hold across the files of a pack: names that meet, pages that can be reached."""

from __future__ import annotations

from collections.abc import Iterator

from standpipe.eligibility.rules import DecisionStep
from standpipe.packs.dates import check_dates
from standpipe.packs.for_whom import FOR_WHOM
from standpipe.packs.form import Page
from standpipe.packs.pack import ServicePack
from standpipe.packs.placeholders import fillable
from standpipe.packs.rule_steps import STEPS, attribute_of
from standpipe.packs.source import Source
from standpipe.packs.speaking_checks import check_speaking
from standpipe.vocabulary.answers import read_value
from standpipe.vocabulary.need import Need

FEES = "rules/fees.yaml"
# What the platform sends whatever the service; a decision adds decided_<outcome>.
MESSAGES = ("received", "saved", "return_code", "need_more")


def check_pack_whole(pack: ServicePack, source: Source) -> None:
    """Add to the source's faults whatever does not fit together."""
    _check_needs(pack, source)
    _check_pages(pack, source)
    check_speaking(pack, source)
    _check_rules(pack, source)
    check_dates(pack, source)
    _check_fees(source)
    _check_case(pack, source)
    _check_messages(pack, source)
    _check_examples(pack, source)


def _check_needs(pack: ServicePack, source: Source) -> None:
    """Every need is of the vocabulary."""
    named: list[tuple[str, list[str | int], str]] = [
        ("service.yaml", ["title_need"], need) for need in pack.title_needs
    ]
    named += [("service.yaml", ["contact"], need) for need in pack.contact.needs]
    if pack.address_need:
        named.append(("service.yaml", ["address_need"], pack.address_need))
    if pack.entitlement:
        held = pack.entitlement.holder
        for need in (*held.names, held.birth_date, held.postcode, held.identifier):
            named += [("entitlement.yaml", ["holder"], need)] if need else []
        several = pack.entitlement.several
        named += [("entitlement.yaml", ["several"], several)] if several else []
        photo = pack.entitlement.order.photo if pack.entitlement.order else None
        named += [("entitlement.yaml", ["order"], photo)] if photo else []
    for at, effect in enumerate(pack.effects):
        named += [("service.yaml", ["effects", at], need) for need in effect.needs()]
        if effect.outcome not in pack.outcomes:
            mend = f"Name one of: {', '.join(pack.outcomes)}."
            source.fault("service.yaml", ["effects", at], f"{effect.outcome} is no outcome.", mend)
        if pack.about is None:
            mend = "Say about which kind of entry it is, in `about`."
            source.fault("service.yaml", ["effects", at], "An effect on nothing.", mend)
    for fee in pack.fees:
        needs = [*(fee.when.needs() if fee.when else ()), *([fee.per] if fee.per else ())]
        named += [(FEES, ["amounts"], need) for need in needs]
    for at, page in enumerate(pack.form.pages):
        needs = [*(ask.need for ask in page.ask), *page.discloses, *page.gives]
        needs += [page.until] if page.until else []
        needs += page.when.needs() if page.when else []
        named += [("form.yaml", ["pages", at], need) for need in needs]
    if pack.imports is not None:
        columns = enumerate(pack.imports.answers)
        named += [("import.yaml", ["answers", at], column.need) for at, column in columns]
    named += [("form.yaml", ["declaration"], need) for need in pack.form.declaration]
    named += [("form.yaml", ["equality"], need) for need in pack.form.equality]
    for step_at, step in enumerate(pack.steps):
        needs = [*step.inputs.values(), *(need for need in step.gives.values() if need)]
        named += [(STEPS, ["steps", step_at], need) for need in needs]
    for file, where, need in named:
        if attribute_of(need, pack.vocabulary) is None:
            mend = "Name a role and an attribute of the vocabulary."
            source.fault(file, where, f"{need} is not of the vocabulary.", mend)


def _check_pages(pack: ServicePack, source: Source) -> None:
    asked: dict[str, str] = {}
    seen_pages: list[Page] = []
    for at, page in enumerate(pack.form.pages):
        where: list[str | int] = ["pages", at]
        if page.id in (other.id for other in seen_pages):
            mend = "Give each page its own id."
            source.fault("form.yaml", where, f"Two pages bear the id {page.id}.", mend)
        for ask in page.ask:
            attribute = attribute_of(ask.need, pack.vocabulary)
            # What has no value may be asked once it is needed after all.
            is_again = ask.need in asked and not (page.when and page.when.wants_empty(ask.need))
            if is_again and attribute and attribute.reuse != "ask_always":
                message = f"{ask.need} is asked on {asked[ask.need]} and again on {page.id}."
                mend = "Ask once; WCAG 2.2, success criterion 3.3.7."
                source.fault("form.yaml", where, message, mend)
            asked.setdefault(ask.need, page.id)
            if (ask.label or ask.hint) and not ask.override_reason:
                message = f"{page.id} overrides the vocabulary's words without a reason."
                mend = "Add override_reason, or leave the words to the vocabulary."
                source.fault("form.yaml", where, message, mend)
        if len(page.ask) > 1 and page.title is None:
            message = f"{page.id} asks more than one question and has no title."
            source.fault("form.yaml", where, message, "Add a title, or ask one thing per page.")
        for need in page.gives:
            attribute = attribute_of(need, pack.vocabulary)
            registries = [one.connector for one in attribute.registries] if attribute else []
            if attribute and page.registry not in registries:
                message = f"{page.registry} is no register of {need}."
                mend = f"Consult one of: {', '.join(registries) or 'none can answer it'}."
                source.fault("form.yaml", where, message, mend)
        for message, mend in _odd_choices(page, pack):
            source.fault("form.yaml", where, message, mend)
        for message, mend in _odd_repeats(page, pack):
            source.fault("form.yaml", where, message, mend)
        for message, mend in _unreachable(page, pack, seen_pages):
            source.fault("form.yaml", where, message, mend)
        seen_pages.append(page)


def _odd_choices(page: Page, pack: ServicePack) -> Iterator[tuple[str, str]]:
    """Yield what cannot be chosen from one's own: what is no text, and what is asked of each."""
    for ask in page.ask:
        attribute = attribute_of(ask.need, pack.vocabulary)
        if ask.chosen_from and attribute and (attribute.type != "text" or page.repeat):
            yield f"{ask.need} cannot be chosen.", "Drop chosen_from, or ask for a text, once."


def _odd_repeats(page: Page, pack: ServicePack) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with how a page repeats, or with an ask of each without a repeat."""
    each = f"{page.repeat.role}[]/" if page.repeat else ""
    for ask in page.ask:
        attribute = attribute_of(ask.need, pack.vocabulary)
        if page.repeat and not ask.need.startswith(each):
            yield f"{page.id} repeats {each[:-1]} and asks {ask.need}.", f"Ask for {each}…."
        elif not page.repeat and "[]" in ask.need:
            yield f"{page.id} asks {ask.need} and does not repeat.", "Add repeat to the page."
        elif page.repeat and attribute and attribute.type in ("file", "photo", "address"):
            yield (
                f"{page.id} asks for {attribute.type} of each.",
                "Ask for it on a page of its own, once.",
            )
    if page.repeat and page.repeat.least > page.repeat.most:
        yield f"{page.id} asks for more than it takes.", "Let min be at most max."


def _unreachable(page: Page, pack: ServicePack, earlier: list[Page]) -> Iterator[tuple[str, str]]:
    """Yield why a page can never show: it waits for what nothing before it can bring."""
    brought = {ask.need for other in earlier for ask in other.ask}
    brought |= {FOR_WHOM, *(need for other in earlier for need in other.gives)}
    for need in page.when.needs() if page.when else ():
        if brought.isdisjoint(_behind(need, pack)):
            yield (
                f"{page.id} can never be judged: no page before it brings {need}.",
                "Put the page that asks for it first.",
            )
    for other in page.when.pages() if page.when else ():
        if other not in (one.id for one in earlier if one.kind == "consult"):
            yield f"{page.id} waits for {other}, no consult page before it.", "Name such a page."
    for outcome in page.when.outcomes() if page.when else ():
        if outcome not in pack.outcomes:
            yield f"{outcome} is no outcome.", f"Name one of: {', '.join(pack.outcomes)}."
    if page.only_if_matters:
        needs = set(page.gives) or {ask.need for ask in page.ask}
        if needs.isdisjoint(_of_rules(pack)):
            yield (
                f"{page.id} can never show: no rule looks at what it brings.",
                "Drop only_if_matters, or ask for what a rule looks at.",
            )


def _behind(need: str, pack: ServicePack) -> set[str]:
    """Return a need and all those that it may follow from."""

    found = {need}
    attribute = attribute_of(need, pack.vocabulary)
    if attribute:
        for source in attribute.derives_from:
            found |= _behind(str(Need.parse(need).beside(source)), pack)
    for step in pack.steps:
        if need in step.gives.values():
            for other in step.inputs.values():
                found |= _behind(other, pack)
    return found


def _of_rules(pack: ServicePack) -> set[str]:
    return {
        behind
        for step in pack.steps
        for need in step.inputs.values()
        for behind in _behind(need, pack)
    }


def _check_rules(pack: ServicePack, source: Source) -> None:
    if not source[STEPS]["steps"]:
        mend = "Add the tables that decide there, or take the nation out of service.yaml."
        source.fault(STEPS, ["steps"], "No table counts in this nation.", mend)
    if not pack.steps:
        return
    for at, step in enumerate(pack.steps):
        if step.id == pack.steps[-1].id:
            _check_decisive(step, at, pack, source)
    if pack.when_unknown not in pack.outcomes:
        mend = f"Name one of: {', '.join(pack.outcomes)}."
        source.fault(STEPS, ["when_unknown"], f"{pack.when_unknown} is no outcome.", mend)
    asked = {ask.need for page in pack.form.pages for ask in page.ask}
    asked |= {FOR_WHOM, *(need for page in pack.form.pages for need in page.gives)}
    for at, step in enumerate(pack.steps):
        for name, need in step.inputs.items():
            if asked.isdisjoint(_behind(need, pack)):
                mend = "Ask for it on a page, or consult a register that gives it."
                message = f"{need} feeds the rules and is never asked."
                source.fault(STEPS, ["steps", at, "inputs", name], message, mend)


def _check_decisive(step: DecisionStep, at: int, pack: ServicePack, source: Source) -> None:
    outputs = {output.name: place for place, output in enumerate(step.decision.outputs)}
    for name in (pack.outcome_name, "ground"):
        if name not in outputs:
            mend = f"Let the last table answer {name}."
            source.fault(STEPS, ["steps", at], f"The last table has no output {name}.", mend)
    for name, known in ((pack.outcome_name, pack.outcomes), ("ground", pack.grounds)):
        said = {row.values[outputs[name]] for row in step.decision.rows if name in outputs}
        for value in sorted({str(one) for one in said if one is not None} - set(known)):
            group = "outcomes" if name == pack.outcome_name else "grounds"
            mend = f"Add {value} to {group}, in both languages."
            source.fault(STEPS, [group], f"{value} has no words.", mend)


def _check_fees(source: Source) -> None:
    fees = source[FEES] or {"amounts": ()}
    for at, limit in enumerate(fees.get("limits", ())):
        most = limit["at_most_pence"]
        for one in fees["amounts"]:
            if one["amount_pence"] > most:
                message = f"{one['amount_pence']} pence is more than the law allows."
                mend = f"Charge at most {most} pence: {limit['law']}."
                source.fault(FEES, ["limits", at], message, mend)


def _check_case(pack: ServicePack, source: Source) -> None:
    statuses = sorted(status.id for status in pack.case.statuses)
    if pack.case.first not in statuses:
        mend = f"Name one of: {', '.join(statuses)}."
        source.fault("case.yaml", ["first"], f"{pack.case.first} is no status.", mend)
    reached = {pack.case.first}
    for at, transition in enumerate(pack.case.transitions):
        for named in (*transition.from_, transition.to):
            if named not in statuses:
                mend = f"Name one of: {', '.join(statuses)}."
                source.fault("case.yaml", ["transitions", at], f"{named} is no status.", mend)
        if transition.outcome and transition.outcome not in pack.outcomes:
            mend = f"Name one of: {', '.join(pack.outcomes)}."
            message = f"{transition.outcome} is no outcome."
            source.fault("case.yaml", ["transitions", at], message, mend)
        reached.add(transition.to)
    for at, status in enumerate(pack.case.statuses):
        if status.id not in reached:
            mend = "Add a transition to it, or remove it."
            source.fault("case.yaml", ["statuses", at], f"Nothing leads to {status.id}.", mend)
    marks = [mark.id for mark in pack.case.quality]
    for twice in sorted({one for one in marks if marks.count(one) > 1}):
        message = f"Two marks bear the id {twice}."
        source.fault("case.yaml", ["quality"], message, "Give each its own id.")
    order = pack.entitlement.order if pack.entitlement else None
    urgent = {one for rule in (order.deliver if order else ()) for one in rule.priorities}
    for priority in sorted(urgent - {one.id for one in pack.case.priorities}):
        mend = "Name a priority of case.yaml."
        source.fault("entitlement.yaml", ["order"], f"{priority} is no priority.", mend)
    way = pack.one_sitting
    alone = {one.outcome for one in pack.case.transitions if "system" in one.who}
    for outcome in sorted((way.outcomes if way else frozenset()) - alone):
        message = f"The rules may not decide {outcome}: no transition lets the system do it."
        mend = "Add system to who of that transition in case.yaml."
        source.fault("service.yaml", ["one_sitting"], message, mend)
    for outcome in sorted((way.outcomes if way else frozenset()) - set(pack.outcomes)):
        mend = f"Name one of: {', '.join(pack.outcomes)}."
        source.fault("service.yaml", ["one_sitting"], f"{outcome} is no outcome.", mend)
    if way and way.matched_by and way.matched_by not in (page.id for page in pack.form.pages):
        mend = "Name a consult page of the form."
        source.fault("service.yaml", ["one_sitting"], f"{way.matched_by} is no page.", mend)


def _check_messages(pack: ServicePack, source: Source) -> None:
    decided = sorted(
        {one.outcome for one in pack.case.transitions if one.outcome}
        | (set(pack.one_sitting.outcomes) if pack.one_sitting else set())
    )
    wanted = [*MESSAGES, *(f"decided_{outcome}" for outcome in decided)]
    if pack.entitlement and pack.entitlement.order:
        wanted.append(pack.entitlement.order.told)
    if pack.entitlement and pack.entitlement.reminders:
        wanted.append(pack.entitlement.reminders.message)
    for name in wanted:
        if name not in pack.messages and f"messages/{name}.en.md" not in source.files:
            mend = f"Add messages/{name}.en.md and messages/{name}.cy.md."
            source.fault(f"messages/{name}.en.md", [], f"The message {name} is missing.", mend)
    for name in (f"decided_{outcome}" for outcome in decided):
        if name not in pack.letters and f"letters/{name}.en.md" not in source.files:
            mend = f"Add letters/{name}.en.md and letters/{name}.cy.md."
            source.fault(f"letters/{name}.en.md", [], f"The letter {name} is missing.", mend)

    for folder, templates in (("messages", pack.messages), ("letters", pack.letters)):
        for name, template in templates.items():
            if "challenge" in template.placeholders and pack.challenge is None:
                mend = "Add challenge to service.yaml: what somebody can do who disagrees."
                message = "((challenge)) has no words."
                source.fault(f"{folder}/{name}.en.md", [], message, mend)
            if "review" in template.placeholders and "review" not in fillable(name, pack):
                mend = "Use it where a decision is told that case.yaml lets people have reviewed."
                message = "((review)) has no words."
                source.fault(f"{folder}/{name}.en.md", [], message, mend)


def _check_examples(pack: ServicePack, source: Source) -> None:
    """What an example says must be something that somebody could say."""
    for example in pack.examples:
        for need, value in {**example.known, **example.registry}.items():
            attribute = attribute_of(need, pack.vocabulary)
            if attribute is None:
                message = f"“{example.situation}” speaks of {need}, which is not of the vocabulary."
                source.fault(example.file, [], message, "Name an attribute of the vocabulary.")
                continue
            read = read_value(attribute, value, on=example.on, required=False)
            for fault in read if isinstance(read, list) else ():
                message = f"“{example.situation}”, {need}: {fault.message.en}."
                source.fault(example.file, [], message, "Write a value that could be answered.")
