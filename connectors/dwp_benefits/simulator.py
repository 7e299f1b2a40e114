"""The department as we assume it (api.yaml): tokens, matching and answers over real HTTP."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from connectors.dwp_benefits.claimants import Claimants, read_people, residents_of
from standpipe.gateway.recordings import Recording, read_recordings
from standpipe.gateway.simulation.command import (
    arguments_parser,
    control_token,
    required_setting,
    run,
)
from standpipe.gateway.simulation.faults import Failing, Fault
from standpipe.gateway.simulation.messages import Reply, Request, Routes
from standpipe.gateway.simulation.server import Simulation
from standpipe.gateway.simulation.tokens import Tokens
from standpipe.kernel.data_files import read_yaml

_FOLDER = Path(__file__).parent
_PLACES = _FOLDER.parent.parent / "places"
_SCHEMAS = read_yaml(_FOLDER / "api.yaml")["components"]["schemas"]
_AWARD_END = "award.end_date"


class Refusal(Exception):
    """A request that the department declines, with the reply that says why."""

    def __init__(self, status: int, code: str, message: str, field: str | None = None) -> None:
        super().__init__(code)
        problem = {"code": code, "message": message} | ({"field": field} if field else {})
        self.reply = Reply.json(status, problem)


class Department:
    """Matches citizens and answers questions about them; remembers what was asked, not of whom."""

    def __init__(
        self,
        claimants: Claimants,
        tokens: Tokens,
        *,
        reserved: Mapping[str, Any],
        clock: Callable[[], datetime],
    ) -> None:
        self._claimants = claimants
        self._tokens = tokens
        self._faults: Mapping[str, Fault] = reserved["faults"]
        self._outcomes: Mapping[str, str] = reserved["outcomes"]
        self._recorded: Mapping[str, str] = reserved["recorded"]
        self._recordings = read_recordings(_FOLDER / "recordings")
        self._clock = clock
        self.asked: list[dict[str, object]] = []

    def match(self, request: Request) -> Reply:
        """Answer POST /v1/citizens/match."""
        try:
            asked = self._read(request, "Match", scope="citizen.match")
        except Refusal as refusal:
            return refusal.reply
        family = asked["family_name"].strip().capitalize()
        if family in self._faults:
            raise Failing(self._faults[family])
        if family in self._recorded:
            return _as_recorded(self._recordings[self._recorded[family]])
        found = self._claimants.find(asked)
        if family in self._outcomes or len(found) != 1:
            several = "multiple" if found else "not_matched"
            return Reply.json(200, {"outcome": self._outcomes.get(family, several)})
        guid = self._claimants.guid_for(found[0], client_id=self._tokens.client_id)
        return Reply.json(200, {"outcome": "matched", "citizen_guid": guid})

    def answer(self, request: Request, *, guid: str) -> Reply:
        """Answer POST /v1/citizens/{guid}/answers: for each question as much as it asks."""
        try:
            asked = self._read(request, "Questions", scope="citizen.answer")
        except Refusal as refusal:
            return refusal.reply
        citizen = self._claimants.of_guid(guid, client_id=self._tokens.client_id)
        if citizen is None:
            return Refusal(404, "citizen_not_found", "No citizen of yours has this guid.").reply
        now = self._clock()
        self.asked.append(
            {**asked, "correlation_id": request.headers["x-correlation-id"], "at": now.isoformat()}
        )
        answers = []
        for question in asked["questions"]:
            if question != _AWARD_END:
                decision, end = citizen.decide(question, on=now.date())
                answer: dict[str, str | None] = {"question": question, "decision": decision}
                if decision == "met" and _AWARD_END in asked["questions"]:
                    answer["award_end"] = end.isoformat() if end else None
                answers.append(answer)
        as_of = now.isoformat(timespec="seconds")
        return Reply.json(200, {"as_of": as_of, "answers": answers})

    def _read(self, request: Request, schema: str, *, scope: str) -> dict[str, Any]:
        refused = self._tokens.refusal(request, scope)
        if refused == "invalid_token":
            raise Refusal(401, refused, "The token is missing, unknown or has ended.")
        if refused is not None:
            raise Refusal(403, refused, f"The token does not hold {scope}.")
        if not request.headers.get("x-correlation-id"):
            message = "Send X-Correlation-Id."
            raise Refusal(400, "missing_header", message, "X-Correlation-Id")
        body = request.json_object()
        if body is None:
            raise Refusal(400, "not_json", "The body is not a JSON object.")
        for error in Draft202012Validator(_SCHEMAS[schema]).iter_errors(body):
            field = ".".join(map(str, error.absolute_path)) or None
            # The message would repeat what was sent, which is personal data.
            raise Refusal(400, "invalid_request", f"Breaks the rule {error.validator}.", field)
        return body


def _as_recorded(recording: Recording) -> Reply:
    last = recording.exchanges[-1]
    if isinstance(last.answered, str):
        return Reply(last.status, last.answered.encode(), "text/html; charset=utf-8")
    return Reply.json(last.status, last.answered)


def _now() -> datetime:
    return datetime.now(tz=UTC)


def simulation(
    claimants: Claimants,
    *,
    client_id: str,
    client_secret: str,
    token_seconds: int = 300,
    clock: Callable[[], datetime] = _now,
    **server: Any,
) -> Simulation:
    """Build the simulator; `server` are the further terms of `Simulation`."""
    tokens = Tokens(
        client_id=client_id,
        client_secret=client_secret,
        seconds=token_seconds,
        scopes=frozenset({"citizen.match", "citizen.answer"}),
    )
    reserved = read_yaml(_FOLDER / "people.yaml")
    department = Department(claimants, tokens, reserved=reserved, clock=clock)
    routes = Routes()
    routes.add("POST", "/oauth2/token", tokens.issue)
    routes.add("POST", "/v1/citizens/match", department.match)
    routes.add("POST", "/v1/citizens/{guid}/answers", department.answer)
    built = Simulation("dwp_benefits", routes, **server)

    def asked(request: Request) -> Reply:
        if not built.may_control(request):
            return Reply.json(403, {"message": "Forbidden"})
        return Reply.json(200, {"asked": department.asked})

    routes.add("GET", "/control/asked", asked)
    return built


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the simulator from the command line."""
    parser = arguments_parser(
        "connectors.dwp_benefits.simulator",
        about="The Department for Work and Pensions, simulated.",
        settings=("STANDPIPE_DWP_CLIENT_ID", "STANDPIPE_DWP_CLIENT_SECRET"),
    )
    parser.add_argument("--place", help="a folder of places/ whose made-up residents it knows")
    parser.add_argument("--seed", type=int, default=1, help="of the residents; 1 unless told")
    parser.add_argument("--residents", type=int, default=20_000, help="how many; 20000 unless told")
    parser.add_argument("--token-seconds", type=int, default=300, help="how long a token holds")
    terms = parser.parse_args(arguments)
    people = list(read_people(_FOLDER / "people.yaml"))
    if terms.place:
        people += residents_of(_PLACES / terms.place, seed=terms.seed, count=terms.residents)
    run(
        simulation(
            Claimants(people),
            client_id=required_setting("STANDPIPE_DWP_CLIENT_ID"),
            client_secret=required_setting("STANDPIPE_DWP_CLIENT_SECRET"),
            token_seconds=terms.token_seconds,
            control_token=control_token(),
            fault=terms.fault,
        ),
        port=terms.port,
    )


if __name__ == "__main__":
    main()
