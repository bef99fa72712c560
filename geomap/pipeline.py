"""Run the stages in order: a document becomes an annotation, many become an atlas.

    Document -> [Mention] -> [Resolution] -> [Actor], [Link] -> Annotation -> Atlas

`Tools` holds what is opened once and shared by all documents; everything else is a pure function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from geomap.areas import with_areas
from geomap.atlas import build_atlas
from geomap.decisions import Decisions
from geomap.errors import MissingExtra
from geomap.focus import focus, spoken_of, written_at
from geomap.gazetteer.layered import Layered
from geomap.gazetteer.store import Store
from geomap.gazetteer.tables import countries
from geomap.link.actors import ActorTable
from geomap.link.linker import NO_PARSER, LinkResult, link
from geomap.link.parse import Parser, load_parser
from geomap.model import (
    Annotation,
    Atlas,
    Document,
    Kind,
    Label,
    Mention,
    Place,
    Refused,
    Role,
    ZoneKind,
)
from geomap.recognise.best import BestTagger
from geomap.recognise.others import ROLE_OF_ZONE
from geomap.recognise.recogniser import recognise_all
from geomap.recognise.scenes import Tagger
from geomap.recognise.tagger import CrfTagger
from geomap.resolve.grouping import Decided, Group, grouped
from geomap.resolve.habit import Habit, Habits, at_home, publisher, share_out
from geomap.resolve.options import is_demonym
from geomap.resolve.resolver import Scored, decide, likely_places, scored
from geomap.words import name_key

__all__ = ["TAGGERS", "Tools", "annotate", "annotate_all", "default_tagger", "map_documents"]

# The tagger works on this many documents at once: more save little, and all are held in memory.
BATCH_DOCUMENTS = 32
BATCH_CHARS = 200_000
# So many batches are recognised before the first document is resolved: what the articles of one source
# have in common helps to read each of them.
BATCHES_TOGETHER = 8
# An English text of this length names somebody or some place.
TALKATIVE_CHARS = 400
NO_LINKS = LinkResult((), ())


# The recognisers behind one protocol, by the names of the command line.
TAGGERS: Mapping[str, Callable[[], Tagger]] = {"fast": CrfTagger.load, "best": BestTagger.load}


def default_tagger() -> str:
    """Return the name of the tagger that is taken where none is named: the best one that is installed."""
    return "best" if BestTagger.is_installed() else "fast"


@dataclass(frozen=True, slots=True)
class Tools:
    """What the stages need: opened once, read-only.

    Without `links` actors are not linked at all; without a `parser` they are only "mentioned with".
    """

    gazetteer: Layered
    tagger: Tagger
    actors: ActorTable
    links: bool = True
    parser: Parser | None = None
    tagger_name: str = "fast"
    decisions: Decisions = field(default_factory=Decisions)

    @classmethod
    def load(
        cls,
        *,
        gazetteer: Layered | None = None,
        tagger: str | None = None,
        links: bool = True,
        parser: str | None = None,
        decisions: Decisions | None = None,
    ) -> Tools:
        """Open what the wheel carries; `gazetteer` brings other layers than the default one.

        The `tagger` is one of TAGGERS: "best" needs the extra of that name, and is taken where that is
        installed and none is named.
        With `links`, also a dependency parser: `parser` names an installed spaCy model, and then it
        must be there; without a name, a missing parser only means that no links are stated.
        """
        parsed = _parser(parser) if links else None
        layers = gazetteer or Layered([Store.open()])
        name = tagger or default_tagger()
        return cls(layers, TAGGERS[name](), ActorTable.load(), links, parsed, name, decisions or Decisions())

    def country_of(self, code: str) -> Place | None:
        """Return the country that a code of two letters stands for."""
        named = self.gazetteer.lookup(name_key(countries().get(code, "")))
        places = (each.place for each in named)
        return next((place for place in places if place.kind is Kind.COUNTRY and place.country == code), None)

    def settings(self) -> tuple[tuple[str, str], ...]:
        """Return what a reader needs to get the same result again."""
        return (
            ("gazetteer", self.gazetteer.describe()),
            ("tagger", self.tagger_name),
            ("links", self._links()),
            *self.decisions.settings(),
        )

    def _links(self) -> str:
        if not self.links:
            return "none"
        return f"stated, by {self.parser.name}" if self.parser else "mentioned together"


def _parser(name: str | None) -> Parser | None:
    try:
        return load_parser(name)
    except MissingExtra:
        if name is not None:
            raise
        return None


def annotate(document: Document, tools: Tools) -> Annotation:
    """Return everything geomap finds in one document, read alone."""
    (annotation,) = annotate_all([document], tools)
    return annotation


def annotate_all(documents: Iterable[Document], tools: Tools) -> Iterator[Annotation]:
    """Annotate documents in the order given, in bounded memory.

    Documents of one source are read in each other's light: what those before, and those of the same few
    batches, are about helps to choose among namesakes.
    """
    habits = Habits()
    batches = _batches(documents)
    while together := list(islice(batches, BATCHES_TOGETHER)):
        read = [
            _read(document, mentions, tools) for batch in together for document, mentions in _mentions(batch, tools)
        ]
        for each in read:
            habits.add(each.source, each.shares)
        for each in read:
            yield _annotation(each, habits.of(each.source, own=each.shares), tools)


class _Read(NamedTuple):
    """A document whose names are found and grouped, and where they lie as far as it tells itself."""

    document: Document
    source: str
    mentions: list[Mention]
    refused: tuple[Refused, ...]
    toponyms: list[Mention]
    rulings: Decided
    groups: list[Group]
    alone: Sequence[Scored]
    shares: dict[str, float]


def _read(document: Document, mentions: list[Mention], tools: Tools) -> _Read:
    applied = tools.decisions.apply(document, mentions, tools.gazetteer)
    kept = list(applied.mentions)
    toponyms = [mention for mention in kept if mention.label is Label.PLACE]
    groups = grouped(toponyms, tools.gazetteer, document.text, applied.rulings)
    source = publisher(source=document.source, url=document.url)
    alone = scored(groups, habit=at_home(source))
    shares = share_out(likely_places(groups, alone))
    refused = tuple(Refused(mention, why) for mention, why in applied.refused.items())
    return _Read(document, source, kept, refused, toponyms, applied.rulings, groups, alone, shares)


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Yield documents a few at a time, fewer where they are long."""
    batch: list[Document] = []
    for document in documents:
        batch.append(document)
        if len(batch) == BATCH_DOCUMENTS or sum(len(each.text) for each in batch) >= BATCH_CHARS:
            yield batch
            batch = []
    if batch:
        yield batch


def _mentions(batch: Sequence[Document], tools: Tools) -> Iterator[tuple[Document, list[Mention]]]:
    """Yield each document with its mentions: those it brings itself, or what is recognised."""
    unread = [document for document in batch if document.given is None]
    found = iter(recognise_all(unread, gazetteer=tools.gazetteer, tagger=tools.tagger, actors=tools.actors))
    for document in batch:
        yield document, next(found) if document.given is None else _given(document, tools.gazetteer)


def _annotation(read: _Read, habit: Habit, tools: Tools) -> Annotation:
    document, mentions = read.document, read.mentions
    judged = scored(read.groups, habit=habit, before=read.alone)
    decided = decide(read.toponyms, read.groups, judged, decided=read.rulings)
    resolutions = with_areas(document.text, mentions, decided)
    found = NO_LINKS
    if tools.links:
        found = link(document, mentions, resolutions, table=tools.actors, parser=tools.parser)
    named = (*mentions, *(each.mention for each in read.refused))
    return Annotation(
        document,
        tuple(mentions),
        tuple(resolutions),
        found.actors,
        found.links,
        focus(spoken_of(resolutions), tools.country_of),
        (
            *document.warnings,
            *found.warnings,
            *_silence(document, named),
        ),
        read.refused,
        written_at(resolutions),
    )


def _silence(document: Document, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Say why a long text may have given nothing: another language, or no capitals."""
    # In small letters the tagger may take any two words for a person.
    named = any(mention.label is Label.PLACE or mention.text[:1].isupper() for mention in mentions)
    if named or len(document.text) < TALKATIVE_CHARS:
        return ()
    return ("no names were found; geomap reads English, with names in capitals",)


def map_documents(documents: Iterable[Document], tools: Tools, *, title: str = "") -> Atlas:
    """Return the atlas of `documents`: what the page and every table are drawn from."""
    return build_atlas(
        annotate_all(documents, tools),
        title=title,
        credit_lines=tools.gazetteer.credits,
        settings=tools.settings(),
        advice=(NO_PARSER,),
        country_of=tools.country_of,
    )


def _given(document: Document, gazetteer: Layered) -> list[Mention]:
    """Return the toponyms an input brought itself, as they are; what is first of all a demonym plays that role."""
    mentions = []
    for start, end in document.given or ():
        kind = next((zone.kind for zone in document.zones if zone.start <= start < zone.end), ZoneKind.BODY)
        text = document.text[start:end]
        role = ROLE_OF_ZONE.get(kind, Role.DEMONYM if is_demonym(text, gazetteer) else Role.LITERAL)
        mentions.append(Mention(start, end, text, Label.PLACE, role, "given"))
    return mentions
