"""What people need to show is kept, and nothing else with it."""

from __future__ import annotations

import hashlib
from io import BytesIO

import pytest
from PIL import Image, ImageCms
from pypdf import PdfReader

from standpipe.documents.cleaning import clean
from standpipe.documents.refusals import NotAcceptable
from tests.unit.documents import files

RED, BLUE = (200, 60, 60), (60, 60, 200)


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def is_near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 16 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize(
    "content",
    [
        files.jpeg(),
        files.jpeg(4000, 3000),
        files.jpeg(progressive=True),
        files.png(),
        files.png(mode="P"),
        files.png(mode="RGBA"),
        files.webp(),
        files.written(files.scene(mode="CMYK"), "JPEG"),
        files.jpeg(400, 500),
    ],
    ids=["jpeg", "wide", "progressive", "png", "palette", "alpha", "webp", "cmyk", "smallest"],
)
def test_a_photo_becomes_a_portrait_of_passport_shape(content: bytes):
    photo = clean(content, name="me.png", kind="photo")

    picture = opened(photo.content)
    assert (picture.format, picture.size, picture.mode) == ("JPEG", (700, 900), "RGB")
    assert photo.size == len(photo.content) <= 300 * 1024
    assert (photo.media_type, photo.name) == ("image/jpeg", "me.jpg")
    assert photo.sha256 == hashlib.sha256(photo.content).hexdigest()
    assert is_near(picture.getpixel((10, 880)), RED)
    assert is_near(picture.getpixel((690, 880)), BLUE)


def test_a_noisy_photo_is_still_small_enough():
    noise = Image.effect_noise((1400, 1800), 120).convert("RGB")
    noise.paste((0, 0, 0), (0, 0, 1400, 900))

    photo = clean(files.written(noise, "JPEG", quality=98), name="me.jpg", kind="photo")

    assert photo.size <= 300 * 1024


def test_a_turned_photo_is_set_upright_and_loses_its_metadata():
    photo = clean(files.turned_jpeg(), name="me.jpg", kind="photo")

    picture = opened(photo.content)
    assert is_near(picture.getpixel((350, 890)), RED)
    assert is_near(picture.getpixel((350, 5)), BLUE)
    assert not picture.getexif() and b"Secret" not in photo.content


def test_without_a_crop_the_upper_middle_is_shown():
    tall = Image.new("RGB", (700, 1800), RED)
    tall.paste(BLUE, (0, 0, 700, 180))
    tall.paste(BLUE, (0, 1040, 700, 1800))

    photo = opened(clean(files.written(tall, "PNG"), name="me", kind="photo").content)

    # 900 of 1,800 rows are left over; a fifth of them goes from the top.
    assert is_near(photo.getpixel((350, 20)), RED)
    assert is_near(photo.getpixel((350, 890)), BLUE)


def test_a_crop_is_taken_about_its_middle():
    photo = clean(files.jpeg(2000, 2000), name="me", kind="photo", crop=(0.5, 0.0, 1.0, 0.5))

    picture = opened(photo.content)
    assert picture.size == (700, 900)
    assert is_near(picture.getpixel((690, 890)), BLUE)


@pytest.mark.parametrize("crop", [(0.4, 0.4, 0.5, 0.5), (0.5, 0, 0.2, 1), (-1, 0, 1, 1)])
def test_a_crop_that_shows_too_little_is_refused(crop: tuple[float, float, float, float]):
    with pytest.raises(NotAcceptable) as refused:
        clean(files.jpeg(), name="me", kind="photo", crop=crop)

    assert refused.value.reason == "crop_too_small"


def test_wide_colours_of_phones_are_turned_into_ordinary_ones():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    kept = clean(files.jpeg(icc_profile=plain), name="me", kind="photo")
    unfit = clean(files.jpeg(icc_profile=profile.tobytes()), name="me", kind="photo")

    for photo in (kept, unfit):
        assert "icc_profile" not in opened(photo.content).info


def test_pictures_of_documents_keep_their_format_and_shape():
    kept = clean(files.jpeg(5000, 2500), name="scan.jpeg", kind="evidence")
    drawn = clean(files.png(900, 300, mode="RGBA"), name="shot.PNG", kind="evidence")

    assert (kept.media_type, kept.name) == ("image/jpeg", "scan.jpg")
    assert opened(kept.content).size[0] <= 4000
    assert (drawn.media_type, drawn.name) == ("image/png", "shot.png")
    assert opened(drawn.content).size == (900, 300)


def test_grey_of_sixteen_bits_keeps_its_shades():
    grey = Image.new("I;16", (600, 600), 32768)

    kept = clean(files.written(grey, "PNG"), name="scan", kind="evidence")

    assert is_near(opened(kept.content).getpixel((5, 5)), (128, 128, 128))


def test_a_pdf_keeps_its_pages_and_words():
    kept = clean(files.pdf("First page", "Second page"), name="letter.PDF", kind="evidence")

    pages = PdfReader(BytesIO(kept.content)).pages
    assert [page.extract_text() for page in pages] == ["First page", "Second page"]
    assert (kept.media_type, kept.name) == ("application/pdf", "letter.pdf")


def test_a_pdf_loses_whatever_acts():
    busy = files.busy_pdf()
    assert all(word in busy for word in (b"SCRIPT", b"ATTACHMENT", b"AUTHOR", b"LAUNCH", b"NESTED"))

    kept = clean(busy, name="letter.pdf", kind="evidence").content

    reader = PdfReader(BytesIO(kept))
    assert reader.pages[0].extract_text() == "Award letter"
    assert not reader.attachments and not reader.metadata
    assert set(reader.root_object) == {"/Type", "/Pages"}
    for sign in (b"SECRET", b"/JS", b"/JavaScript", b"/AA", b"/OpenAction", b"/Launch", b"/URI"):
        assert sign not in kept


def test_what_was_filled_in_stays_to_be_seen_and_what_was_hidden_does_not():
    kept = clean(files.filled_form(), name="form.pdf", kind="evidence").content

    page = PdfReader(BytesIO(kept)).pages[0]
    words = page.extract_text()
    assert all(word in words for word in ("Name:", "Ada Byron", "TICKED", "Turned"))
    assert "UNTICKED" not in words and "UNSEEN" not in words
    assert "/Annots" not in page


@pytest.mark.parametrize("filters", [["/DCTDecode"], ["/ASCIIHexDecode", "/DCTDecode"]])
def test_a_scan_within_a_pdf_stays_as_it_is(filters: list[str]):
    scan = files.jpeg(300, 400)
    packed = scan.hex().encode() + b">" if len(filters) == 2 else scan
    content = files.pdf_with_stream(packed, filters=filters, Width=300, Height=400)

    kept = clean(content, name="scan.pdf", kind="evidence").content

    picture = PdfReader(BytesIO(kept)).pages[0]["/Resources"]["/XObject"]["/Im1"]
    assert picture._data == packed


def test_a_pdf_that_opens_without_a_password_is_taken_and_unlocked():
    kept = clean(files.locked_pdf(""), name="statement.pdf", kind="evidence").content

    reader = PdfReader(BytesIO(kept))
    assert not reader.is_encrypted
    assert reader.pages[0].extract_text() == "Award letter"


def test_fifty_pages_are_taken():
    kept = clean(files.pdf(*["x"] * 50), name="long.pdf", kind="evidence")

    assert len(PdfReader(BytesIO(kept.content)).pages) == 50
