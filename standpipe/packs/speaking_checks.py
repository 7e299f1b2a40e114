"""What a pack must have words for, where people apply for somebody else."""

from __future__ import annotations

from standpipe.packs.for_whom import OWN_ROLES
from standpipe.packs.pack import ServicePack
from standpipe.packs.rule_steps import attribute_of
from standpipe.packs.source import Source
from standpipe.vocabulary.need import Need


def check_speaking(pack: ServicePack, source: Source) -> None:
    """Add a fault for every question that could only be put to the person themselves."""
    if pack.applies_for == ("self",):
        return
    for at, page in enumerate(pack.form.pages):
        for ask in page.ask:
            attribute = attribute_of(ask.need, pack.vocabulary)
            if attribute is None or Need.parse(ask.need).role in OWN_ROLES:
                continue
            words = ask.label or attribute.ask_other
            if words is None or (ask.label is not None and not ask.label.en_other):
                message = f"{page.id} has no words for {ask.need} of somebody else."
                mend = f"Give {attribute.id} a label_other with {{name}}, in both languages."
                source.fault("form.yaml", ["pages", at], message, mend)
