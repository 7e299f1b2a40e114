"""A service's form as questions on paper. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from standpipe.applications.paper.conditions import condition_words, truth
from standpipe.applications.paper.naming import (
    FILES,
    NO,
    SINGLE_CHOICE,
    UNKNOWN,
    YES,
    agreement_name,
    names,
)
from standpipe.documents.paper_forms import PaperForm, PaperQuestion, Slot
from standpipe.kernel.text import Text
from standpipe.packs.form import Ask, Page
from standpipe.packs.pack import ServicePack
from standpipe.places.place import Organisation
from standpipe.vocabulary.attribute import Attribute
from standpipe.vocabulary.inputs import inputs_of
from standpipe.vocabulary.need import Need
from standpipe.vocabulary.unknown import UNKNOWN_CODE

# A paper form is for who asks for themselves; for others people ring, or use the web.
BY_THEMSELVES = {"applicant/application.for_whom": "self"}
_ONLY_IF = Text("Answer only if {condition}.", "Atebwch dim ond os yw hyn yn wir: {condition}.")
_IF_NEEDED = Text(
    "You may leave this empty. If we need it, we ask you.",
    "Cewch adael hyn yn wag. Os bydd ei angen arnom, byddwn yn gofyn i chi.",
)
_OPTIONAL = Text("(optional)", "(dewisol)")
_TICK_ALL = Text("Tick all that apply.", "Ticiwch bob un sy’n berthnasol.")
_TICK_ONE = Text("Tick one.", "Ticiwch un.")
_SEND_ALONG = Text("I send a copy with this form", "Rwy’n anfon copi gyda’r ffurflen hon")
_AGREE = Text("Do you agree that we ask them?", "Ydych chi’n cytuno i ni ofyn iddynt?")
_YES, _NO = Text("Yes", "Ydw"), Text("No", "Nac ydw")
_SIGNED = Text("Your name, instead of a signature", "Eich enw, yn lle llofnod")
_OPENING = (
    Text(
        "Fill this in on a screen and send us the file, or print it and write with a pen.",
        "Llenwch hwn ar sgrin ac anfonwch y ffeil atom, neu argraffwch ef ac ysgrifennwch â beiro.",
    ),
    Text(
        "We decide on it and keep what you tell us: {organisation}, {address}, {email}, {phone}.",
        "Ni sy’n penderfynu arno ac yn cadw’r hyn a ddywedwch:"
        " {organisation}, {address}, {email}, {phone}.",
    ),
)
_WHY = Text("What we use it for: {purposes}", "Ar gyfer beth rydym yn ei ddefnyddio: {purposes}")
_CLOSING = Text(
    "Send it to {organisation}, {address}, or to {email}. We tell you when it has come.",
    "Anfonwch ef at {organisation}, {address}, neu at {email}. Byddwn yn dweud wrthych pan ddaw.",
)


def paper_form(pack: ServicePack, organisation: Organisation, *, language: str) -> PaperForm:
    """Return the form of a service as it is asked on paper, in one language."""
    contact = {
        "organisation": organisation.name.in_(language),
        "address": ", ".join(organisation.contact.address),
        "email": organisation.contact.email,
        "phone": organisation.contact.phone,
    }
    purposes = " ".join(one.in_(language) for one in pack.privacy.purposes)
    return PaperForm(
        title=pack.label.in_(language),
        language=language,
        organisation=contact["organisation"],
        colour=organisation.look.brand,
        keywords=f"{pack.name}@{pack.version}",
        opening=[
            *(one.in_(language).format(**contact) for one in _OPENING),
            _WHY.in_(language).format(purposes=purposes),
            pack.privacy.retention.in_(language),
        ],
        questions=list(_questions(pack, language)),
        closing=[_CLOSING.in_(language).format(**contact)],
    )


def _questions(pack: ServicePack, language: str) -> Iterator[PaperQuestion]:
    numbers: dict[str, str] = {}
    for place, page in enumerate(_asked(pack), start=1):
        if page.kind == "consult":
            yield _agreement(page, pack, str(place), language)
        for at, ask in enumerate(page.ask, start=1):
            number = str(place) if len(page.ask) == 1 else f"{place}.{at}"
            numbers[ask.need] = number
            yield _question(pack, page, ask, number, numbers, language)
    last = 1 + sum(1 for _ in _asked(pack))
    for need in pack.form.declaration:
        attribute = _attribute(pack, need)
        tick = Slot(need, attribute.ask.in_(language), code=YES, is_alone=True)
        yield PaperQuestion(str(last), attribute.label.in_(language), "", (), (tick,))
        last += 1
    signed = Slot("signed.name", "", lines=1)
    yield PaperQuestion(str(last), _SIGNED.in_(language), "", (), (signed,))


def _asked(pack: ServicePack) -> Iterator[Page]:
    """
    Yield the pages that ask something.

    What only informs, paper cannot time; and what is asked of each of several, staff ask for when
    the form has come: nobody can say how many there will be.
    """
    return (page for page in pack.form.pages if is_on_paper(page))


def is_on_paper(page: Page) -> bool:
    """Say whether a page of the form stands on paper, for who asks for themselves."""
    if page.kind == "information" or page.repeat is not None:
        return False
    if page.when and any(page.when.wants_empty(ask.need) for ask in page.ask):
        # It asks again for what stands on the sheet already.
        return False
    return page.when is None or truth(page.when, BY_THEMSELVES) is not False


def _attribute(pack: ServicePack, need: str) -> Attribute:
    return pack.vocabulary[Need.parse(need).attribute]


def _question(
    pack: ServicePack,
    page: Page,
    ask: Ask,
    number: str,
    numbers: Mapping[str, str],
    language: str,
) -> PaperQuestion:
    attribute = _attribute(pack, ask.need)
    hint = ask.hint or attribute.hint
    notes = [one.in_(language) for one in (hint, page.why) if one]
    if attribute.type in (*SINGLE_CHOICE, "choices"):
        notes.append((_TICK_ALL if attribute.type == "choices" else _TICK_ONE).in_(language))
    words = (ask.label or attribute.ask).in_(language)
    return PaperQuestion(
        number=number,
        words=words if ask.required else f"{words} {_OPTIONAL.in_(language)}",
        only_if=_when(pack, page, numbers, language),
        notes=tuple(notes),
        slots=tuple(_slots(ask.need, attribute, language)),
    )


def _when(pack: ServicePack, page: Page, numbers: Mapping[str, str], language: str) -> str:
    is_open = page.when is not None and truth(page.when, BY_THEMSELVES) is None
    if not is_open and not page.only_if_matters:
        return ""
    said = page.when and condition_words(page.when, numbers, pack.vocabulary, language=language)
    if said:
        return _ONLY_IF.in_(language).format(condition=said)
    return _IF_NEEDED.in_(language)


def _slots(need: str, attribute: Attribute, language: str) -> Iterator[Slot]:
    if attribute.type in FILES:
        yield Slot(f"{need}.sent", _SEND_ALONG.in_(language), code=YES, is_alone=True)
        return
    if attribute.type in SINGLE_CHOICE:
        for code, label in _choices(attribute, language):
            yield Slot(need, label, code=code)
        return
    if attribute.type == "choices":
        labels = dict(_choices(attribute, language))
        for name, (_, ticked) in names(need, attribute).items():
            yield Slot(name, labels[ticked or ""], code=ticked, is_alone=True)
        return
    parts = {one.part or "text": one for one in inputs_of(attribute)}
    for name, (_, ticked) in names(need, attribute).items():
        part = name.rpartition(".")[2]
        if part == UNKNOWN and ticked:
            yield Slot(
                name, (attribute.unknown or attribute.label).in_(language), ticked, is_alone=True
            )
        elif attribute.type == "long_text":
            yield Slot(name, "", lines=6)
        else:
            width = parts[part].width
            is_single = len(parts) == 1
            label = "" if is_single else parts[part].label.in_(language)
            yield Slot(name, label, width_mm=min(168, 12 + 6 * width) if width else 168)


def _choices(attribute: Attribute, language: str) -> Iterator[tuple[str, str]]:
    if attribute.type == "boolean":
        yield from ((YES, _YES.in_(language)), (NO, _NO.in_(language)))
    for choice in attribute.choices:
        hint = f" ({choice.hint.in_(language)})" if choice.hint else ""
        yield choice.code, choice.label.in_(language) + hint
    if attribute.unknown:
        yield UNKNOWN_CODE, attribute.unknown.in_(language)


def _agreement(page: Page, pack: ServicePack, number: str, language: str) -> PaperQuestion:
    told = ", ".join(_attribute(pack, one).label.in_(language) for one in page.discloses)
    asked = "; ".join(_attribute(pack, one).label.in_(language) for one in page.gives)
    notes = [one.in_(language) for one in (page.why,) if one]
    return PaperQuestion(
        number=number,
        words=page.title.in_(language) if page.title else _AGREE.in_(language),
        only_if="",
        notes=(
            *notes,
            _WE_ASK.in_(language).format(asked=asked),
            _WE_TELL.in_(language).format(told=told),
            _AGREE.in_(language),
        ),
        slots=(
            Slot(agreement_name(page.id), _YES.in_(language), code=YES),
            Slot(agreement_name(page.id), _NO.in_(language), code=NO),
        ),
    )


_WE_ASK = Text("We would ask: {asked}.", "Byddem yn gofyn: {asked}.")
_WE_TELL = Text(
    "To find you we would tell them: {told}.", "I ddod o hyd i chi byddem yn dweud: {told}."
)


def agreement_wording(pack: ServicePack, page: str, *, language: str) -> str:
    """Return the words that somebody read who agreed to a check on paper."""
    asked = _agreement(pack.form.page(page), pack, "", language)
    return "\n".join([asked.words, *asked.notes])
