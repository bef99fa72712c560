"""Atlases as tests draw them: a made-up week of news, and helpers to write small ones."""

from __future__ import annotations

from geomap.model import (
    Actor,
    ActorType,
    Atlas,
    BBox,
    Document,
    Evidence,
    Focus,
    Kind,
    LeftOut,
    LinkCount,
    Place,
    PlaceCount,
    Relation,
    Role,
    Span,
    Status,
    Tier,
)

__all__ = ["demo", "document", "empty", "evidence", "place", "place_count", "small"]


def place(name: str, lat: float, lon: float, *, kind: Kind = Kind.CITY, country: str = "", **more) -> Place:
    slug = "".join(char if char.isalnum() else "-" for char in name.lower())[:40]
    return Place(f"geomap:{slug}", name, kind, lat, lon, country, **more)


def evidence(quote: str, *words: tuple[str, str], document: str = "1", **more) -> Evidence:
    """Return a sentence in which each (word, what) is marked where it first stands."""
    marks = tuple((quote.index(word), quote.index(word) + len(word), what) for word, what in words)
    return Evidence(document, quote, marks, **more)


def place_count(
    where: Place,
    *,
    literal: int = 0,
    metonym: int = 0,
    demonym: int = 0,
    documents: int = 1,
    confidence: float = 0.93,
    **more,
) -> PlaceCount:
    roles = ((Role.LITERAL, literal), (Role.METONYM, metonym), (Role.DEMONYM, demonym))
    said = more.pop("evidence", None) or tuple(
        evidence(
            f"The talks about {where.name} went on until the morning of day {day}.",
            (where.name, "place"),
            role=Role.LITERAL,
            confidence=confidence,
            why=f"The best known {where.name}; the article names its neighbours too.",
            runner_up=f"{where.name}, Ohio (0.04)",
            rule="gazetteer name",
        )
        for day in range(1, 1 + min(literal + metonym, 60))
    )
    return PlaceCount(where, tuple((role, n) for role, n in roles if n), documents, said)


def document(number: int = 1, *, title: str = "", **more) -> Document:
    return Document(str(number), "", (), title=title or f"Story {number}", **more)


def small(**changes) -> Atlas:
    """Return an atlas of one place in one document, with any field replaced."""
    fields = {
        "title": "One place",
        "documents": (document(),),
        "places": (place_count(place("Cairo", 30.06, 31.25, country="EG"), literal=2),),
        "actors": (),
        "links": (),
        "unresolved": (),
        "left_out": (),
        "focus": (),
        "warnings": (),
        "credits": ("GeoNames, CC BY 4.0",),
    }
    return Atlas(**(fields | changes))


def empty() -> Atlas:
    return small(title="Nothing here", places=())


COUNTRIES = {
    "Israel": ("IL", 31.5, 34.75), "Iraq": ("IQ", 33.0, 44.0), "Iran": ("IR", 32.0, 53.0),
    "Lebanon": ("LB", 33.83, 35.83), "Yemen": ("YE", 15.5, 47.5), "United States": ("US", 39.76, -98.5),
}  # fmt: skip
CITIES = {
    "Baghdad": ("IQ", 33.34, 44.4), "Tehran": ("IR", 35.69, 51.42), "Beirut": ("LB", 33.89, 35.5),
    "Haifa": ("IL", 32.82, 34.99), "Rafah": ("PS", 31.29, 34.25), "Khan Younis": ("PS", 31.34, 34.3),
    "Sanaa": ("YE", 15.35, 44.21), "Eilat": ("IL", 29.56, 34.95), "Washington": ("US", 38.9, -77.04),
    "Najaf": ("IQ", 32.0, 44.34), "Damascus": ("SY", 33.51, 36.29), "Erbil": ("IQ", 36.19, 44.01),
}  # fmt: skip


def demo() -> Atlas:
    """Return an atlas with every feature of the page in it: areas, spots, seats, doubt, disputes, all links."""
    country = {
        name: place(name, lat, lon, kind=Kind.COUNTRY, country=code) for name, (code, lat, lon) in COUNTRIES.items()
    }
    city = {name: place(name, lat, lon, country=code) for name, (code, lat, lon) in CITIES.items()}
    gaza = place("Gaza Strip", 31.42, 34.36, kind=Kind.REGION, country="PS", bbox=BBox(34.2, 31.2, 34.6, 31.6))
    golan = place(
        "Golan Heights", 33.0, 35.75, kind=Kind.REGION, disputed=True, bbox=BBox(35.6, 32.7, 35.95, 33.35),
        note="Occupied by Israel since 1967, which claims it; internationally seen as part of Syria.",
    )  # fmt: skip
    red_sea = place("Red Sea", 20.27, 38.52, kind=Kind.SEA, bbox=BBox(32.3, 12.5, 43.6, 30.0))
    counts = (
        place_count(country["Israel"], literal=16, metonym=4, demonym=9, documents=4),
        place_count(country["Iraq"], literal=13, metonym=1, demonym=11, documents=3),
        place_count(city["Washington"], literal=1, metonym=6, documents=3),
        place_count(country["Iran"], literal=5, metonym=1, demonym=4, documents=3),
        place_count(country["Lebanon"], literal=5, documents=3),
        place_count(gaza, literal=5, documents=2),
        place_count(country["United States"], literal=2, metonym=3, demonym=8, documents=2),
        place_count(city["Baghdad"], literal=3, metonym=1, documents=2),
        place_count(city["Tehran"], literal=1, metonym=2, documents=1),
        place_count(country["Yemen"], literal=2, demonym=1),
        place_count(city["Beirut"], literal=2),
        place_count(city["Haifa"], literal=2),
        place_count(golan, literal=2, confidence=0.9),
        place_count(red_sea, literal=2),
        place_count(city["Rafah"], literal=1),
        place_count(city["Khan Younis"], literal=1),
        place_count(city["Sanaa"], literal=1),
        place_count(city["Najaf"], literal=1, confidence=0.61),
        place_count(city["Eilat"], literal=1),
        place_count(city["Damascus"], literal=1),
        place_count(city["Erbil"], demonym=0),
    )
    actors = (
        Actor("resistance", "Islamic Resistance in Iraq", ActorType.ARMED_GROUP, "IQ", (Span(0, 1),) * 6),
        Actor("israel", "Israel", ActorType.STATE, "IL", (Span(0, 1),) * 20),
        Actor("hezbollah", "Hezbollah", ActorType.ARMED_GROUP, "LB", (Span(0, 1),) * 4),
        Actor("houthis", "Houthis", ActorType.ARMED_GROUP, "YE", (Span(0, 1),) * 3),
        Actor("iran", "Iran", ActorType.STATE, "IR", (Span(0, 1),) * 5),
        Actor("turkey", "Turkish army", ActorType.MILITARY, "TR", (Span(0, 1),)),
        Actor("us", "United States", ActorType.STATE, "US", (Span(0, 1),) * 5),
        Actor("baghdad", "Iraqi government", ActorType.GOVERNMENT_BODY, "IQ", (Span(0, 1),) * 3),
        Actor("un", "United Nations", ActorType.ALLIANCE, "", (Span(0, 1),) * 2),
        Actor("nobody", "Some analyst", ActorType.PERSON, "", (Span(0, 1),)),
    )
    names = {actor.id: actor.name for actor in actors}

    def link(who, relation, status, where, mentions=1, *rest, tier=Tier.STATED) -> LinkCount:
        (documents,) = rest or (1,)
        said = f"{names[who]} {relation.value} {where.name}, the report says."
        quotes = (
            evidence(
                said,
                (names[who], "actor"),
                (f" {relation.value}", "trigger"),
                (f"{where.name},", "place"),
                rule="subject-verb-object",
            ),
        )
        return LinkCount(who, relation, status, tier, where.id, mentions, documents, quotes * mentions)

    links = (
        link("resistance", Relation.ASSAULT, Status.ASSERTED, country["Israel"], 6, 4),
        link("israel", Relation.ASSAULT, Status.ASSERTED, country["Iran"], 3, 2),
        link("israel", Relation.ASSAULT, Status.ASSERTED, gaza, 3, 2),
        link("israel", Relation.ASSAULT, Status.ASSERTED, country["Lebanon"], 2, 2),
        link("hezbollah", Relation.ASSAULT, Status.ASSERTED, city["Haifa"], 2, 1),
        link("houthis", Relation.ASSAULT, Status.ASSERTED, red_sea, 2, 1),
        link("iran", Relation.THREATEN, Status.PLANNED, country["Israel"], 2, 1),
        link("resistance", Relation.PRESENT, Status.ASSERTED, country["Iraq"], 2, 1),
        link("baghdad", Relation.REQUEST, Status.ASSERTED, city["Washington"], 2, 2),
        link("baghdad", Relation.CONSULT, Status.ASSERTED, city["Tehran"], 1, 1),
        link("us", Relation.ASSAULT, Status.DENIED, country["Yemen"], 1, 1),
        link("us", Relation.PRESENT, Status.ASSERTED, country["Iraq"], 1, 1),
        link("turkey", Relation.ASSAULT, Status.ASSERTED, city["Erbil"], 1, 1),
        link("un", Relation.AID, Status.ASSERTED, city["Rafah"], 1, 1),
        link("israel", Relation.MENTIONED_WITH, Status.ASSERTED, city["Damascus"], tier=Tier.CO_MENTION),
        link("hezbollah", Relation.MENTIONED_WITH, Status.ASSERTED, city["Beirut"], tier=Tier.CO_MENTION),
    )  # fmt: skip
    return Atlas(
        title="Iraq tries to stay out of a widening war as militias fire across borders",
        documents=tuple(
            document(
                n,
                title=f"A story of day {n}",
                source="The Example",
                date=f"2024-11-0{n}",
                url=f"https://example.org/{n}",
            )
            for n in range(1, 6)
        ),
        places=counts,
        actors=actors,
        links=links,
        unresolved=(("Kfar Example", 2), ("Jurf al-Nowhere", 1)),
        left_out=(
            LeftOut("peoples and adjectives (“Iraqi”), switch on “demonym”", 33, ("Iraqi", "Israeli", "Iranian")),
            LeftOut("datelines: where an article was filed", 5, ("BAGHDAD",)),
            LeftOut("bylines and credits", 4, ("Reporting by A. Writer in Dubai",)),
        ),
        focus=(Focus(country["Iraq"], 0.4), Focus(country["Israel"], 0.3), Focus(city["Baghdad"], 0.2)),
        written_at=((city["Baghdad"], 3), (place("Dubai", 25.08, 55.31, country="AE"), 1)),
        warnings=("story-4.txt: 3 bytes were not UTF-8 and were read as Windows-1252",),
        credits=("Contains data from GeoNames (CC BY 4.0), Natural Earth (public domain), Unicode CLDR",),
        settings=(("tagger", "fast"), ("gazetteer", "2026-11")),
    )
