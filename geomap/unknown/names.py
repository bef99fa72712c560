"""Gather the names that look like places and are in no gazetteer, with all that helps to find them.

One pass over the documents; of each name only sums, a few spellings and a few sentences are kept, so
that memory grows with the names and not with the texts.  Nothing here decides where a name lies.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeAlias

from geomap.gazetteer.suggest import Gazetteer, suggest
from geomap.model import DEFAULT_ROLES, Annotation, Document, Label, Mention, Place, Role, Span
from geomap.unknown.cues import Cue, cue_beside, cue_inside
from geomap.unknown.doubts import DOUBTS, Facts
from geomap.unknown.region import Company, Region, Surroundings
from geomap.unknown.snippet import snippet
from geomap.words import name_key, sentences

__all__ = ["MAX_SUGGESTED", "Near", "Snippet", "UnknownName", "unknown_names"]

# A dateline counts too: whoever wrote it stood there.
_COUNTED = frozenset({*DEFAULT_ROLES, Role.DATELINE})
MAX_SNIPPETS = 3
# Spellings of one name beyond this are misprints.
MAX_VARIANTS = 8
MAX_NEAR = 3
# So many of the commonest names are looked for among known spellings, which takes longer than all the rest.
MAX_SUGGESTED = 200
# Suggestions looked at: one in the guessed country may be the sixth.
_NEAR_SOUGHT = 10


# Known places whose names are spelt much like a given one, best first.
Near: TypeAlias = Callable[[str], Iterable[Place]]


class Snippet(NamedTuple):
    """The words around a mention, on one line."""

    document_id: str
    text: str


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A name without a place.  `name` is its commonest spelling, `variants` are the others.

    `near` are known places that may be meant: those of this very name which did not fit, then those
    spelt alike.  `kind` is what most cues say, '' where there are none or they disagree.
    `doubt` says why the name may be no place at all; '' for a likely one.
    """

    name: str
    variants: tuple[str, ...]
    mentions: int
    documents: int
    snippets: tuple[Snippet, ...]
    region: Region | None
    near: tuple[Place, ...]
    kind: str
    doubt: str = ""


@dataclass(slots=True)
class _Tally:
    """What is known of one name so far."""

    mentions: int = 0
    spellings: Counter[str] = field(default_factory=Counter)
    documents: int = 0
    last_document: int = -1
    snippets: list[Snippet] = field(default_factory=list)
    company: Company = field(default_factory=Company)
    cues: Counter[str] = field(default_factory=Counter)
    refused: dict[str, Place] = field(default_factory=dict)
    surnames: int = 0


class _Spot(NamedTuple):
    """A mention without a place, and the places of its name that did not fit."""

    mention: Mention
    refused: tuple[Place, ...]


def unknown_names(
    annotations: Iterable[Annotation], gazetteer: Gazetteer, *, near: Near | None = None
) -> list[UnknownName]:
    """Return the names without a place: likely places first, by falling mentions, then by name.

    `near` says which known places a name is spelt like; without it, the gazetteer is asked for suggestions.
    It is asked for the `MAX_SUGGESTED` commonest likely names.
    """
    alike = near or (lambda name: [found.place for found in suggest(name, gazetteer, limit=_NEAR_SOUGHT)])
    tallies: dict[str, _Tally] = {}
    persons: Counter[str] = Counter()
    for number, annotation in enumerate(annotations):
        people = [m for m in annotation.mentions if m.label is Label.PERSON]
        persons.update(_key(person.text) for person in people)
        surnames = {_key(person.text.split()[-1]) for person in people if " " in person.text}
        company, cut = Surroundings(annotation), _Cut(annotation.document)
        for mention, refused in _spots(annotation, cut, gazetteer):
            key = _key(mention.text)
            tally = tallies.setdefault(key, _Tally())
            _add(tally, annotation.document, mention, cut.around(mention), company)
            tally.documents += tally.last_document != number
            tally.last_document = number
            tally.surnames += key in surnames
            for place in refused[: MAX_NEAR - len(tally.refused)]:
                tally.refused.setdefault(place.id, place)
    names = [_name(key, tally, persons[key]) for key, tally in tallies.items()]
    names.sort(key=lambda name: (bool(name.doubt), -name.mentions, name.name))
    return [
        name if name.doubt or rank >= MAX_SUGGESTED else _with_near(name, alike(name.name))
        for rank, name in enumerate(names)
    ]


class _Cut:
    """The sentences of a document, cut when the first is asked for."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._spans: list[Span] = []

    def around(self, mention: Mention) -> Span:
        """Return the sentence that holds the start of a mention, or the mention itself outside all of them."""
        if not self._spans:
            text = self._document.text
            self._spans = [span for zone in self._document.zones for span in sentences(text, zone.start, zone.end)]
        i = bisect_right(self._spans, mention.start, key=lambda span: span.start) - 1
        if i < 0 or mention.start >= self._spans[i].end:
            return Span(mention.start, mention.end)
        return Span(self._spans[i].start, max(self._spans[i].end, mention.end))


def _spots(annotation: Annotation, cut: _Cut, gazetteer: Gazetteer) -> Iterator[_Spot]:
    """Yield the mentions without a place, and names taken for people that the text calls a place."""
    for resolution in annotation.resolutions:
        if resolution.place is None and resolution.mention.role in _COUNTED and _key(resolution.mention.text):
            yield _Spot(resolution.mention, tuple(candidate.place for candidate in resolution.candidates))
    for mention in annotation.mentions:
        if mention.label is Label.PLACE or mention.actor_id or mention.role not in _COUNTED:
            continue
        cue = _cue(annotation.document, mention, cut.around(mention))
        if cue and not gazetteer.lookup(name_key(mention.text)):
            yield _Spot(mention, ())


def _cue(document: Document, mention: Mention, sentence: Span) -> Cue | None:
    return cue_beside(document.text, sentence, Span(mention.start, mention.end))


def _add(tally: _Tally, document: Document, mention: Mention, sentence: Span, company: Surroundings) -> None:
    """Add one mention to what is known of its name."""
    tally.mentions += 1
    if mention.text in tally.spellings or len(tally.spellings) < MAX_VARIANTS:
        tally.spellings[mention.text] += 1
    if len(tally.snippets) < MAX_SNIPPETS:
        shown = Snippet(document.id, snippet(document.text, sentence, Span(mention.start, mention.end)))
        if shown not in tally.snippets:
            tally.snippets.append(shown)
    if beside := _cue(document, mention, sentence):
        tally.cues[beside.kind] += 1
    tally.company.add(company.whole, company.of(sentence))


def _name(key: str, tally: _Tally, as_person: int) -> UnknownName:
    first, *others = (text for text, _ in sorted(tally.spellings.items(), key=lambda item: (-item[1], item[0])))
    facts = Facts(key, tally.mentions, as_person, tally.surnames, is_called_a_place=bool(tally.cues))
    return UnknownName(
        name=first,
        variants=tuple(others),
        mentions=tally.mentions,
        documents=tally.documents,
        snippets=tuple(tally.snippets),
        region=tally.company.region(),
        near=tuple(tally.refused.values()),
        kind=_kind(first, tally.cues),
        doubt=next(filter(None, (doubt(facts) for doubt in DOUBTS)), ""),
    )


def _with_near(name: UnknownName, alike: Iterable[Place]) -> UnknownName:
    """Add the places that a name is spelt like; those where the texts point come first, in the order of likeness."""
    region = name.region
    found = sorted(alike, key=lambda place: region is not None and place.country != region.country)
    known = {place.id: place for place in (*name.near, *found)}
    return replace(name, near=tuple(known.values())[:MAX_NEAR])


def _kind(name: str, cues: Counter[str]) -> str:
    """Return the kind that the words beside a name speak of, or else the name itself; '' when they disagree."""
    if not cues:
        inside = cue_inside(name)
        return inside.kind if inside else ""
    (kind, most), *others = cues.most_common(2)
    return "" if others and others[0][1] == most else kind


def _key(name: str) -> str:
    # A headline's "TYRE" is the same name as "Tyre", though it looks like an acronym.
    return name_key(name).lower()
