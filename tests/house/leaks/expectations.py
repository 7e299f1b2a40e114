"""What `routes.yaml` says, and what follows from it for one asker and one owner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from standpipe.kernel.data_files import read_yaml
from tests.house.leaks.actors import Asker
from tests.house.leaks.place import ASSESSED_BY
from tests.house.leaks.world import Owner

FILE = Path(__file__).with_name("routes.yaml")
API = "api/"
# What somebody may be answered who may ask: done, shown, led on, or told what is wrong.
ANSWERED = frozenset({200, 201, 302, 303, 409, 413, 415, 422})


@dataclass(frozen=True)
class Row:
    """One route as the table has it; `scopes` only for systems, `also` statuses right as well."""

    path: str
    open_to: frozenset[str]
    methods: frozenset[str]
    data: str
    scopes: Mapping[str, str]
    also: frozenset[int] = frozenset()

    @property
    def is_api(self) -> bool:
        return self.path.startswith(API)

    def takes(self, method: str) -> bool:
        """Say whether the route answers a method; with GET comes HEAD, but in the API."""
        return method in self.methods or (
            method == "HEAD" and "GET" in self.methods and not self.is_api
        )

    def names_somebody(self) -> bool:
        """Say whether the address or the body of a request names whose data it is about."""
        return self.data in ("person", "organisation", "assessor")


@dataclass(frozen=True)
class Expected:
    """The statuses that are right; `to` is how the address begins to which one is sent."""

    statuses: frozenset[int]
    to: str | None = None
    is_refusal: bool = True


def rows() -> dict[str, Row]:
    """Return the table by path."""
    found = {}
    for path, said in read_yaml(FILE).items():
        scopes = said["for"] if isinstance(said["for"], Mapping) else {}
        found[path] = Row(
            path=path,
            open_to=frozenset({"client"} if scopes else said["for"]),
            methods=frozenset(said["methods"]),
            data=said["data"],
            scopes=scopes,
            also=frozenset(said.get("also", ())),
        )
    return found


def expected(row: Row, method: str, asker: Asker, owner: Owner | None) -> Expected:
    """Return what a request should be answered; `owner` None where the route names nobody."""
    if not row.takes(method):
        return Expected(frozenset({405}))
    if row.scopes:
        return _of_the_api(row, method, asker, owner)
    if "anyone" in row.open_to:
        # Whatever the page says of a form it cannot read, to whoever sent it.
        return Expected(ANSWERED | {400, 401, 403, 404, 405, 429, 503}, is_refusal=False)
    if "signed_in" in row.open_to:
        if not asker.has_account:
            return Expected(frozenset({302}), to="/accounts/login/")
        # Of second factors nobody here has one, and some pages take one method only.
        return Expected(ANSWERED | {403, 404, 405}, is_refusal=False)
    if "applicant" in row.open_to:
        return _of_a_resident(row, asker, owner)
    if not asker.has_account:
        return Expected(frozenset({302}), to="/accounts/login/")
    is_theirs = _is_theirs(row, asker, owner)
    return _answered() if asker.role in row.open_to and is_theirs else _not_there()


def _is_theirs(row: Row, asker: Asker, owner: Owner | None) -> bool:
    if owner is None:
        return True
    asked = ASSESSED_BY[owner.organisation] if row.data == "assessor" else owner.organisation
    return asked == asker.organisation


def _of_the_api(row: Row, method: str, asker: Asker, owner: Owner | None) -> Expected:
    if not asker.has_token:
        return Expected(frozenset({401}))
    # What answers HEAD answers it as GET.
    if row.scopes.get(method, row.scopes.get("GET")) not in asker.scopes:
        return Expected(frozenset({403}))
    right = _answered() if _is_theirs(row, asker, owner) else _not_there()
    return replace(right, statuses=right.statuses | row.also)


def _of_a_resident(row: Row, asker: Asker, owner: Owner | None) -> Expected:
    if asker.person is None:
        if asker.has_account:
            return _not_there()
        return Expected(frozenset({302}), to="/return")
    return _answered() if owner is None or owner.who == asker.person else _not_there()


def _answered() -> Expected:
    return Expected(ANSWERED | {404}, is_refusal=False)


def _not_there() -> Expected:
    return Expected(frozenset({404}))
