"""Files as people send them, and as others would like us to open them; all made here."""

from __future__ import annotations

import zlib
from io import BytesIO

from PIL import Image, ImageDraw
from pypdf import PdfWriter
from pypdf.annotations import FreeText, Link
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)


def scene(width: int = 800, height: int = 1000, mode: str = "RGB") -> Image.Image:
    """A picture with something on it: a red left side, a blue right one, a dark head on top."""
    image = Image.new("RGB", (width, height), (200, 60, 60))
    draw = ImageDraw.Draw(image)
    draw.rectangle([width // 2, 0, width, height], fill=(60, 60, 200))
    draw.ellipse([width * 0.4, height * 0.1, width * 0.6, height * 0.4], fill=(20, 20, 20))
    return image.convert(mode)


def written(image: Image.Image, kind: str, **options: object) -> bytes:
    """A picture in a format of Pillow's."""
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def jpeg(width: int = 800, height: int = 1000, **options: object) -> bytes:
    return written(scene(width, height), "JPEG", **options)


def turned_jpeg() -> bytes:
    """A photo taken with the phone on its side, as its metadata alone says; with a place."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[1] = "N"
    return written(scene(1000, 800).transpose(Image.Transpose.ROTATE_180), "JPEG", exif=exif)


def png(width: int = 800, height: int = 1000, mode: str = "RGB", **options: object) -> bytes:
    return written(scene(width, height, mode), "PNG", **options)


def webp(width: int = 800, height: int = 1000) -> bytes:
    return written(scene(width, height), "WEBP")


def moving(kind: str) -> bytes:
    frames = [scene(), scene().rotate(180)]
    return written(frames[0], kind, save_all=True, append_images=frames[1:], duration=200)


def pdf(*words: str, writer: PdfWriter | None = None) -> bytes:
    """A PDF with one page for each text, set in Helvetica."""
    writer = writer or PdfWriter()
    for text in words:
        add_page(writer, text)
    return saved(writer)


def add_page(writer: PdfWriter, text: str, *, font: str = "/F1") -> None:
    page = writer.add_blank_page(595, 842)
    page[NameObject("/Resources")] = DictionaryObject(
        {
            NameObject("/Font"): DictionaryObject(
                {
                    NameObject(font): DictionaryObject(
                        {
                            NameObject("/Type"): NameObject("/Font"),
                            NameObject("/Subtype"): NameObject("/Type1"),
                            NameObject("/BaseFont"): NameObject("/Helvetica"),
                        }
                    )
                }
            )
        }
    )
    drawing = DecodedStreamObject()
    drawing.set_data(f"BT {font} 24 Tf 72 700 Td ({text}) Tj ET".encode("latin-1"))
    page[NameObject("/Contents")] = writer._add_object(drawing)


def saved(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def locked_pdf(password: str) -> bytes:
    writer = PdfWriter()
    add_page(writer, "Award letter")
    writer.encrypt(password, owner_password="other", algorithm="AES-256")
    return saved(writer)


def busy_pdf() -> bytes:
    """A PDF with a script, an action, a link, an attachment, metadata and a form."""
    writer = PdfWriter()
    add_page(writer, "Award letter", font="/A")
    page = writer.pages[0]
    script = DictionaryObject(
        {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject("app.alert('SECRET-SCRIPT')"),
        }
    )
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(script)
    writer.add_attachment("SECRET-ATTACHMENT.exe", b"MZ SECRET-PROGRAM")
    writer.add_metadata({"/Author": "SECRET-AUTHOR"})
    page[NameObject("/AA")] = DictionaryObject(
        {
            NameObject("/O"): DictionaryObject(
                {
                    NameObject("/S"): NameObject("/Launch"),
                    NameObject("/F"): TextStringObject("SECRET-LAUNCH.exe"),
                }
            )
        }
    )
    page["/Resources"][NameObject("/Properties")] = DictionaryObject(
        {
            NameObject("/Sly"): DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/Action"),
                    NameObject("/S"): NameObject("/JavaScript"),
                    NameObject("/JS"): TextStringObject("SECRET-NESTED"),
                }
            )
        }
    )
    writer.add_annotation(0, Link(rect=(10, 10, 50, 50), url="https://SECRET-LINK.example/"))
    return saved(writer)


def shown(writer: PdfWriter, words: str, *, turned: bool = False) -> IndirectObject:
    """The picture of an annotation: words in a box of 200 by 20."""
    picture = DecodedStreamObject()
    picture.set_data(f"BT /F1 12 Tf 2 4 Td ({words}) Tj ET".encode())
    picture.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): numbers(0, 0, 200, 20),
            NameObject("/Resources"): writer.pages[0]["/Resources"],
        }
    )
    if turned:
        picture[NameObject("/Matrix")] = numbers(0, 1, -1, 0, 0, 0)
    return writer._add_object(picture)


def numbers(*several: float) -> ArrayObject:
    return ArrayObject([FloatObject(one) for one in several])


def annotation(writer: PdfWriter, look: object, **more: object) -> IndirectObject:
    made = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/Rect"): numbers(150, 696, 350, 716),
            NameObject("/AP"): DictionaryObject({NameObject("/N"): look}),
        }
    )
    made.update({NameObject(f"/{key}"): value for key, value in more.items()})
    return writer._add_object(made)


def filled_form() -> bytes:
    """A PDF whose answers stand in a form: words, a ticked box; and much that is not to be seen."""
    writer = PdfWriter()
    add_page(writer, "Name:")
    states = DictionaryObject(
        {
            NameObject("/Yes"): shown(writer, "TICKED"),
            NameObject("/Off"): shown(writer, "UNTICKED"),
        }
    )
    flat = DictionaryObject({NameObject("/Yes"): shown(writer, "UNSEEN")})
    writer.pages[0][NameObject("/Annots")] = ArrayObject(
        [
            annotation(writer, shown(writer, "Ada Byron"), V=TextStringObject("Ada Byron")),
            annotation(writer, shown(writer, "Turned", turned=True)),
            annotation(writer, states, AS=NameObject("/Yes")),
            annotation(writer, flat, AS=NameObject("/Off")),
            annotation(writer, shown(writer, "UNSEEN"), F=NumberObject(2)),
            annotation(writer, shown(writer, "UNSEEN"), Subtype=NameObject("/Popup")),
            annotation(writer, shown(writer, "UNSEEN"), Rect=numbers(1, 2)),
            annotation(writer, NullObject()),
        ]
    )
    writer.add_annotation(0, FreeText(text="a note", rect=(10, 10, 90, 30)))
    return saved(writer)


def pdf_with_stream(content: bytes, *, filters: list[str], **entries: int) -> bytes:
    """A PDF whose page draws a picture with the given packed content."""
    writer = PdfWriter()
    add_page(writer, "Award letter")
    stream = StreamObject()
    stream._data = content
    stream.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Filter"): ArrayObject([NameObject(one) for one in filters]),
            **{NameObject(f"/{key}"): NumberObject(value) for key, value in entries.items()},
        }
    )
    resources = writer.pages[0]["/Resources"]
    resources[NameObject("/XObject")] = DictionaryObject(
        {NameObject("/Im1"): writer._add_object(stream)}
    )
    return saved(writer)


def zeroes(megabytes: int) -> bytes:
    """So many megabytes of nothing, packed to a thousandth."""
    packer = zlib.compressobj(9)
    piece = bytes(1_000_000)
    return b"".join(packer.compress(piece) for _ in range(megabytes)) + packer.flush()


def pixel_bomb(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that says it is vast."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data).to_bytes(4, "big")
        return len(data).to_bytes(4, "big") + kind + data + check

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 2, 0, 0, 0])
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zeroes(1))
        + chunk(b"IEND", b"")
    )
