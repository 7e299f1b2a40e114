"""A place's folder, read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from standpipe.kernel.data_files import line_of, read_yaml, schema_faults
from standpipe.kernel.errors import Fault, FaultyFiles
from standpipe.kernel.text import Text
from standpipe.places.contrast import READABLE, contrast_on_white
from standpipe.places.place import (
    Award,
    Contact,
    District,
    Look,
    Organisation,
    Persona,
    Place,
    ResidentTerms,
    Sector,
    SharedPostcode,
)

PLACE_FILES = ("place.yaml", "organisations.yaml", "areas.yaml", "residents.yaml")
_SCHEMAS = Path(__file__).parent / "schemas"


def load_place(folder: Path) -> Place:
    """
    Read the place that a folder describes.

    :raises FaultyFiles: naming file, line and mend of everything wrong in it
    """
    faults: list[Fault] = []
    read = {name: _checked(folder / f"{name}.yaml", faults) for name in _files(folder)}
    if not faults:
        faults += _meaning_faults(folder, read)
    if faults:
        raise FaultyFiles(faults)
    place, areas = read["place"], read["areas"]
    return Place(
        slug=folder.name,
        folder=folder,
        name=Text.read(place["name"]),
        synthetic=place["synthetic"],
        nation=str(place["nation"]),
        languages=tuple(place["languages"]),
        also_accept={kind: tuple(some) for kind, some in place.get("also_accept", {}).items()},
        organisations=tuple(map(_organisation, read["organisations"]["organisations"])),
        districts=tuple(
            District(one["slug"], Text.read(one["name"]), one["code"], one["organisation"])
            for one in areas["districts"]
        ),
        sectors=tuple(
            Sector(one["sector"], one["town"], one["district"]) for one in areas["sectors"]
        ),
        shared=tuple(
            SharedPostcode(one["postcode"], one["town"], tuple(one["districts"]))
            for one in areas["shared"]
        ),
        residents=_resident_terms(read["residents"]) if "residents" in read else None,
    )


def _files(folder: Path) -> list[str]:
    needed = ["place", "organisations", "areas"]
    return [*needed, "residents"] if (folder / "residents.yaml").exists() else needed


def _checked(path: Path, faults: list[Fault]) -> Any:
    try:
        data = read_yaml(path)
    except FaultyFiles as unreadable:
        faults += unreadable.faults
        return {}
    faults += schema_faults(data, schema=_SCHEMAS / f"{path.stem}.json", path=path)
    return data


def _meaning_faults(folder: Path, read: Mapping[str, Any]) -> list[Fault]:
    """What a schema cannot say: unreadable colours, names of nobody, real people in a demo."""
    faults = []
    organisations = read["organisations"]["organisations"]
    slugs = {one["slug"] for one in organisations}
    path = folder / "organisations.yaml"
    for at, one in enumerate(organisations):
        line = str(line_of(read["organisations"], ["organisations", at]))
        for colour in (one["look"]["brand"], one["look"]["accent"]):
            ratio = contrast_on_white(colour)
            if ratio < READABLE:
                message = f"{colour} has a contrast of {ratio:.1f} on white; {READABLE} is needed."
                faults.append(Fault(path, line, message, "Choose a darker colour."))
        if one.get("parent") not in slugs | {None}:
            message = f"{one['parent']} is no organisation of this place."
            faults.append(Fault(path, line, message, "Name one of the slugs above."))
    path, areas = folder / "areas.yaml", read["areas"]
    districts = {one["slug"] for one in areas["districts"]}
    named = [("districts", at, one["organisation"]) for at, one in enumerate(areas["districts"])]
    named += [("sectors", at, one["district"]) for at, one in enumerate(areas["sectors"])]
    named += [
        ("shared", at, name) for at, one in enumerate(areas["shared"]) for name in one["districts"]
    ]
    for group, at, name in named:
        known = slugs if group == "districts" else districts
        if name not in known:
            mend = f"Name one of: {', '.join(sorted(known))}."
            line = str(line_of(areas, [group, at]))
            faults.append(Fault(path, line, f"{name} is not known.", mend))
    place = read["place"]
    if not place["synthetic"] and ("also_accept" in place or "residents" in read):
        message = "Only a synthetic place makes up people or accepts their numbers."
        mend = "Remove also_accept and residents.yaml, or say synthetic: true."
        faults.append(Fault(folder / "place.yaml", "1", message, mend))
    return faults


def _organisation(one: Mapping[str, Any]) -> Organisation:
    contact = one["contact"]
    return Organisation(
        slug=one["slug"],
        name=Text.read(one["name"]),
        short_name=Text.read(one["short_name"]),
        kind=one["kind"],
        code=one["code"],
        parent=one.get("parent"),
        look=Look(**one["look"]),
        contact=Contact(
            email=contact["email"],
            phone=contact["phone"],
            address=tuple(contact["address"]),
            hours=Text.read(contact["hours"]),
            website=contact["website"],
        ),
    )


def _resident_terms(read: Mapping[str, Any]) -> ResidentTerms:
    return ResidentTerms(
        as_of=date.fromisoformat(read["as_of"]),
        email_domain=read["email_domain"],
        county=read["county"],
        pyramid=tuple(read["pyramid"]),
        given_names={sex: tuple(names) for sex, names in read["given_names"].items()},
        family_names=tuple(read["family_names"]),
        streets=tuple(read["streets"]),
        street_kinds=tuple(read["street_kinds"]),
        personas=tuple(
            Persona(
                key=one["key"],
                given=one["given"],
                family=one["family"],
                sex=one["sex"],
                born=date.fromisoformat(one["born"]),
                nino=one.get("number"),
                awards=tuple(map(_award, one["awards"])),
            )
            for one in read["personas"]
        ),
    )


def _award(read: Mapping[str, Any]) -> Award:
    return Award(
        benefit=read["benefit"],
        start=date.fromisoformat(read["start"]),
        end=date.fromisoformat(read["end"]) if "end" in read else None,
        moving_around=read.get("moving_around"),
        planning=read.get("planning"),
        mobility_rate=read.get("mobility_rate"),
    )
