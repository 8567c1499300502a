"""What of a text that users typed can be given to the program that makes PDFs."""

import re

from lxml import etree, html

#: attributes that make the program fetch something
FETCHING = ("src", "srcset", "background", "poster", "data", "href", "xlink:href")
#: elements whose links are shown and not fetched
LINKS = ("a", "area")
#: elements that fetch, run or style something
DROPPED = (
    *("script", "style", "link", "meta", "base", "form"),
    *("iframe", "object", "embed", "audio", "video", "svg"),
)

_OWN_IMAGE = re.compile(
    r"/web/image/[^/\\].*|data:image/(?!svg)[a-z.+-]+;base64,.*", re.DOTALL
)


def is_own_image(address: str) -> bool:
    """:return: whether an address is that of an image of the database, or the image
    itself
    """
    return bool(_OWN_IMAGE.fullmatch(address.strip())) and ".." not in address


def printable(text: str) -> str:
    """Drop everything that the server would fetch, except images of the database.

    :param text: HTML that users typed
    :return: HTML with the same text
    """
    if not text.strip():
        return ""
    root = html.fragment_fromstring(text, create_parent="div")
    for element in list(root.iter(etree.Element)):
        if element.tag in DROPPED:
            element.drop_tree()
        else:
            _clean(element)
    cleaned: str = html.tostring(root, encoding="unicode")
    return cleaned


def _clean(element: html.HtmlElement) -> None:
    """Drop the attributes of one element that make the program fetch something."""
    for name, value in element.attrib.items():
        fetches = name in FETCHING and element.tag not in LINKS
        foreign = fetches and not (name == "src" and is_own_image(value))
        styles = name == "style" and re.search(r"url|import|\\", value, re.IGNORECASE)
        if foreign or styles:
            del element.attrib[name]
