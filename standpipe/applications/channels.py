"""The ways in which people ask: each application says which one it began by. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from standpipe.kernel.text import Text

# web_assisted: an adviser sits beside the applicant; api: a system of an organisation lodged it.
Channel = Literal["web", "web_assisted", "kiosk", "phone", "paper", "counter", "api"]

CHANNELS: Mapping[Channel, Text] = {
    "web": Text("On the web", "Ar y we"),
    "web_assisted": Text(
        "On the web, with an adviser beside", "Ar y we, gyda chynghorydd wrth law"
    ),
    "kiosk": Text("At a public computer", "Ar gyfrifiadur cyhoeddus"),
    "phone": Text("By phone", "Dros y ffôn"),
    "paper": Text("On paper", "Ar bapur"),
    "counter": Text("At a counter", "Wrth gownter"),
    "api": Text("Through another system", "Drwy system arall"),
}
