"""Make a Document: the one place where a text meets its zones.

Whatever a text comes from, it becomes a document here, so all of them are cut by the same rules.
"""

from __future__ import annotations

from geomap.model import Document, Span
from geomap.read.decode import clean
from geomap.read.zones import zones_of

__all__ = ["document_from_text"]


def document_from_text(
    text: str,
    *,
    id: str,  # noqa: A002 - the word of the schema
    title: str = "",
    date: str = "",
    source: str = "",
    url: str = "",
    lang: str = "",
    given: tuple[Span, ...] | None = None,
    warnings: tuple[str, ...] = (),
) -> Document:
    """Return the document of a text; offsets into `text` stay what they are.

    `given` are toponym spans the caller brings; `warnings` is what reading had to guess.
    """
    fixed = clean(text)
    blank = () if fixed.text.strip() else ("the text is empty",)
    return Document(
        id=clean(id).text,
        text=fixed.text,
        zones=zones_of(fixed.text, title=clean(title).text),
        title=clean(title).text,
        date=clean(date).text,
        source=clean(source).text,
        url=clean(url).text,
        lang=clean(lang).text,
        given=given,
        warnings=(*warnings, *fixed.warnings, *blank),
    )
