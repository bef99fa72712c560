"""Decide what each stretch of an article is: headline, dateline, credit, furniture or body.

A rule looks at what is left of a paragraph and says how far its kind reaches; the first rule that
takes something wins, and what no rule takes is body.  Nothing but white space is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from geomap.model import Span, Zone, ZoneKind
from geomap.read import credits as credit
from geomap.read.datelines import dateline_end
from geomap.read.layout import paragraphs, trimmed
from geomap.read.lists import is_furniture
from geomap.read.names import is_title_case

__all__ = ["RULES", "Page", "zones_of"]

# The longest headline in a broadsheet; what is longer is a paragraph.
HEADLINE_MAX_CHARS = 200
# A title of a few words may as well begin a sentence: "Paris", "Paris is burning".
TITLE_MIN_WORDS = 4
# "The Baton Rouge Evening Ledger"; a longer line under a byline says something.
PAPER_MAX_WORDS = 5
# "Read more:" and the headline of another story.
FURNITURE_MAX_CHARS = 120
# How far into a paragraph a byline may run before the dateline that ends it.
INLINE_BYLINE_MAX_CHARS = 100

_SENTENCE_END = re.compile(r"[.\u3002]['\"\u2019\u201d)\]]*$")
_CAPITALS = re.compile(r"[A-Z]{2}")
_CAPITALS_LAST = re.compile(r"(?<![^\s])[A-Z]{2,}\W*$")
# Blanks and marks between two words of a title.
_MARKS = re.compile(r"\W{1,6}")
# After the title: closing marks, the end of the line, or a dash that begins the news.
_CLOSING = r"[\"'\u201d\u2019)\]]*"
_TITLE_END = re.compile(
    rf"{_CLOSING}\s?[.!?\u2026:|]+{_CLOSING}(?=\s|$)|{_CLOSING}(?=\s*[\n\r]|\s*$|\s+[\u2013\u2014-]\s)"
)


@dataclass(slots=True)
class Page:
    """What the rules know of the text so far; `body` turns true at its first sentence.

    `longest` is the length of the longest paragraph, `title` and `headline` are reduced by `_key`,
    `title_words` stand as they were given; `last` is the kind of the zone before.
    """

    text: str
    title: str
    title_words: list[str]
    longest: int
    headline: str = ""
    body: bool = False
    last: ZoneKind | None = None


def furniture(page: Page, part: Span) -> int:
    """Take what pages print around articles: close, Read more, Advertisement."""
    words = page.text[part.start : part.end]
    return part.end if len(words) <= FURNITURE_MAX_CHARS and is_furniture(words) else part.start


def timestamp(page: Page, part: Span) -> int:
    """Take a paragraph that is only when the text was printed: Updated 10:30 GMT."""
    return part.end if credit.is_time(page.text[part.start : part.end]) else part.start


def repeated_headline(page: Page, part: Span) -> int:
    """Take the headline, or the title, when it stands in the text once more."""
    seen = {page.headline, page.title if page.body else ""} - {""}
    short = part.end - part.start <= HEADLINE_MAX_CHARS
    return part.end if seen and short and _key(page.text[part.start : part.end]) in seen else part.start


def title_in_text(page: Page, part: Span) -> int:
    """Take the title the text came with, where the text begins with it."""
    if page.headline or page.body or not page.title_words:
        return part.start
    end = _end_of_words(page.title_words, page.text, part)
    if end is None:
        return part.start
    mark = _TITLE_END.match(page.text, end, part.end)
    if mark is not None:
        return mark.end()
    whole = page.text[end].isspace() and len(page.title.split()) >= TITLE_MIN_WORDS
    return end if whole else part.start


def byline(page: Page, part: Span) -> int:
    """Take a paragraph that only names the writer or the agency: By Jane Doe."""
    return part.end if credit.is_byline(page.text[part.start : part.end]) else part.start


def paper_under_byline(page: Page, part: Span) -> int:
    """Take the paper or office a writer belongs to, on the line under the byline: Gulf Ledger."""
    words = page.text[part.start : part.end]
    expected = page.last is ZoneKind.CREDIT and bool(page.headline) and not page.body
    return part.end if expected and len(words.split()) <= PAPER_MAX_WORDS and is_title_case(words) else part.start


def byline_before_dateline(page: Page, part: Span) -> int:
    """Take a byline that runs into a dateline: By Jane Doe. BOSTON (Reuters) -."""
    if page.body:
        return part.start
    head = page.text[part.start : min(part.end, part.start + INLINE_BYLINE_MAX_CHARS)]
    gaps = [
        gap
        for gap in re.finditer(r"\s+", head)
        if dateline_end(page.text, after := part.start + gap.end(), part.end, leads=True) > after
        and credit.is_byline(head[: gap.start()])
    ]
    # "in Warsaw BRUSSELS (Reuters) -": the dateline begins where the capitals do, if it has any.
    capitals = (
        gap for gap in gaps if _CAPITALS.match(head, gap.end()) and not _CAPITALS_LAST.search(head, 0, gap.start())
    )
    cut = next(capitals, gaps[0] if gaps else None)
    return part.start + cut.start() if cut else part.start


def closing_credit(page: Page, part: Span) -> int:
    """Take who reported, photographed, owns or can be asked: (Reporting by X; Editing by Y)."""
    words = page.text[part.start : part.end]
    return part.end if any(test(words) for test in CREDITS) else part.start


def dateline(page: Page, part: Span) -> int:
    """Take place, agency and dash where a paragraph begins: BAGHDAD (Reuters) -."""
    # "GAZA: Twelve killed" over a story is its headline; with an agency it would be a dateline.
    leads = not page.body and headline(page, part) == part.start
    return dateline_end(page.text, part.start, part.end, leads=leads)


def headline(page: Page, part: Span) -> int:
    """Take a short first paragraph without a full stop when a longer one follows."""
    words = page.text[part.start : part.end]
    short = len(words) <= HEADLINE_MAX_CHARS and len(words) < page.longest
    return part.end if short and not (page.headline or page.body or _SENTENCE_END.search(words)) else part.start


CREDITS: tuple[Callable[[str], bool], ...] = (
    credit.is_reporting,
    credit.is_contribution,
    credit.is_picture_credit,
    credit.is_copyright,
    credit.is_contact,
)
Rule = Callable[[Page, Span], int]
# The order is part of the decision: a dateline is looked for only in what no earlier rule took.
RULES: tuple[tuple[Rule, ZoneKind], ...] = (
    (furniture, ZoneKind.FURNITURE),
    (timestamp, ZoneKind.FURNITURE),
    (repeated_headline, ZoneKind.REPEATED),
    (title_in_text, ZoneKind.HEADLINE),
    (byline, ZoneKind.CREDIT),
    (paper_under_byline, ZoneKind.CREDIT),
    (byline_before_dateline, ZoneKind.CREDIT),
    (closing_credit, ZoneKind.CREDIT),
    (dateline, ZoneKind.DATELINE),
    (headline, ZoneKind.HEADLINE),
)


def zones_of(text: str, *, title: str = "") -> tuple[Zone, ...]:
    """Return the zones of a text in order; together they cover all of it but white space."""
    parts = list(paragraphs(text))
    longest = max((part.end - part.start for part in parts), default=0)
    page = Page(text, _key(title), re.findall(r"\w+", title), longest)
    return tuple(zone for part in parts for zone in _zones_of_paragraph(page, part))


def _zones_of_paragraph(page: Page, part: Span) -> Iterator[Zone]:
    left: Span | None = part
    while left is not None:
        # What follows a dateline is the news, and a second dateline is part of it.
        end, kind = (left.end, ZoneKind.BODY) if page.last is ZoneKind.DATELINE else _first_taken(page, left)
        span = trimmed(page.text, left.start, end)
        if span is not None:
            yield Zone(*span, kind)
            _remember(page, span, kind)
        left = trimmed(page.text, end, left.end)


def _remember(page: Page, span: Span, kind: ZoneKind) -> None:
    """Note what the rules may ask of the zones before."""
    if kind is ZoneKind.HEADLINE:
        page.headline = _key(page.text[span.start : span.end])
    # After a dateline or a sentence, no headline and no bare dateline can follow; a line under the
    # headline is neither.
    words = page.text[span.start : min(span.end, span.start + HEADLINE_MAX_CHARS + 1)]
    a_line = len(words) <= HEADLINE_MAX_CHARS and not _SENTENCE_END.search(words)
    page.body = page.body or kind is ZoneKind.DATELINE or (kind is ZoneKind.BODY and not a_line)
    page.last = kind


def _first_taken(page: Page, left: Span) -> tuple[int, ZoneKind]:
    taken = ((rule(page, left), kind) for rule, kind in RULES)
    return next(((end, kind) for end, kind in taken if end > left.start), (left.end, ZoneKind.BODY))


def _key(words: str) -> str:
    """Reduce a headline to what makes it the same headline: its words, whatever their case."""
    return " ".join(re.findall(r"\w+", words.casefold()))


def _end_of_words(words: Sequence[str], text: str, part: Span) -> int | None:
    """Return where a stretch ends that begins with these words, whatever their case and the marks between them."""
    end = part.start
    for word in words:
        gap = _MARKS.match(text, end, part.end)
        start = gap.end() if gap else end
        apart = start > end or end == part.start
        end = start + len(word)
        if not apart or end > part.end or text[start:end].casefold() != word.casefold():
            return None
    return end
