"""Turning the places of a typeset form into fields, and each field into part of its text. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

_PRINT = 4
_MULTILINE = 1 << 12
_RADIO = 1 << 15
_OFF = NameObject("/Off")
_SLOT = "slot:"


@dataclass(frozen=True, slots=True)
class Field:
    """
    One widget: the whole name of its field, what a screen reader says, and what a tick means.

    A tick `is_alone` where it stands beside others without excluding them.
    """

    name: str
    tooltip: str
    code: str | None
    is_alone: bool
    is_long: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a slot stands: its page from 0, and in points from the top left corner."""

    page: int
    left: float
    top: float
    width: float
    height: float


def make_fillable(
    typeset: BytesIO, fields: Mapping[str, Field], *, spots: Mapping[str, Spot]
) -> bytes:
    """Return a PDF whose figures named `slot:ID` are form fields, in the order of reading."""
    writer = PdfWriter(clone_from=typeset)
    form = _Form(writer)
    for slot, element in _slots(writer):
        form.add(fields[slot], element, spot=spots[slot])
    form.finish()
    writer.root_object[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/DisplayDocTitle"): BooleanObject(True)}
    )
    for page in writer.pages:
        # The tab key follows the order of reading.
        page[NameObject("/Tabs")] = NameObject("/S")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _slots(writer: PdfWriter) -> list[tuple[str, DictionaryObject]]:
    root: Any = writer.root_object["/StructTreeRoot"]
    return [
        (str(element["/Alt"]).removeprefix(_SLOT), element)
        for element in _elements(root)
        if str(element.get("/Alt", "")).startswith(_SLOT)
    ]


def _elements(element: Any) -> Iterator[DictionaryObject]:
    inside = element.get("/K", [])
    inside = inside.get_object() if isinstance(inside, IndirectObject) else inside
    for one in inside if isinstance(inside, ArrayObject) else [inside]:
        found = one.get_object() if isinstance(one, IndirectObject) else one
        if isinstance(found, DictionaryObject) and "/S" in found:
            yield found
            yield from _elements(found)


class _Form:
    """The fields as they are gathered: a tree by the parts of their names."""

    def __init__(self, writer: PdfWriter) -> None:
        self.writer = writer
        self.top = ArrayObject()
        self.nodes: dict[str, IndirectObject] = {}
        tree: Any = writer.root_object["/StructTreeRoot"]
        self.tree = tree
        self.next_key = int(self.tree["/ParentTreeNextKey"])
        self.parents: list[Any] = []

    def add(self, field: Field, element: DictionaryObject, *, spot: Spot) -> None:
        """Make the widget of a slot, and have the slot's place in the text stand for it."""
        on = self.writer.pages[spot.page]
        top = float(on.mediabox.height) - spot.top
        box = (spot.left, top - spot.height, spot.left + spot.width, top)
        widget = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Widget"),
                NameObject("/Rect"): ArrayObject(FloatObject(one) for one in box),
                NameObject("/F"): NumberObject(_PRINT),
                NameObject("/TU"): TextStringObject(field.tooltip),
                NameObject("/P"): on.indirect_reference,
                NameObject("/StructParent"): NumberObject(self.next_key),
            }
        )
        size = (spot.width, spot.height)
        reference = self.writer._add_object(widget)
        if field.code is None:
            self._written(widget, field, size)
        else:
            self._ticked(widget, field, size)
        self._place(widget, reference, field)
        annotations = on.get("/Annots", ArrayObject())
        annotations.append(reference)
        on[NameObject("/Annots")] = annotations
        self._tag(element, reference, on, field)

    def finish(self) -> None:
        """Write what belongs to the whole document."""
        fonts = {
            "/Helv": _font("/Helvetica", "/WinAnsiEncoding"),
            "/ZaDb": _font("/ZapfDingbats", None),
        }
        self.writer.root_object[NameObject("/AcroForm")] = self.writer._add_object(
            DictionaryObject(
                {
                    NameObject("/Fields"): self.top,
                    NameObject("/NeedAppearances"): BooleanObject(True),
                    NameObject("/DA"): TextStringObject("/Helv 11 Tf 0 g"),
                    NameObject("/DR"): DictionaryObject(
                        {
                            NameObject("/Font"): DictionaryObject(
                                {NameObject(name): font for name, font in fonts.items()}
                            )
                        }
                    ),
                }
            )
        )
        parent_tree = self.tree["/ParentTree"].get_object()
        numbers = ArrayObject(self.parents)
        if "/Nums" in parent_tree:
            parent_tree["/Nums"].extend(numbers)
        else:
            limits = ArrayObject([numbers[0], numbers[-2]]) if numbers else ArrayObject()
            leaf = {NameObject("/Nums"): numbers, NameObject("/Limits"): limits}
            parent_tree["/Kids"].append(self.writer._add_object(DictionaryObject(leaf)))
        self.tree[NameObject("/ParentTreeNextKey")] = NumberObject(self.next_key)

    def _written(self, widget: DictionaryObject, field: Field, size: tuple[float, float]) -> None:
        widget[NameObject("/FT")] = NameObject("/Tx")
        widget[NameObject("/Ff")] = NumberObject(_MULTILINE if field.is_long else 0)
        widget[NameObject("/DA")] = TextStringObject("/Helv 11 Tf 0 g")
        drawn = {NameObject("/N"): self._drawing(size, b"/Tx BMC EMC")}
        widget[NameObject("/AP")] = DictionaryObject(drawn)

    def _ticked(self, widget: DictionaryObject, field: Field, size: tuple[float, float]) -> None:
        wide, high = size
        right, upper = f"{wide - 3:.2f}", f"{high - 3:.2f}"
        cross = f"q 1.6 w 3 3 m {right} {upper} l 3 {upper} m {right} 3 l S Q"
        drawn = {
            NameObject(f"/{field.code}"): self._drawing(size, cross.encode()),
            _OFF: self._drawing(size, b""),
        }
        widget[NameObject("/AP")] = DictionaryObject({NameObject("/N"): DictionaryObject(drawn)})
        widget[NameObject("/AS")] = _OFF
        widget[NameObject("/MK")] = DictionaryObject({NameObject("/CA"): TextStringObject("8")})

    def _drawing(self, size: tuple[float, float], commands: bytes) -> IndirectObject:
        drawing = DecodedStreamObject()
        drawing.set_data(commands)
        drawing.update(
            {
                NameObject("/Type"): NameObject("/XObject"),
                NameObject("/Subtype"): NameObject("/Form"),
                NameObject("/BBox"): ArrayObject(
                    FloatObject(one) for one in (0.0, 0.0, size[0], size[1])
                ),
                NameObject("/Resources"): DictionaryObject(),
            }
        )
        return self.writer._add_object(drawing)

    def _place(self, widget: DictionaryObject, reference: IndirectObject, field: Field) -> None:
        """Hang a widget under the field of its name; alone it is that field itself."""
        *path, last = field.name.split(".")
        if field.code is None or field.is_alone:
            widget[NameObject("/T")] = TextStringObject(last)
            if field.code is not None:
                widget[NameObject("/FT")] = NameObject("/Btn")
                widget[NameObject("/V")] = _OFF
            self._hang(widget, reference, path)
            return
        group = self.nodes.get(f"choice {field.name}")
        if group is None:
            node = DictionaryObject(
                {
                    NameObject("/FT"): NameObject("/Btn"),
                    NameObject("/Ff"): NumberObject(_RADIO),
                    NameObject("/T"): TextStringObject(last),
                    NameObject("/TU"): TextStringObject(field.tooltip),
                    NameObject("/V"): _OFF,
                    NameObject("/Kids"): ArrayObject(),
                }
            )
            group = self.writer._add_object(node)
            self.nodes[f"choice {field.name}"] = group
            self._hang(node, group, path)
        widget[NameObject("/Parent")] = group
        _dictionary(group)["/Kids"].append(reference)

    def _hang(self, node: DictionaryObject, reference: IndirectObject, path: list[str]) -> None:
        if not path:
            self.top.append(reference)
            return
        name = ".".join(path)
        parent = self.nodes.get(name)
        if parent is None:
            made = DictionaryObject(
                {
                    NameObject("/T"): TextStringObject(path[-1]),
                    NameObject("/Kids"): ArrayObject(),
                }
            )
            parent = self.nodes[name] = self.writer._add_object(made)
            self._hang(made, parent, path[:-1])
        node[NameObject("/Parent")] = parent
        _dictionary(parent)["/Kids"].append(reference)

    def _tag(
        self, element: DictionaryObject, widget: IndirectObject, page: Any, field: Field
    ) -> None:
        element[NameObject("/S")] = NameObject("/Form")
        element[NameObject("/Alt")] = TextStringObject(field.tooltip)
        element.pop("/A", None)
        element[NameObject("/K")] = ArrayObject(
            [
                DictionaryObject(
                    {
                        NameObject("/Type"): NameObject("/OBJR"),
                        NameObject("/Obj"): widget,
                        NameObject("/Pg"): page.indirect_reference,
                    }
                )
            ]
        )
        self.parents += [NumberObject(self.next_key), element.indirect_reference]
        self.next_key += 1


def _dictionary(reference: IndirectObject) -> Any:
    return reference.get_object()


def _font(name: str, encoding: str | None) -> DictionaryObject:
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject(name),
        }
    )
    if encoding:
        font[NameObject("/Encoding")] = NameObject(encoding)
    return font
