"""The messages of the simulated Notify as pages to read in a demo, and as JSON for tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from standpipe.gateway.simulation.messages import Reply, Request, Routes
from standpipe.gateway.simulation.pages import page, with_links
from standpipe.gateway.simulation.store import Store

_NOTICE = "Simulated GOV.UK Notify: nothing here was really sent"
_CHANNELS = {"email": "E-mail", "sms": "Text message", "letter": "Letter"}
_MOST = 100

Shown = Callable[[Mapping[str, Any]], dict[str, Any]]


def add_pages(routes: Routes, store: Store, shown: Shown) -> None:
    """Add /messages, /messages.json and /messages/{id}; `?to=` picks one recipient's."""

    def listed(request: Request) -> list[dict[str, Any]]:
        kept = [shown(one) for one in store.newest("notification", most=5000)]
        to = request.query.get("to")
        return [one for one in kept if to in (None, _recipient(one))][:_MOST]

    def as_json(request: Request) -> Reply:
        return Reply.json(
            200, {"messages": [{**one, "to": _recipient(one)} for one in listed(request)]}
        )

    def as_page(request: Request) -> Reply:
        rows = "".join(map(_row, listed(request)))
        heads = "".join(f"<th scope=col>{one}</th>" for one in ("When", "How", "To", "Message"))
        table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        main = table if rows else "<p>Nothing has been sent yet.</p>"
        return Reply.page(page("Messages", main, notice=_NOTICE))

    def one_page(_: Request, *, notification_id: str) -> Reply:
        kept = store.get("notification", notification_id)
        back = '<p><a href="/messages">All messages</a></p>'
        if kept is None:
            main = f"<p>There is no such message.</p>{back}"
            return Reply.page(page("Message not found", main, notice=_NOTICE), status=404)
        one = shown(kept)
        facts = (
            ("How", _CHANNELS[one["type"]]),
            ("To", _recipient(one)),
            ("Status", one["status"]),
            ("Sent", one["created_at"][:19].replace("T", " ")),
            ("Reference", one["reference"] or ""),
        )
        rows = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in facts)
        main = f'{back}<dl>{rows}</dl><div class="message">{with_links(one["body"])}</div>'
        return Reply.page(page(_title(one), main, notice=_NOTICE))

    routes.add("GET", "/messages", as_page)
    routes.add("GET", "/messages.json", as_json)
    routes.add("GET", "/messages/{notification_id}", one_page)
    routes.add("GET", "/", lambda _: Reply.redirect("/messages"))


def _row(one: Mapping[str, Any]) -> str:
    link = f'<a href="/messages/{one["id"]}">{escape(_title(one))}</a>'
    when = one["created_at"][:19].replace("T", " ")
    cells = (when, _CHANNELS[one["type"]], escape(_recipient(one)), link)
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _title(one: Mapping[str, Any]) -> str:
    body = one["body"]
    return str(one["subject"] or (body if len(body) <= 60 else f"{body[:60]}…"))


def _recipient(one: Mapping[str, Any]) -> str:
    lines = [one[f"line_{at}"] for at in range(1, 7)]
    return str(
        one["email_address"] or one["phone_number"] or ", ".join(line for line in lines if line)
    )
