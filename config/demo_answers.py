"""What a made-up resident answers, as the fields of a page: for the demo and for benchmarks."""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw

from standpipe.places.residents import Resident
from standpipe.vocabulary.attribute import Attribute


def said(
    attribute: Attribute, resident: Resident, chance: random.Random
) -> dict[str, str | list[str]]:
    """Return what this resident answers to an attribute, files apart, as the fields of a page."""
    born = resident.birth_date
    name = attribute.field_name
    match attribute.type:
        case "name":
            return {"firstName": resident.given, "lastName": resident.family}
        case "date" if attribute.id == "person.birth_date":
            return _date(name, born.day, born.month, born.year)
        case "date":
            return _date(name, 1, 1, 2029)
        case "address":
            return {
                "addressLine1": resident.address.line1,
                "addressTown": resident.address.town,
                "addressPostcode": resident.postcode,
                "uprn": resident.uprn,
            }
        case "national_insurance_number":
            return {name: resident.nino or ""}
        case "email":
            return {name: resident.email}
        case "phone" | "mobile":
            return {name: resident.phone}
        case "boolean" | "declaration":
            return {name: chance.choice(("yes", "no")) if attribute.type == "boolean" else "yes"}
        case "whole_number" | "money":
            return {name: str(chance.randint(attribute.limits.smallest, 8))}
        case "choice":
            return {name: chance.choice(attribute.choices).code}
        case "choices":
            return {name: [chance.choice(attribute.choices).code]}
        case _:
            return {name: "Arthritis in both knees since 2019; I stop every few metres."}


def _date(name: str, day: int, month: int, year: int) -> dict[str, str | list[str]]:
    return {f"{name}-day": str(day), f"{name}-month": str(month), f"{name}-year": str(year)}


def picture(chance: random.Random) -> bytes:
    """Return a picture that is somebody's in no way: a plain ground and a round shape."""
    picture = Image.new("RGB", (720, 960), (225, 228, 232))
    shade = tuple(chance.randrange(60, 200) for _ in range(3))
    ImageDraw.Draw(picture).ellipse((210, 220, 510, 640), fill=shade)
    written = io.BytesIO()
    picture.save(written, "JPEG")
    return written.getvalue()
