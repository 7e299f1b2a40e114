"""Pictures, decoded and written anew, so that nothing but what they show is left. Pure."""

from __future__ import annotations

from importlib import import_module
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from standpipe.documents.recognition import MediaType
from standpipe.documents.refusals import NotAcceptable

MOST_PIXELS = 30_000_000
LONGEST_SIDE = 4000
SMALLEST_PHOTO = (400, 500)
SMALLEST_CROP = (350, 450)
# The shape of a passport photo, 35 mm by 45 mm, at about 500 dots an inch.
PHOTO_SIZE = (700, 900)
MOST_PHOTO_BYTES = 300 * 1024

Crop = tuple[float, float, float, float]

# Loaded here and not at the first picture: where each is opened by a process of its own, every one
# is the first, and Pillow would look for WebP among all the formats of the world.
for _reader in ("Jpeg", "Mpo", "Tiff", "Png", "WebP"):
    import_module(f"PIL.{_reader}ImagePlugin")
Image.preinit()

# We count pixels ourselves, with a message of our own.
Image.MAX_IMAGE_PIXELS = None


def photo(content: bytes, *, crop: Crop | None) -> bytes:
    """
    Return a portrait as a JPEG of 700 by 900 pixels and at most 300 KB.

    `crop` is left, top, right and bottom of the part to show, as parts (0 to 1) of the upright
    picture; it is narrowed about its middle to the shape of a passport photo. Without it the
    upper middle is shown, where faces are.

    :raises NotAcceptable: too_small, crop_too_small, moving, blank, too_many_pixels
    """
    picture = _open(content)
    if getattr(picture, "is_animated", False) and picture.format != "MPO":
        # MPO: a JPEG of a phone with a depth map behind it.
        raise NotAcceptable("moving")
    upright = _upright(picture)
    if upright.width < SMALLEST_PHOTO[0] or upright.height < SMALLEST_PHOTO[1]:
        raise NotAcceptable("too_small")
    box = _portrait_box(upright.size, crop)
    if crop and (box[2] - box[0] < SMALLEST_CROP[0] or box[3] - box[1] < SMALLEST_CROP[1]):
        raise NotAcceptable("crop_too_small")
    portrait = upright.resize(PHOTO_SIZE, Image.Resampling.LANCZOS, box=box)
    if all(high - low < 8 for low, high in _extremes(portrait)):
        raise NotAcceptable("blank")
    for quality in (90, 80, 65, 50):
        written = _jpeg(portrait, quality=quality)
        if len(written) <= MOST_PHOTO_BYTES:
            return written
    raise NotAcceptable("unreadable")


def picture(content: bytes, *, media_type: MediaType) -> bytes:
    """
    Return a picture of a document, upright, in its own format, its longer side at most 4000.

    :raises NotAcceptable: too_many_pixels
    """
    upright = _upright(_open(content))
    if media_type == "image/jpeg":
        return _jpeg(upright, quality=88)
    out = BytesIO()
    upright.save(out, "PNG")
    return out.getvalue()


def _open(content: bytes) -> Image.Image:
    picture = Image.open(BytesIO(content), formats=("JPEG", "PNG", "WEBP"))
    # A JPEG can be decoded at a half or a quarter of its size: no large phone is turned away.
    picture.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
    if picture.width * picture.height > MOST_PIXELS:
        raise NotAcceptable("too_many_pixels")
    return picture


def _upright(picture: Image.Image) -> Image.Image:
    # Small first, then turned and coloured: each step keeps a copy in memory.
    orientation = picture.getexif().get(0x0112)
    profile = picture.info.get("icc_profile")
    picture.load()
    if picture.mode in ("P", "1") or "transparency" in picture.info:
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    if picture.mode.startswith("I"):
        # Sixteen bits of grey: Pillow would cut off what does not fit into eight.
        picture = picture.convert("I").point(lambda grey: grey / 256).convert("L")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if orientation:
        turned = Image.Exif()
        turned[0x0112] = orientation
        picture.info["exif"] = turned.tobytes()
        picture = ImageOps.exif_transpose(picture)
    return _in_plain_colours(picture, profile)


def _in_plain_colours(picture: Image.Image, profile: bytes | None) -> Image.Image:
    if picture.mode in ("RGBA", "LA", "PA"):
        layer = picture.convert("RGBA")
        picture = Image.new("RGB", layer.size, "white")
        picture.paste(layer, mask=layer.getchannel("A"))
    if profile and picture.mode in ("RGB", "CMYK"):
        # Phones use wider colours than sRGB; without their profile faces look pale.
        try:
            theirs = ImageCms.ImageCmsProfile(BytesIO(profile))
            ours = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, theirs, ours, outputMode="RGB")
            picture = converted or picture
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    plain = picture.convert("RGB")
    # What Pillow keeps in `info` (profiles, comments, text) it would write out again.
    plain.info = {}
    return plain


def _portrait_box(size: tuple[int, int], crop: Crop | None) -> tuple[int, int, int, int]:
    left, top, right, bottom = crop or (0.0, 0.0, 1.0, 1.0)
    if not (0 <= left < right <= 1 and 0 <= top < bottom <= 1):
        raise NotAcceptable("crop_too_small")
    x, y = left * size[0], top * size[1]
    width, height = (right - left) * size[0], (bottom - top) * size[1]
    shape = PHOTO_SIZE[0] / PHOTO_SIZE[1]
    if width / height > shape:
        x += (width - height * shape) / 2
        width = height * shape
    else:
        # Faces are nearer to the top of a tall picture than to its middle.
        y += (height - width / shape) * (0.5 if crop else 0.2)
        height = width / shape
    return round(x), round(y), min(round(x + width), size[0]), min(round(y + height), size[1])


def _extremes(picture: Image.Image) -> tuple[tuple[float, float], ...]:
    small = picture.resize((35, 45), Image.Resampling.BOX)
    return tuple(band.getextrema() for band in small.split())  # type: ignore[misc]


def _jpeg(picture: Image.Image, *, quality: int) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()
