"""
An authority's client, made from the department's Swagger file by somebody else's library.

Run by itself, with Bravado (Yelp) on its path and nothing of ours: it checks what it sends and
what it is answered against the file, and prints what it was told at each step.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from bravado.client import SwaggerClient
from bravado.requests_client import RequestsClient


def main(origin: str, client_id: str, secret: str, file: str, order: str) -> None:
    told = walk(client(origin, client_id, secret, file), with_days(json.loads(order)))
    print(json.dumps(told))


def client(origin: str, client_id: str, secret: str, file: str) -> Any:
    """Return a client of the published service, at our address and with our credentials."""
    given = requests.post(
        f"{origin}/oauth/token",
        data={"grant_type": "client_credentials"},
        auth=(client_id, secret),
        timeout=30,
    )
    http = RequestsClient()
    http.session.headers["Authorization"] = f"Bearer {given.json()['access_token']}"
    http.session.headers["Accept"] = "application/vnd.bluebadge-api.v1+json, application/json"
    published = json.loads(Path(file).read_text(encoding="utf-8"))
    published |= {"host": urlsplit(origin).netloc, "schemes": ["http"]}
    config = {"validate_swagger_spec": False, "use_models": False, "formats": []}
    return SwaggerClient.from_spec(published, http_client=http, config=config)


def with_days(order: dict[str, Any]) -> dict[str, Any]:
    """Return an order with its days as the library wants them."""
    for name in ("startDate", "expiryDate", "applicationDate"):
        order[name] = date.fromisoformat(order[name])
    person = order["party"]["person"]
    person["dob"] = date.fromisoformat(person["dob"])
    return order


def walk(service: Any, order: dict[str, Any]) -> dict[str, Any]:
    """Order a badge, have it printed, find it, replace it, and cancel what came instead."""
    calls = {
        name: operation
        for resource in service.swagger_spec.resources
        for name, operation in vars(getattr(service, resource).resource)["operations"].items()
    }

    def call(operation: str, /, **said: Any) -> Any:
        resource = next(
            one
            for one in service.swagger_spec.resources
            if operation in vars(getattr(service, one).resource)["operations"]
        )
        return getattr(getattr(service, resource), operation)(**said).response().result

    [number] = call("orderBlueBadges", badgeOrder=order)["data"]
    call("printBatch", printBadgeRequest={"batchType": "STANDARD"})
    call("collectBatches")
    name = order["party"]["person"]["badgeHolderName"]
    found = call("findBlueBadge", name=name)["data"]
    replaced = call(
        "replaceBlueBadge",
        badgeNumber=number,
        badgeReplace={
            "badgeNumber": number,
            "replaceReasonCode": "LOST",
            "deliverToCode": "HOME",
            "deliveryOptionCode": "STAND",
        },
    )["data"]
    cancel = {"badgeNumber": replaced, "cancelReasonCode": "NOLONG"}
    call("cancelBlueBadge", badgeNumber=replaced, badgeCancel=cancel)
    return {
        "operations": sorted(calls),
        "ordered": number,
        "found": [one["badgeNumber"] for one in found],
        "replaced_by": replaced,
        "statuses": [
            call("retrieveBlueBadge", badgeNumber=one)["data"]["statusCode"]
            for one in (number, replaced)
        ],
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
