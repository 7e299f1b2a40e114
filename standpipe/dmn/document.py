"""Reading DMN XML safely: no entities, no document types, bounded in size and depth."""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from standpipe.dmn.faults import Fault, FaultyModel

MAX_BYTES: Final = 4_000_000
_MAX_DEPTH: Final = 100

# From 1.1 to 1.5 the elements used here did not change; files name the version in their namespace.
_NAMESPACES: Final = (
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
)


def read_definitions(xml: bytes, *, file: str) -> Element:
    """
    Return the `definitions` element, with every DMN name freed of its namespace.

    :raises FaultyModel: if it is not DMN, or not safe to read
    """

    def refuse(code: str, **parts: object) -> FaultyModel:
        return FaultyModel([Fault(file, None, None, None, code, parts)])

    if len(xml) > MAX_BYTES:
        raise refuse("file_too_large", limit=MAX_BYTES)
    try:
        root = fromstring(xml, forbid_dtd=True)
    except DefusedXmlException:
        raise refuse("file_declares") from None
    except (ParseError, ValueError, LookupError) as error:
        raise refuse("file_not_xml", why=error) from None
    namespace, _, name = root.tag.removeprefix("{").rpartition("}")
    if name != "definitions" or namespace not in _NAMESPACES:
        raise refuse("file_not_dmn")
    if not _free_names(root, "{" + namespace + "}"):
        raise refuse("file_too_deep")
    return root


def _free_names(root: Element, prefix: str) -> bool:
    """Take the namespace off every DMN tag; False if the tree is too deep to walk safely."""
    level = [root]
    for _ in range(_MAX_DEPTH):
        for element in level:
            if isinstance(element.tag, str):
                element.tag = element.tag.removeprefix(prefix)
        level = [child for element in level for child in element]
        if not level:
            return True
    return False


def in_version_1_3(xml: str) -> str:
    """Return a model of DMN 1.5 as DMN 1.3, which many tools stop at; of tables no more differs."""
    return xml.replace(_NAMESPACES[0], _NAMESPACES[2])


def text_of(element: Element | None, name: str = "text") -> str | None:
    """Return the text of a child, stripped; None if the child or its text is missing."""
    child = None if element is None else element.find(name)
    if child is None:
        return None
    return "".join(child.itertext()).strip()
