"""Converts notes to plain text and back without changing the text."""

import re

from lxml import html
from markupsafe import Markup, escape

BLOCKS = frozenset({
    "address", "article", "blockquote", "div", "dd", "dl", "dt", "footer", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hr", "li", "ol", "p", "pre", "section", "table",
    "tr", "ul",
})  # fmt: skip


def text_to_html(text):
    """One paragraph that shows the text as it is, line breaks included.

    :param str text: plain text; markup in it is shown, never interpreted
    :return: ``Markup``, empty for an empty text"""
    lines = re.split(r"\r\n|\r|\n", text or "")
    content = Markup("<br>").join(escape(line) for line in lines)
    return Markup("<p>%s</p>") % content if content else Markup()


def html_to_text(source):
    """What a reader of this markup sees, one line for each line or paragraph.

    :param source: markup of an html field, or a falsy value
    :return: str; the opposite of :func:`text_to_html`
    """
    if not source or not str(source).strip():
        return ""
    pieces = []
    for node in html.fragments_fromstring(str(source)):
        if isinstance(node, str):
            _add_text(pieces, node)
        else:
            _add_element(pieces, node)
            _add_text(pieces, node.tail)
    return "".join(pieces).strip()


def _add_text(pieces, text):
    if text:
        pieces.append(re.sub(r"\s*[\r\n]\s*", " ", text))


def _add_element(pieces, element):
    if element.tag == "br":
        pieces.append("\n")
        return
    block = element.tag in BLOCKS
    if block:
        _end_line(pieces)
    if isinstance(element.tag, str):
        _add_text(pieces, element.text)
    for child in element:
        _add_element(pieces, child)
        _add_text(pieces, child.tail)
    if block:
        _end_line(pieces)


def _end_line(pieces):
    """Start a new line, unless at the beginning or on a line that is still empty."""
    while pieces and not pieces[-1].strip(" "):
        pieces.pop()
    if pieces and not pieces[-1].endswith("\n"):
        pieces.append("\n")
