"""The values that flow through geomap, all frozen: Document, Mention, Place, Resolution, Link, Atlas.

Every span is half-open `[start, end)` in characters of the text as the user gave it, so
`text[start:end]` is always the words that were meant.  Doubt is an outcome, not a coordinate.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import NamedTuple

__all__ = [
    "AREA_KINDS",
    "DEFAULT_ROLES",
    "Actor",
    "ActorType",
    "Annotation",
    "AreaCount",
    "AreaRelation",
    "Atlas",
    "BBox",
    "Candidate",
    "DerivedArea",
    "Document",
    "Evidence",
    "Focus",
    "Kind",
    "Label",
    "LeftOut",
    "Link",
    "LinkCount",
    "Mention",
    "NameKind",
    "NamedPlace",
    "Outcome",
    "Place",
    "PlaceCount",
    "Refused",
    "Relation",
    "Resolution",
    "Role",
    "Span",
    "Status",
    "Tier",
    "Zone",
    "ZoneKind",
    "contains",
]


class Span(NamedTuple):
    """Characters `[start, end)` of a document's text."""

    start: int
    end: int


class BBox(NamedTuple):
    """Degrees.  `west > east` means the box crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float


# --- documents ---------------------------------------------------------------------------


class ZoneKind(StrEnum):
    """What a stretch of an article is; only headline and body speak of the news itself."""

    HEADLINE = "headline"
    REPEATED = "repeated"  # the headline once more
    DATELINE = "dateline"  # "BAGHDAD (Reuters) -"
    CREDIT = "credit"  # "By ...", "(Reporting by ...)"
    FURNITURE = "furniture"  # "close", "Read more", "Advertisement"
    BODY = "body"  # one paragraph


class Zone(NamedTuple):
    """One stretch of a document, of one kind."""

    start: int
    end: int
    kind: ZoneKind


@dataclass(frozen=True, slots=True)
class Document:
    """One text, as it was given, and where its parts begin and end.

    `zones` are in order and do not overlap; whitespace between them belongs to none.
    `given` holds the toponym spans of an input that brings its own (`--given-spans`).
    """

    id: str
    text: str
    zones: tuple[Zone, ...]
    title: str = ""
    date: str = ""
    source: str = ""
    url: str = ""
    lang: str = ""
    given: tuple[Span, ...] | None = None
    warnings: tuple[str, ...] = ()


# --- the gazetteer ------------------------------------------------------------------------


class Kind(StrEnum):
    """What a place is, as a reader would say it."""

    CONTINENT = "continent"
    COUNTRY = "country"
    ADMIN1 = "admin1"
    ADMIN2 = "admin2"
    ADMIN3 = "admin3"
    REGION = "region"  # the Sahel, Donbas, the West Bank's hills: an area that is no admin unit
    CITY = "city"  # any populated place
    NEIGHBOURHOOD = "neighbourhood"
    SEA = "sea"  # seas, gulfs, bays, oceans
    STRAIT = "strait"  # straits, channels, canals
    RIVER = "river"
    LAKE = "lake"
    ISLAND = "island"
    MOUNTAIN = "mountain"
    LINE = "line"  # Blue Line, Line of Control
    FACILITY = "facility"  # base, crossing, nuclear site, camp, seat of power
    AIRPORT = "airport"
    PORT = "port"


# Drawn as an area or a ring, never as a pin that pretends to be a spot.
AREA_KINDS = frozenset(
    {
        Kind.CONTINENT, Kind.COUNTRY, Kind.ADMIN1, Kind.ADMIN2, Kind.ADMIN3, Kind.REGION,
        Kind.SEA, Kind.STRAIT, Kind.RIVER, Kind.LAKE, Kind.ISLAND, Kind.MOUNTAIN, Kind.LINE,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """One gazetteer record.

    `id` is `geonames:<number>` where GeoNames has the place, else `geomap:<slug>`.  `feature` is
    GeoNames' feature code or ''.  `country` is ISO 3166-1 alpha-2 or '' (seas, macro-regions).
    `admin1` is the name of the first-level division, for people; `admin1_id` and `admin2_id`
    are place ids, for containment.  `lat`, `lon` in degrees (WGS 84): GeoNames' own point where
    it has one.  `note` is shown to readers: who claims a contested place, say.
    """

    id: str
    name: str
    kind: Kind
    lat: float
    lon: float
    country: str = ""
    feature: str = ""
    admin1: str = ""
    admin1_id: str = ""
    admin2_id: str = ""
    population: int = 0
    bbox: BBox | None = None
    source: str = ""
    disputed: bool = False
    note: str = ""

    @property
    def geonameid(self) -> int | None:
        """Return GeoNames' number, or None for a place GeoNames does not have."""
        scheme, _, number = self.id.partition(":")
        return int(number) if scheme == "geonames" else None

    @property
    def precision(self) -> int:
        """Return ACLED's geo_precision: 1 an exact spot, 2 part of a region, 3 a region or country."""
        if self.kind not in AREA_KINDS:
            return 1
        return 2 if self.kind in {Kind.ADMIN2, Kind.ADMIN3, Kind.ISLAND, Kind.STRAIT, Kind.LINE, Kind.LAKE} else 3


def contains(outer: Place, inner: Place) -> bool:
    """Say whether an admin unit or country holds a place, by the gazetteer's own records."""
    if outer.id == inner.id:
        return False
    if outer.kind is Kind.COUNTRY:
        return outer.country == inner.country and inner.kind is not Kind.COUNTRY
    return outer.id in {inner.admin1_id, inner.admin2_id} and bool(outer.id)


class NameKind(Enum):
    """How a name belongs to a place.  The values are stored in the index: never renumber."""

    NAME = 0  # the name readers know, or the official one
    ALIAS = 1  # another spelling, language or old name
    ABBREVIATION = 2  # U.S., UAE, Calif.
    DEMONYM = 3  # Iraqi, Dutch: a hint, not a toponym


class NamedPlace(NamedTuple):
    """One answer to a look-up: the place, and how the name belongs to it.

    `common_word` says that the name is also an ordinary English word ("Reading", "Nice"):
    measured when the index was built.  `own` says that a person's own layer gives the name this
    meaning: whoever wrote it there wants it; `usual` that a reviewed table says so for news in general;
    `named_after` that the name asked for is that of a house or spot which begins with this place's.
    """

    place: Place
    name_kind: NameKind
    common_word: bool
    own: bool = False
    usual: bool = False
    named_after: bool = False


# --- recognition ---------------------------------------------------------------------------


class Label(StrEnum):
    """What kind of thing a mention names."""

    PLACE = "place"
    PERSON = "person"
    ORGANISATION = "organisation"


class Role(StrEnum):
    """What a place name does in its sentence; decides whether it is counted."""

    LITERAL = "literal"
    METONYM = "metonym"  # "Washington said": the government, not the city
    DEMONYM = "demonym"
    EMBEDDED = "embedded"  # inside an organisation's or a person's name
    DATELINE = "dateline"
    CREDIT = "credit"
    REPEATED = "repeated"


# What the map counts unless the reader asks for more.
DEFAULT_ROLES = (Role.LITERAL, Role.METONYM)


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence of a name.  `rule` names the recognition rule that kept it.

    `key` is the gazetteer's name to look up, '' when the gazetteer has none; `actor_id` is set when
    the name stands in the table of known actors.
    """

    start: int
    end: int
    text: str
    label: Label
    role: Role
    rule: str
    key: str = ""
    actor_id: str = ""


# --- resolution ----------------------------------------------------------------------------


class Outcome(StrEnum):
    """Whether a mention found its place."""

    RESOLVED = "resolved"
    UNKNOWN = "unknown"  # no entry fits (NIL)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place a mention might mean; `features` are the named reasons and what each was worth."""

    place: Place
    score: float
    name_kind: NameKind
    features: tuple[tuple[str, float], ...] = ()


class AreaRelation(StrEnum):
    """How a derived area lies to the place, or the two places, it is built from."""

    PART = "part"  # southern Lebanon, the east of Libya
    NEAR = "near"  # near Mosul, within 10 km of it
    OUTSKIRTS = "outskirts"  # the suburbs of Beirut
    DISTANCE = "distance"  # 40 km north of Mosul
    BETWEEN = "between"  # between Gao and Kidal, the road from one to the other
    BORDER = "border"  # the border of Mali and Niger
    OFFSHORE = "offshore"  # off the coast of Somalia
    DIRECTION = "direction"  # north of Mosul, no distance told


@dataclass(frozen=True, slots=True)
class DerivedArea:
    """An area that the text builds from one place or two, and that is no entry of the gazetteer.

    `[start, end)` is the whole phrase, the name in it.  What is meant lies within `radius_km` of the point;
    `bbox` is the box round an area that has sides.  `precision` is ACLED's geo_precision, as for a place.
    """

    start: int
    end: int
    text: str
    relation: AreaRelation
    place_ids: tuple[str, ...]
    lat: float
    lon: float
    radius_km: float
    precision: int
    bbox: BBox | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a mention was taken to mean.  `candidates` are best first; `why` is for people.

    `confidence` is a probability, 0 when the outcome is not RESOLVED.  `radius_km` is how far from the place's
    point the thing meant may lie, if the place is the right one; None where it is not known.  `area` is what
    the words round the name make of the place.
    """

    mention: Mention
    outcome: Outcome
    candidates: tuple[Candidate, ...]
    confidence: float
    why: str
    radius_km: float | None = None
    area: DerivedArea | None = None

    @property
    def place(self) -> Place | None:
        """Return the chosen place, or None: an unresolved mention has candidates but no place."""
        return self.candidates[0].place if self.outcome is Outcome.RESOLVED else None

    @property
    def precision(self) -> int | None:
        """Return ACLED's geo_precision of what is meant here, the area if there is one; None without a place."""
        if self.area is not None:
            return self.area.precision
        return self.place.precision if self.place is not None else None

    @property
    def runner_up(self) -> Candidate | None:
        """Return the second-best candidate, if there was one."""
        return self.candidates[1] if len(self.candidates) > 1 else None


# --- actors and links ------------------------------------------------------------------------


class ActorType(StrEnum):
    """Who acts."""

    STATE = "state"  # a country or its government
    GOVERNMENT_BODY = "government body"
    MILITARY = "military"
    ARMED_GROUP = "armed group"
    PARTY = "party"
    ALLIANCE = "alliance"  # NATO, EU, UN and other intergovernmental organisations
    NGO = "ngo"
    MEDIA = "media"
    COMPANY = "company"
    PERSON = "person"
    POPULATION = "population"
    ORGANISATION = "organisation"


class Relation(StrEnum):
    """What an actor does with a place; PLOVER's relations where it has one, plus the static ones."""

    ASSAULT = "assault"
    THREATEN = "threaten"
    COERCE = "coerce"
    CONTROL = "control"
    MOBILIZE = "mobilize"
    MOVE = "move"
    CONSULT = "consult"
    REQUEST = "request"
    ACCUSE = "accuse"
    REJECT = "reject"
    AGREE = "agree"
    COOPERATE = "cooperate"
    SUPPORT = "support"
    AID = "aid"
    SANCTION = "sanction"
    PROTEST = "protest"
    RETREAT = "retreat"
    STATEMENT = "statement"
    LOCATED_IN = "located in"
    AFFILIATED = "affiliated"
    PRESENT = "present"
    MENTIONED_WITH = "mentioned with"


class Status(StrEnum):
    """How the text puts it; a denied or planned act is never counted as a fact."""

    ASSERTED = "asserted"
    HYPOTHETICAL = "hypothetical"
    PLANNED = "planned"
    REQUESTED = "requested"
    DENIED = "denied"


class Tier(StrEnum):
    """How a link was found: from the grammar of its sentence, or only side by side."""

    STATED = "stated"
    CO_MENTION = "co-mention"


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone a document names as acting.  `base` is ISO 3166-1 alpha-2 or ''."""

    id: str
    name: str
    type: ActorType
    base: str = ""
    mentions: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """One actor and one place, what binds them, and the sentence that says so."""

    actor_id: str
    actor_span: Span
    relation: Relation
    status: Status
    place_id: str
    place_span: Span
    tier: Tier
    evidence: Span
    rule: str
    trigger_span: Span | None = None
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class Focus:
    """A country or place that a document is about; `share` is the part of the counted mentions that lie there."""

    place: Place
    share: float


class Refused(NamedTuple):
    """A mention that a person decided to be no place; `why` is for people."""

    mention: Mention
    why: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """One document with everything geomap found in it.

    `focus` is what it is about: countries, then places, each most first; `written_at` are the places
    of its dateline.  `resolutions` cover every place mention in text order, unresolved ones included;
    `mentions` are all mentions, actors too.  `refused` are the names a person decided to be no places,
    and why; they are in neither.
    """

    document: Document
    mentions: tuple[Mention, ...]
    resolutions: tuple[Resolution, ...]
    actors: tuple[Actor, ...]
    links: tuple[Link, ...]
    focus: tuple[Focus, ...]
    warnings: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()
    written_at: tuple[Place, ...] = ()


# --- the atlas: what every output is drawn from -----------------------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence shown to a reader.

    `marks` are spans of `quote` itself, each with what it marks: 'place', 'actor', 'trigger', or 'area' for the
    words that derive an area from the place.  `why` and `runner_up` explain the place; they are '' for links.
    """

    document_id: str
    quote: str
    marks: tuple[tuple[int, int, str], ...]
    role: Role | None = None
    confidence: float = 0.0
    why: str = ""
    runner_up: str = ""
    attribution: str = ""
    rule: str = ""
    area: DerivedArea | None = None


@dataclass(frozen=True, slots=True)
class AreaCount:
    """An area that texts derive from a place, in the words of the first of them, and how many mentions do."""

    area: DerivedArea
    mentions: int


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """How often one place is mentioned, by role, and in how many documents (default roles).

    `areas` are those derived from it, the most mentioned first; their mentions are among the place's own.
    """

    place: Place
    mentions: tuple[tuple[Role, int], ...]
    documents: int
    evidence: tuple[Evidence, ...]
    areas: tuple[AreaCount, ...] = ()

    @property
    def count(self) -> int:
        """Return the mentions counted by default: literal and metonym."""
        return sum(n for role, n in self.mentions if role in DEFAULT_ROLES)


@dataclass(frozen=True, slots=True)
class LinkCount:
    """One actor, relation, place and status, with every sentence that says so."""

    actor_id: str
    relation: Relation
    status: Status
    tier: Tier
    place_id: str
    mentions: int
    documents: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something not counted by default, with the reason, so that nothing goes in silence."""

    reason: str
    count: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Atlas:
    """The result over all documents.  Every output reads this object, so all print one count.

    `places` are by falling count, then id; `actors` and `links` likewise.  `places` also holds
    every place a link points to, with count 0 if it was only named in left-out roles.  `written_at` holds the
    places of datelines with the number of their documents, most first.
    """

    title: str
    documents: tuple[Document, ...]
    places: tuple[PlaceCount, ...]
    actors: tuple[Actor, ...]
    links: tuple[LinkCount, ...]
    unresolved: tuple[tuple[str, int], ...]
    left_out: tuple[LeftOut, ...]
    focus: tuple[Focus, ...]
    warnings: tuple[str, ...]
    credits: tuple[str, ...]
    settings: tuple[tuple[str, str], ...] = field(default=())
    written_at: tuple[tuple[Place, int], ...] = ()

    @property
    def mentions(self) -> int:
        """Return all mentions counted by default."""
        return sum(place.count for place in self.places)
