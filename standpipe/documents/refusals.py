"""Why a file is not acceptable, in words that say how to mend it. Pure."""

from __future__ import annotations

from standpipe.kernel.errors import Refused
from standpipe.kernel.text import Text

REASONS: dict[str, Text] = {
    "empty": Text(
        "The selected file is empty. Choose a different file",
        "Mae'r ffeil a ddewiswyd yn wag. Dewiswch ffeil wahanol",
    ),
    "not_evidence": Text(
        "The selected file must be a PDF, JPG or PNG",
        "Rhaid i'r ffeil a ddewiswyd fod yn PDF, JPG neu PNG",
    ),
    "not_photo": Text(
        "The selected file must be a JPG, PNG or WebP",
        "Rhaid i'r ffeil a ddewiswyd fod yn JPG, PNG neu WebP",
    ),
    "heic": Text(
        "The selected file is a HEIC photo. Save it as a JPG, then choose that file",
        "Llun HEIC yw'r ffeil a ddewiswyd. Cadwch ef fel JPG, yna dewiswch y ffeil honno",
    ),
    "unreadable": Text(
        "The selected file is damaged and cannot be opened. Save or scan it again, then choose"
        " the new file",
        "Mae'r ffeil a ddewiswyd wedi'i difrodi ac ni ellir ei hagor. Cadwch neu sganiwch hi eto,"
        " yna dewiswch y ffeil newydd",
    ),
    "too_complex": Text(
        "The selected file is too large to check once it is opened. Take a photo of each page"
        " and choose the photos instead",
        "Mae'r ffeil a ddewiswyd yn rhy fawr i'w gwirio ar ôl ei hagor. Tynnwch lun o bob tudalen"
        " a dewiswch y lluniau yn lle hynny",
    ),
    "ambiguous": Text(
        "The selected file has something else hidden in it. Scan or photograph the document again,"
        " then choose the new file",
        "Mae rhywbeth arall wedi'i guddio yn y ffeil a ddewiswyd. Sganiwch y ddogfen neu tynnwch"
        " lun ohoni eto, yna dewiswch y ffeil newydd",
    ),
    "virus": Text(
        "The selected file contains a virus. Choose a different file",
        "Mae'r ffeil a ddewiswyd yn cynnwys firws. Dewiswch ffeil wahanol",
    ),
    "password": Text(
        "The selected file is password protected. Remove the password, then choose the file again",
        "Mae'r ffeil a ddewiswyd wedi'i diogelu gan gyfrinair. Tynnwch y cyfrinair, yna dewiswch y"
        " ffeil eto",
    ),
    "no_pages": Text(
        "The selected file has no pages. Choose a different file",
        "Nid oes tudalennau yn y ffeil a ddewiswyd. Dewiswch ffeil wahanol",
    ),
    "too_many_pages": Text(
        "The selected file must have 50 pages or fewer. Choose a file with only the pages we need",
        "Rhaid i'r ffeil a ddewiswyd fod â 50 tudalen neu lai. Dewiswch ffeil gyda dim ond y"
        " tudalennau sydd eu hangen arnom",
    ),
    "too_many_pixels": Text(
        "The picture must have 30 million pixels or fewer. Make it smaller, then choose it again",
        "Rhaid i'r llun fod â 30 miliwn picsel neu lai. Gwnewch ef yn llai, yna dewiswch ef eto",
    ),
    "too_small": Text(
        "The photo must be at least 400 pixels wide and 500 pixels tall. Choose a larger photo",
        "Rhaid i'r llun fod o leiaf 400 picsel o led a 500 picsel o uchder. Dewiswch lun mwy",
    ),
    "crop_too_small": Text(
        "The part of the photo that you chose is too small. Choose a larger part",
        "Mae'r rhan o'r llun a ddewisoch yn rhy fach. Dewiswch ran fwy",
    ),
    "moving": Text(
        "The photo must be a single picture that does not move. Choose a different photo",
        "Rhaid i'r llun fod yn un llun sydd ddim yn symud. Dewiswch lun gwahanol",
    ),
    "blank": Text(
        "The photo is blank. Choose a photo that shows your face",
        "Mae'r llun yn wag. Dewiswch lun sy'n dangos eich wyneb",
    ),
}


class NotAcceptable(Refused):
    """A file cannot be taken as it is; `message` tells the person how to mend it."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        self.message = REASONS[reason]
        super().__init__(self.message.en)
