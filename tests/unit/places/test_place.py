from pathlib import Path

import pytest

from standpipe.kernel.errors import FaultyFiles
from standpipe.places.contrast import READABLE, contrast_on_white
from standpipe.places.reading import load_place

BORROWDALE = Path("places/borrowdale")


def copied(folder: Path) -> Path:
    place = folder / "elsewhere"
    place.mkdir()
    for file in BORROWDALE.glob("*.yaml"):
        (place / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    return place


def changed(folder: Path, name: str, old: str, new: str) -> Path:
    place = copied(folder)
    text = (place / name).read_text(encoding="utf-8")
    assert old in text
    (place / name).write_text(text.replace(old, new), encoding="utf-8")
    return place


def faults_of(place: Path) -> str:
    with pytest.raises(FaultyFiles) as raised:
        load_place(place)
    return str(raised.value)


def test_borrowdale_is_a_county_of_three_districts_with_a_trust_and_a_charity() -> None:
    place = load_place(BORROWDALE)

    kinds = sorted(organisation.kind for organisation in place.organisations)
    assert kinds == ["charity", "county", "district", "district", "district", "nhs_trust"]
    assert place.slug == "borrowdale"
    assert place.organisation("ellerdale_district").name.cy == "Cyngor Dosbarth Ellerdale"
    with pytest.raises(KeyError):
        place.organisation("atlantis")


def test_every_colour_can_be_read_on_white() -> None:
    looks = [organisation.look for organisation in load_place(BORROWDALE).organisations]

    colours = [colour for look in looks for colour in (look.brand, look.accent)]
    assert min(contrast_on_white(colour) for colour in colours) >= READABLE
    assert contrast_on_white("#000000") == pytest.approx(21)


def test_a_postcode_may_lie_in_two_districts_in_one_or_in_none() -> None:
    place = load_place(BORROWDALE)

    assert place.districts_of("bo3 4zz") == ("northmere", "ellerdale")
    assert place.districts_of("BO34AB") == ("northmere",)
    assert place.districts_of("SW1A 1AA") == ()


def test_a_colour_too_pale_is_refused_with_its_file_and_line(tmp_path: Path) -> None:
    place = changed(tmp_path, "organisations.yaml", "#1d5a4c", "#9ad0c2")

    assert "organisations.yaml:3" in faults_of(place)


def test_names_of_nobody_are_refused(tmp_path: Path) -> None:
    place = changed(tmp_path, "areas.yaml", "district: sandholm}", "district: atlantis}")
    assert "atlantis is not known" in faults_of(place)


def test_a_parent_must_be_an_organisation(tmp_path: Path) -> None:
    place = changed(tmp_path, "organisations.yaml", "parent: borrowdale_county", "parent: nobody")
    assert "nobody is no organisation" in faults_of(place)


def test_only_a_synthetic_place_makes_up_people(tmp_path: Path) -> None:
    place = changed(tmp_path, "place.yaml", "synthetic: true", "synthetic: false")
    assert "Only a synthetic place" in faults_of(place)


def test_a_real_place_has_no_generated_residents(tmp_path: Path) -> None:
    place = copied(tmp_path)
    (place / "residents.yaml").unlink()
    assert load_place(place).residents is None


def test_every_broken_file_is_named_at_once(tmp_path: Path) -> None:
    place = copied(tmp_path)
    (place / "areas.yaml").write_text("districts: [", encoding="utf-8")
    (place / "place.yaml").write_text("name: {en: Elsewhere}\n", encoding="utf-8")

    faults = faults_of(place)

    assert "areas.yaml:1" in faults
    assert "'cy' is a required property" in faults
