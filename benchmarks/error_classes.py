"""Sort the mistakes on gold into classes, by named rules: what geomap gets wrong, and how much of it is which.

Run by hand: `python benchmarks/error_classes.py GOLD.jsonl ... [--ids FILE] [--tagger best] [--list FILE]`.  A gold
toponym that was not found, one in the wrong place, and a name found that the gold has not are a mistake each; a name
found with other ends than the gold's is one, not two.  The first rule that applies names the class.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from geomap.evaluate.gold import SHIPPED, GoldDocument, GoldToponym, read_gold
from geomap.evaluate.measures import error_km
from geomap.evaluate.report import HUNDRED_MILES_KM
from geomap.gazetteer.layered import Layered
from geomap.model import Annotation, Kind, Label, Mention, Place, Resolution, Role
from geomap.pipeline import TAGGERS, Tools, annotate_all
from geomap.read.document import document_from_text
from geomap.resolve.options import is_demonym
from geomap.words import name_key

AREAS = frozenset({Kind.COUNTRY, Kind.ADMIN1, Kind.ADMIN2, Kind.REGION, Kind.CONTINENT})
# As many characters on either side show a sentence.
AROUND_CHARS = 60


class Mistake(NamedTuple):
    """What the gold has, what was found there, and what else is known: one of the two may be missing."""

    gold: GoldToponym | None
    found: Resolution | None
    document: GoldDocument
    annotation: Annotation
    gazetteer: Layered

    @property
    def text(self) -> str:
        """Return the name, as the gold has it if it has."""
        return self.gold.text if self.gold else self.mention.text

    @property
    def mention(self) -> Mention:
        """Return what was found."""
        assert self.found
        return self.found.mention

    @property
    def place(self) -> Place | None:
        """Return the place that was chosen."""
        return self.found.place if self.found else None

    def placed_right(self) -> bool:
        """Say whether both are one spot."""
        gold, place = self.gold, self.place
        return bool(gold and place and _near(gold, place))


def _near(gold: GoldToponym, place: Place) -> bool:
    if gold.lat is None or gold.lon is None:
        return False
    return error_km(a_lat=place.lat, a_lon=place.lon, b_lat=gold.lat, b_lon=gold.lon) <= HUNDRED_MILES_KM


# --- a name that was not found ---------------------------------------------------------------


def other_ends(mistake: Mistake) -> bool:
    """Found with other ends: "New Delhi airport" for "New Delhi"."""
    return mistake.gold is not None and mistake.found is not None and not _same_span(mistake.gold, mistake.mention)


def missed_people(mistake: Mistake) -> bool:
    """A people, a citizen or an adjective not taken for its country."""
    return _missed(mistake) and is_demonym(mistake.text, mistake.gazetteer)


def missed_inside(mistake: Mistake) -> bool:
    """Inside the name of an organisation or a person, and not taken for a place."""
    gold = mistake.gold
    labels = {Label.PERSON, Label.ORGANISATION}
    return _missed(mistake) and any(
        gold.start < m.end and m.start < gold.end for m in mistake.annotation.mentions if gold and m.label in labels
    )


def missed_unknown(mistake: Mistake) -> bool:
    """Not found, and in no gazetteer: a local place or a spelling of its own."""
    return _missed(mistake) and not mistake.gazetteer.lookup(name_key(mistake.text))


def missed_known(mistake: Mistake) -> bool:
    """Not found, though the gazetteer has the name."""
    return _missed(mistake)


# --- a name in the wrong place ---------------------------------------------------------------


def no_place(mistake: Mistake) -> bool:
    """Found and given no place: a local place, or a spelling, that no gazetteer has."""
    return bool(mistake.gold and mistake.found) and mistake.place is None


def area_and_point(mistake: Mistake) -> bool:
    """The right area with another middle, or an area for a town in it: a coast, a sea, a state for its capital."""
    gold, place = mistake.gold, mistake.place
    if not gold or not place:
        return False
    if gold.geonameid and gold.geonameid == place.geonameid:
        return True
    if place.bbox and gold.lat is not None and gold.lon is not None and place.kind in AREAS | {Kind.SEA, Kind.RIVER}:
        box = place.bbox
        return box.south <= gold.lat <= box.north and box.west <= gold.lon <= box.east
    return False


def not_in_gazetteer(mistake: Mistake) -> bool:
    """The gazetteer does not have the right place under this name."""
    return bool(mistake.gold and mistake.place) and _right(mistake) is None


def namesake_abroad(mistake: Mistake) -> bool:
    """A namesake in another country."""
    right, place = _right(mistake), mistake.place
    return bool(right and place) and right.country != place.country


def namesake_in_another_state(mistake: Mistake) -> bool:
    """A namesake in another state or province of the country."""
    right, place = _right(mistake), mistake.place
    return bool(right and place) and right.admin1_id != place.admin1_id


def namesake_nearby(mistake: Mistake) -> bool:
    """A namesake in the same state."""
    return _right(mistake) is not None


# --- a name that the gold has not ------------------------------------------------------------


def people_not_in_gold(mistake: Mistake) -> bool:
    """A people, a citizen or an adjective that the gold does not mark."""
    return mistake.gold is None and mistake.mention.role is Role.DEMONYM


def inside_not_in_gold(mistake: Mistake) -> bool:
    """Inside the name of an organisation, where the gold does not mark it."""
    return mistake.gold is None and mistake.mention.role is Role.EMBEDDED


def marked_elsewhere(mistake: Mistake) -> bool:
    """The gold marks the same name elsewhere in the document, and not here."""
    return mistake.gold is None and mistake.text in {toponym.text for toponym in mistake.document.toponyms}


def no_place_in_gold(mistake: Mistake) -> bool:
    """Something else taken for a place, or a place that the gold overlooked; no place was found for it."""
    return mistake.gold is None and mistake.place is None


def something_else(mistake: Mistake) -> bool:
    """Something else taken for a place, or a place that the gold overlooked."""
    return mistake.gold is None


Rule = Callable[[Mistake], bool]
# The first that applies names the class.
RULES: tuple[Rule, ...] = (
    other_ends,
    missed_people,
    missed_inside,
    missed_unknown,
    missed_known,
    no_place,
    area_and_point,
    not_in_gazetteer,
    namesake_abroad,
    namesake_in_another_state,
    namesake_nearby,
    people_not_in_gold,
    inside_not_in_gold,
    marked_elsewhere,
    no_place_in_gold,
    something_else,
)


def _missed(mistake: Mistake) -> bool:
    return mistake.found is None


def _same_span(gold: GoldToponym, mention: Mention) -> bool:
    return (gold.start, gold.end) == (mention.start, mention.end)


def _right(mistake: Mistake) -> Place | None:
    """Return what the gazetteer has under this name where the gold has its point."""
    gold = mistake.gold
    if not gold:
        return None
    keys = dict.fromkeys((name_key(gold.text), mistake.mention.key if mistake.found else ""))
    places = (named.place for key in keys if key for named in mistake.gazetteer.lookup(key))
    return next((place for place in places if _near(gold, place)), None)


def mistakes(document: GoldDocument, annotation: Annotation, gazetteer: Layered) -> Iterator[Mistake]:
    """Yield the mistakes of a document: of the gold first, then what is left of what was found."""
    left = list(annotation.resolutions)
    for gold in document.toponyms:
        touching = [r for r in left if r.mention.start < gold.end and gold.start < r.mention.end]
        found = min(touching, key=lambda r: not _same_span(gold, r.mention), default=None)
        if found:
            left.remove(found)
        mistake = Mistake(gold, found, document, annotation, gazetteer)
        exact = found is not None and _same_span(gold, found.mention)
        if not exact or (gold.placed and not mistake.placed_right()):
            yield mistake
    yield from (Mistake(None, found, document, annotation, gazetteer) for found in left)


def classes(found: Iterable[Mistake]) -> Iterator[tuple[Rule, Mistake]]:
    """Yield each mistake with the rule that names its class."""
    for mistake in found:
        yield next(rule for rule in RULES if rule(mistake)), mistake


def line(rule: Rule, mistake: Mistake) -> str:
    """Return a mistake as a row for the eye."""
    at, text = mistake.gold or mistake.mention, mistake.document.text
    around = text[max(0, at.start - AROUND_CHARS) : at.start], text[at.end : at.end + AROUND_CHARS]
    place = mistake.place
    chosen = f"{place.name}, {place.admin1}, {place.country}, {place.kind}" if place else ""
    cells = (rule.__name__, mistake.text, chosen, f"{around[0]}[{text[at.start : at.end]}]{around[1]}")
    return "\t".join(" ".join(cell.split()) for cell in cells)


def annotated(documents: Sequence[GoldDocument], tools: Tools) -> Iterator[tuple[GoldDocument, Annotation]]:
    """Yield each document with what geomap finds in it."""
    texts = (
        document_from_text(each.text, id=each.id, title=each.title, date=each.date, source=each.source, url=each.url)
        for each in documents
    )
    yield from zip(documents, annotate_all(texts, tools), strict=True)


def main() -> None:
    """Read, sort and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="*", type=Path, default=[SHIPPED])
    parser.add_argument("--ids", type=Path, help="count only documents whose ids stand here; all are read")
    parser.add_argument("--tagger", choices=list(TAGGERS), default="fast")
    parser.add_argument("--list", type=Path, dest="rows", help="also write every mistake here, with words around it")
    given = parser.parse_args()
    ids = frozenset(given.ids.read_text(encoding="utf-8").split()) if given.ids else None
    tools = Tools.load(links=False, tagger=given.tagger)
    sorted_out = [
        pair
        for path in given.gold
        for document, annotation in annotated(read_gold(path).documents, tools)
        if ids is None or document.id in ids
        for pair in classes(mistakes(document, annotation, tools.gazetteer))
    ]
    counts = Counter(rule for rule, _ in sorted_out)
    for rule in RULES:
        share = counts[rule] / max(1, len(sorted_out))
        print(f"{counts[rule]:5} {share:6.1%}  {(rule.__doc__ or '').split('.')[0]}")
    print(f"{len(sorted_out):5} mistakes, tagger {given.tagger}")
    if given.rows:
        given.rows.write_text("\n".join([*(line(*pair) for pair in sorted_out), ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
