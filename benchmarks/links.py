"""Score the links of annotations against gold: pairs, relations and status, document by document.

    geomap parse articles.jsonl -o found.jsonl
    python benchmarks/links.py found.jsonl gold.jsonl
    python benchmarks/links.py found.jsonl gold.jsonl --tier co-mention    the baseline: same sentence

A gold line is `{"id", "actors": [{"id", "aliases": [...]}], "links": [{"actor", "place", "place_aliases",
"geonameid", "country", "relation", "status", "core"}]}`.  Links with `core` false are neither rewarded nor
missed.  Two actors are one if their words without articles and numbers include each other.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from geomap.words import fold, words

IDLE_WORDS = frozenset(
    ["the", "a", "an", "of", "in", "and", "some", "many", "all", "two", "three", "four", "five", "member", "members"]
)


class Score(NamedTuple):
    """Counts over documents: found and right, found, and gold that should be found."""

    right: int
    found: int
    hit: int
    gold: int

    def line(self, name: str) -> str:
        """Return one row of the table."""
        precision = self.right / self.found if self.found else 0.0
        recall = self.hit / self.gold if self.gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        right, hit = f"({self.right}/{self.found})", f"({self.hit}/{self.gold})"
        return f"{name:11}  P {precision:.3f} {right:9}  R {recall:.3f} {hit:9}  F1 {f1:.3f}"


def content(name: str) -> frozenset[str]:
    """Return the words of a name that tell it from others, plurals as singulars."""
    folded = (fold(word.text) for word in words(name) if word.text[0].isalnum())
    return frozenset(each.removesuffix("s") for each in folded if each not in IDLE_WORDS and not each.isdigit())


def same_actor(one: Iterable[str], other: Iterable[str]) -> bool:
    """Say whether any two names of two actors include each other."""
    others = [content(name) for name in other]
    return any(a and b and (a <= b or b <= a) for a in map(content, one) for b in others)


def same_place(link: dict[str, Any], gold: dict[str, Any]) -> bool:
    """Say whether two links mean one place: by number, or by name where gold has no number."""
    if gold.get("geonameid"):
        if link["geonameid"] == gold["geonameid"]:
            return True
        return content(link["place"]) == content(gold["place"])
    names = [gold["place"], *gold.get("place_aliases", ())]
    return same_actor([link["place"], link["place_text"]], names)


def predictions(record: dict[str, Any], text: str, tier: str) -> Iterator[dict[str, Any]]:
    """Yield the links of one annotation with the names their actor has in the text."""
    actors = {actor["id"]: actor for actor in record["actors"]}
    for link in record["links"]:
        if link["tier"] == tier:
            actor = actors[link["actor"]]
            surfaces = {text[start:end] for start, end in actor["mentions"]}
            start, end = link["place_span"]
            yield {**link, "names": [actor["name"], *sorted(surfaces)], "place_text": text[start:end]}


def score(
    found: dict[str, dict[str, Any]], gold: dict[str, dict[str, Any]], *, tier: str, keys: tuple[str, ...], show: bool
) -> Score:
    """Return the score over all gold documents; `keys` are the fields that must agree besides actor and place."""
    right = total = hit = wanted = 0
    for id_, record in gold.items():
        aliases = {actor["id"]: actor["aliases"] for actor in record["actors"]}
        links = list(predictions(found[id_], record["text"], tier))

        def agrees(link: dict[str, Any], want: dict[str, Any], aliases: dict[str, list[str]] = aliases) -> bool:
            same = same_actor(link["names"], aliases[want["actor"]]) and same_place(link, want)
            return same and all(link[key] == want[key] for key in keys)

        groups: dict[tuple[str, ...], bool] = {}
        for link in links:
            matches = [want for want in record["links"] if agrees(link, want)]
            if matches and not any(want["core"] for want in matches):
                continue
            # Several of our names for one gold actor are one answer.
            actor = matches[0]["actor"] if matches else link["actor"]
            key = (actor, link["place"], *(link[each] for each in keys))
            groups[key] = groups.get(key, False) or bool(matches)
            if show and not matches:
                told = f"{link['names'][0]} > {link['relation']} {link['status']} > {link['place']}"
                print(f"  wrong  {told} ({link['rule']})")
        right += sum(groups.values())
        total += len(groups)
        needed: dict[tuple[str, ...], bool] = {}
        for want in record["links"]:
            if want["core"]:
                key = (want["actor"], want["place"], *(want[each] for each in keys))
                ok = any(agrees(link, want) for link in links)
                if show and not ok and not needed.get(key):
                    print(f"  missed {want['actor']} > {want['relation']} {want['status']} > {want['place']}")
                needed[key] = needed.get(key, False) or ok
        hit += sum(needed.values())
        wanted += len(needed)
    return Score(right, total, hit, wanted)


def read(path: Path) -> dict[str, dict[str, Any]]:
    """Return the records of a JSONL file by id."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {record["id"]: record for record in map(json.loads, lines)}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("found", type=Path, help="annotations, as geomap parse writes them")
    parser.add_argument("gold", type=Path, help="gold links, one document a line")
    parser.add_argument("--tier", default="stated", choices=["stated", "co-mention"])
    parser.add_argument("--show", action="store_true", help="also list what is wrong and what is missed")
    options = parser.parse_args()
    found, gold = read(options.found), read(options.gold)
    tables = {"pairs": (), "relations": ("relation",), "with status": ("relation", "status")}
    for name, keys in tables.items():
        show = options.show and name == "pairs"
        print(score(found, gold, tier=options.tier, keys=keys, show=show).line(name))


if __name__ == "__main__":
    main()
