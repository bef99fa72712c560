"""What the rules may look at: one sentence with its words, the tagger's spans and the known actors.

Rules judge one match at a time; a `Sight` is everything about that match they may know.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from geomap.model import Kind, Label, NamedPlace, NameKind, ZoneKind
from geomap.recognise.lexicon import lexicon
from geomap.recognise.matcher import Match
from geomap.recognise.tags import TaggedSpan
from geomap.words import Line

__all__ = ["Scene", "Sight"]

# Kinds whose gazetteer entries are as often obscure as famous.
_WIDE_KINDS = frozenset({Kind.COUNTRY, Kind.CONTINENT, Kind.SEA, Kind.STRAIT, Kind.REGION})
# A surname is as often a hamlet's name; hardly one of a town of this size.
TOWN_POPULATION = 15_000
# Names this well known are taken without the tagger's consent.
KNOWN_POPULATION = 200_000


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence.

    `starts` are the words at which a name may start; `actors` are (start, end, actor id) of names
    in the table of known actors.
    """

    words: Line
    starts: tuple[int, ...]
    tagged: tuple[TaggedSpan, ...]
    actors: tuple[tuple[int, int, str], ...]
    zone: ZoneKind
    shouted: bool

    def tag_over(self, start: int, end: int) -> TaggedSpan | None:
        """Return the tagger's span that overlaps `[start, end)` most, the first of equals."""
        best: TaggedSpan | None = None
        most = 0
        for span in self.tagged:
            shared = min(end, span.end) - max(start, span.start)
            if shared > most:
                best, most = span, shared
        return best

    def actor_over(self, start: int, end: int) -> tuple[int, int, str] | None:
        """Return the known actor's name that overlaps `[start, end)`, if any."""
        for actor in self.actors:
            if actor[0] < end and start < actor[1]:
                return actor
        return None

    def is_titled(self, i: int) -> bool:
        """Say whether a title stands before word `i`: "President", "Mr."."""
        before = i - 2 if self.word(i - 1) == "." else i - 1
        return self.word(before).lower() in lexicon("titles")

    def word(self, i: int) -> str:
        """Return the text of word `i`, or '' outside the sentence."""
        return self.words.texts[i] if 0 <= i < len(self.words.texts) else ""


@dataclass(frozen=True, slots=True)
class Sight:
    """One match, the best-known place of its name, and what stands around it."""

    scene: Scene
    match: Match
    top: NamedPlace
    tag: TaggedSpan | None
    others: Mapping[str, Label] = field(default_factory=dict)  # surnames of the document, one-word organisations
    seen: frozenset[str] = frozenset()  # keys accepted elsewhere in the document

    @property
    def before(self) -> str:
        """Return the word before the match."""
        return self.scene.word(self.match.start - 1)

    @property
    def after(self) -> str:
        """Return the word after the match."""
        return self.scene.word(self.match.end)

    @property
    def label(self) -> str:
        """Return the tagger's label over the match, or ''."""
        return self.tag.label if self.tag else ""

    @property
    def fills_tag(self) -> bool:
        """Say whether the match is the whole of the tagger's span."""
        return self.tag is not None and self.tag.start >= self.match.start and self.tag.end <= self.match.end

    @property
    def common(self) -> bool:
        """Say whether the name is also an ordinary word or a person's name."""
        return self.top.common_word

    @property
    def known(self) -> bool:
        """Say whether readers know the name as a place: a country, a region, a capital, a large city."""
        place = self.top.place
        if self.top.name_kind is NameKind.DEMONYM or self.common:
            return False
        if place.kind in _WIDE_KINDS:
            # The index has thousands of small regions named "West" or "Gulf"; those of two words are safe.
            return place.kind is Kind.COUNTRY or place.id.startswith("geomap:") or " " in self.match.key
        return place.kind is Kind.ADMIN1 or place.feature == "PPLC" or place.population >= KNOWN_POPULATION

    @property
    def town(self) -> bool:
        """Say whether the name is that of a town of some size, or has several words: hardly a person's."""
        return self.top.place.population >= TOWN_POPULATION or " " in self.match.key

    @property
    def seat(self) -> bool:
        """Say whether the place is a seat of power or a union of states, which acts under its place's name."""
        place = self.top.place
        return place.kind in {Kind.FACILITY, Kind.REGION} and place.geonameid is None

    @property
    def clipped(self) -> bool:
        """Say whether the name is a clipped form that newspapers write with a full stop: "Calif.", "W. Va."."""
        if self.top.name_kind is not NameKind.ABBREVIATION:
            return False
        last = self.scene.word(self.match.end - 1)
        return self.after == "." and not (last.isupper() and len(last) > 1)

    @property
    def leads_tag(self) -> bool:
        """Say whether the tagger's span begins with the match, words such as "northern" aside."""
        if self.tag is None:
            return False
        before = (self.scene.word(i).lower() for i in range(self.tag.start, self.match.start))
        return all(word in lexicon("outer") for word in before)
