"""An application with its pack, its permission and its facts: what every act begins with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, cast

from structlog.contextvars import bind_contextvars

from standpipe.applications.application import AlreadySent, NoSuchApplication
from standpipe.applications.models import Application, Consultation
from standpipe.applications.standing import Standing, stand
from standpipe.consent.actions import permit_help, permit_on_behalf, permit_own, permit_task
from standpipe.consent.mandate import ForWhom
from standpipe.consent.permission import Permission
from standpipe.facts.fact import Fact
from standpipe.facts.queries import of_application
from standpipe.identity.actor import Actor
from standpipe.packs.actions import recall
from standpipe.packs.fees import Charge
from standpipe.packs.pack import ServicePack
from standpipe.rows.queries import find


@dataclass
class Loaded:
    """One application inside a transaction; what is not asked for is not read."""

    row: Application
    pack: ServicePack
    permission: Permission

    @property
    def what(self) -> str:
        """Its name in the audit log, on documents and on messages."""
        return f"application:{self.row.reference}"

    @property
    def form(self) -> str:
        """The form and version that answers are kept with."""
        return f"{self.pack.name}@{self.pack.version}"

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """Its current facts by need."""
        return of_application(self.permission, self.row.id)

    @cached_property
    def answers(self) -> Mapping[str, Any]:
        """The values of its facts by need."""
        return {need: fact.value for need, fact in self.facts.items()}

    @cached_property
    def consultations(self) -> Mapping[str, Consultation]:
        """What became of asking registries, by page."""
        return {one.page: one for one in find(Consultation, application_id=self.row.id)}

    @cached_property
    def standing(self) -> Standing:
        """What is asked, what is left to ask, and which outcomes are possible."""
        return stand(
            self.pack,
            self.facts,
            consulted={page: one.status for page, one in self.consultations.items()},
            began_on=self.row.begun_at.date(),
            for_whom=self.for_whom,
        )

    @property
    def charge(self) -> Charge:
        """What it costs by the fees of the day on which it began."""
        return self.standing.charge(self.pack, on=self.row.begun_at.date())

    @property
    def for_whom(self) -> ForWhom:
        """For whom it was begun."""
        return cast(ForWhom, self.row.for_whom)

    @classmethod
    def entered(cls, row: Application, pack: ServicePack, permission: Permission) -> Loaded:
        """Return a draft that was entered just now: nothing is known of it, or to be looked for."""
        loaded = cls(row, pack, permission)
        loaded.facts, loaded.consultations, loaded.has_history = {}, {}, False
        return loaded

    @cached_property
    def has_history(self) -> bool:
        """Whether there may be answers that were changed since."""
        return True

    def learn(
        self, facts: Mapping[str, Fact], *, consultations: Sequence[Consultation] = ()
    ) -> None:
        """Go on with what was kept just now, without reading all of it again."""
        known = {**self.facts, **facts}
        asked = {**self.consultations, **{one.page: one for one in consultations}}
        self.refresh()
        self.facts, self.consultations = known, asked

    def refresh(self) -> None:
        """Forget what was read, after something was changed."""
        for name in ("facts", "answers", "consultations", "standing"):
            self.__dict__.pop(name, None)


def load(reference: str, *, actor: Actor, at: datetime, lock: bool = False) -> Loaded:
    """
    Load an application inside the caller's transaction; `lock` lets nobody else change it.

    :raises NoSuchApplication: if it is neither the actor's own nor their organisation's
    """
    found = find(Application, reference=reference, lock=lock)
    if not found:
        raise NoSuchApplication("There is no application with this reference.")
    row = found[0]
    # Whatever is logged from here on can be found by the case it was about.
    bind_contextvars(case_id=row.reference)
    pack = recall(row.pack_id, name=row.service)
    return Loaded(row, pack, _permission(row, pack, actor=actor, at=at))


def load_for_work(reference: str, *, actor: Actor, at: datetime) -> Loaded:
    """
    Load an application to work on its case, which its own person may not.

    :raises NoSuchApplication: if it is not the actor's organisation's
    """
    loaded = load(reference, actor=actor, at=at, lock=True)
    if loaded.permission.is_personal:
        raise NoSuchApplication("There is no application with this reference to work on.")
    return loaded


def load_draft(reference: str, *, actor: Actor, at: datetime) -> Loaded:
    """
    Load an application to change it.

    :raises NoSuchApplication: if it is not the actor's
    :raises AlreadySent: if it is no longer a draft
    """
    loaded = load(reference, actor=actor, at=at, lock=True)
    if loaded.row.status != "draft":
        raise AlreadySent("This application was sent and cannot be changed.")
    return loaded


def _permission(row: Application, pack: ServicePack, *, actor: Actor, at: datetime) -> Permission:
    if actor.mandate is not None:
        return permit_on_behalf(
            actor,
            application=row.id,
            what=f"application:{row.reference}",
            purpose=pack.purpose.id,
            at=at,
        )
    if actor.helping is not None:
        return permit_help(
            actor,
            what=f"application:{row.reference}",
            is_open=row.status in ("draft", "paying"),
            purpose=pack.purpose.id,
            at=at,
        )
    if actor.person is not None and actor.person == row.person_id:
        return permit_own(actor, purpose=pack.purpose.id, at=at)
    return permit_task(
        actor,
        organisation=row.organisation_id,
        purpose=pack.purpose.id,
        subject=row.person_id,
        at=at,
    )
