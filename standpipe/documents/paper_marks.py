"""What annotations of a PDF page show (a filled-in field, a stamp, a note), as drawing. Pure."""

from __future__ import annotations

from typing import Any

from pypdf import PageObject
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

_HIDDEN = 0b100010  # flags Hidden and NoView (ISO 32000-1, table 165)

Box = tuple[float, float, float, float]


def drawn_annotations(page: PageObject, *, prefix: str) -> bytes:
    """
    Return the operators that draw what a page's annotations show; empty if there are none.

    Their pictures are added to the page's resources under names that begin with `prefix`.
    """
    drawn: list[str] = []
    for annotation in _annotations(page):
        picture = _picture(annotation)
        place = _box(annotation.get("/Rect"))
        if picture is None or place is None:
            continue
        matrix = _fit(picture.get_object(), place)
        if matrix is None:
            continue
        name = f"{prefix}{len(drawn)}"
        _pictures_of(page)[NameObject(name)] = picture
        numbers = " ".join(f"{number:.5f}" for number in matrix)
        drawn.append(f"q {numbers} cm {name} Do Q\n")
    return "".join(drawn).encode()


def _annotations(page: PageObject) -> list[DictionaryObject]:
    found = page.get("/Annots")
    listed = found.get_object() if found is not None else None
    if not isinstance(listed, ArrayObject):
        return []
    return [one for each in listed if isinstance(one := each.get_object(), DictionaryObject)]


def _picture(annotation: DictionaryObject) -> Any:
    """Return the normal appearance, by reference; None if it is hidden or has none."""
    flags = annotation.get("/F", 0)
    if annotation.get("/Subtype") == "/Popup" or (isinstance(flags, int) and flags & _HIDDEN):
        return None
    appearance = annotation.get("/AP")
    appearance = appearance.get_object() if appearance is not None else None
    if not isinstance(appearance, DictionaryObject) or "/N" not in appearance:
        return None
    holder: Any = appearance
    key = "/N"
    if not isinstance(appearance["/N"], StreamObject):
        # One picture for each state, as of a tick box.
        holder, key = appearance["/N"], str(annotation.get("/AS", "/Off"))
        if not isinstance(holder, DictionaryObject) or key not in holder:
            return None
    return holder.raw_get(key) if isinstance(holder[key], StreamObject) else None


def _pictures_of(page: PageObject) -> DictionaryObject:
    # Copied first: pages share resources, and these names are this page's own.
    resources = _copied(page, "/Resources")
    return _copied(resources, "/XObject")


def _copied(holder: DictionaryObject, key: str) -> DictionaryObject:
    old = holder.get(key)
    old = old.get_object() if old is not None else None
    copy = DictionaryObject()
    if isinstance(old, DictionaryObject):
        copy.update({NameObject(name): old.raw_get(name) for name in old})
    holder[NameObject(key)] = copy
    return copy


def _box(value: Any) -> Box | None:
    value = value.get_object() if value is not None else None
    if not isinstance(value, ArrayObject) or len(value) != 4:
        return None
    try:
        x0, y0, x1, y1 = (float(each.get_object()) for each in value)
    except (TypeError, ValueError):
        return None
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _fit(picture: StreamObject, place: Box) -> tuple[float, ...] | None:
    """Return the matrix that puts a picture in its place (ISO 32000-1, 12.5.5, algorithm 8.1)."""
    box = _box(picture.get("/BBox"))
    if box is None:
        return None
    matrix = picture.get("/Matrix")
    try:
        a, b, c, d, e, f = (
            float(n) for n in (matrix.get_object() if matrix else (1, 0, 0, 1, 0, 0))
        )
    except (TypeError, ValueError):
        return None
    corners = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    if width <= 0 or height <= 0:
        return None
    across, up = (place[2] - place[0]) / width, (place[3] - place[1]) / height
    return across, 0, 0, up, place[0] - min(xs) * across, place[1] - min(ys) * up
