"""One count: what the page, the tables and the terminal all read."""

from __future__ import annotations

from dataclasses import replace

from geomap.atlas import Sentences, build_atlas
from geomap.cli.map import summary
from geomap.model import (
    Annotation,
    Candidate,
    Label,
    Mention,
    NameKind,
    Outcome,
    Resolution,
    Role,
    Span,
)
from tests.articles import FRANCE, IRAQ, PARIS, article


def _resolution(text, name, place, role=Role.LITERAL, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = text.index(name, start + 1)
    mention = Mention(start, start + len(name), name, Label.PLACE, role, "given")
    if place is None:
        return Resolution(mention, Outcome.UNKNOWN, (), 0.0, "unknown")
    return Resolution(mention, Outcome.RESOLVED, (Candidate(place, 1.0, NameKind.NAME),), 0.9, "because")


def _annotation(document, *resolutions):
    return Annotation(document, tuple(r.mention for r in resolutions), resolutions, (), (), ())


TEXT = "Paris woke. The French left Xanadu for Paris."
DOCUMENT = article(TEXT)
ANNOTATION = _annotation(
    DOCUMENT,
    _resolution(TEXT, "Paris", PARIS),
    _resolution(TEXT, "French", FRANCE, Role.DEMONYM),
    _resolution(TEXT, "Xanadu", None),
    _resolution(TEXT, "Paris", PARIS, nth=1),
)


def test_a_mention_counts_once_in_its_role():
    """Literal and metonym are the default count; demonyms are counted apart and named as left out."""
    atlas = build_atlas([ANNOTATION])

    assert [(p.place.name, p.count, p.mentions) for p in atlas.places] == [
        ("Paris", 2, ((Role.LITERAL, 2),)),
        ("France", 0, ((Role.DEMONYM, 1),)),
    ]
    assert atlas.mentions == 2
    assert [(item.count, item.examples) for item in atlas.left_out] == [(1, ("French",))]
    assert atlas.unresolved == (("Xanadu", 1),)


def test_places_of_writing_stand_as_the_text_names_them():
    """What was written at more comes first; of equals, what was named first."""
    filed = replace(_annotation(DOCUMENT), written_at=(PARIS, FRANCE))
    other = replace(_annotation(DOCUMENT), written_at=(FRANCE, PARIS))

    assert [place for place, _ in build_atlas([filed]).written_at] == [PARIS, FRANCE]
    assert [place for place, _ in build_atlas([other]).written_at] == [FRANCE, PARIS]


def test_documents_are_counted_once_each():
    """Two mentions in one article are one document."""
    other = article("Rain in Paris.", id="b")
    atlas = build_atlas([ANNOTATION, _annotation(other, _resolution(other.text, "Paris", PARIS))])

    assert (atlas.places[0].count, atlas.places[0].documents) == (3, 2)


def test_evidence_is_the_sentence_with_the_name_marked():
    """The mark points at the name inside the quote."""
    first, second = build_atlas([ANNOTATION]).places[0].evidence

    assert (first.quote, second.quote) == ("Paris woke.", "The French left Xanadu for Paris.")
    assert [second.quote[a:b] for a, b, _ in second.marks] == ["Paris"]


def test_ties_are_settled_by_id_so_that_bytes_repeat():
    """Places of one count stand in the order of their ids, whatever the order of the documents."""
    text = "Iraq and France."
    one = _annotation(article(text), _resolution(text, "Iraq", IRAQ), _resolution(text, "France", FRANCE))
    two = _annotation(article(text), _resolution(text, "France", FRANCE), _resolution(text, "Iraq", IRAQ))

    assert [p.place for p in build_atlas([one]).places] == [p.place for p in build_atlas([two]).places]


def test_no_documents_make_an_empty_atlas():
    """An empty map is a valid answer."""
    atlas = build_atlas([])

    assert (atlas.places, atlas.mentions, atlas.focus) == ((), 0, ())


def test_the_terminal_prints_the_counts_of_the_atlas():
    """Found, counted, left out and why, unknown: the same numbers as everywhere."""
    lines = summary(build_atlas([ANNOTATION]), problems=1)

    assert lines[0] == "read      1 document, 1 could not be read"
    assert lines[1] == "found     2 mentions of 1 place (2 literal, 0 metonym)"
    assert lines[2] == "about     Paris (100 %)"
    assert lines[3] == "left out  1 as demonym"
    assert lines[4] == "unknown   1 name without a place: Xanadu"


def test_a_sentence_is_found_in_its_zone():
    """Evidence never reaches over the end of a paragraph."""
    assert Sentences(DOCUMENT).around(Span(12, 15)) == Span(12, len(TEXT))
