"""Learn what each feature is worth from gold toponyms: `python -m geomap.resolve.fit GOLD.jsonl ...`.

A conditional logit: of all places of a name, and "none of these", the one within reach of the gold
point should get the most probability.  Contexts are made with the weights of the rounds before.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Container, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from geomap.gazetteer.store import Store
from geomap.geo import distance_km
from geomap.model import AREA_KINDS, Label, Mention, Place, Role
from geomap.resolve.features import CONTEXT, NEEDS, STANDING, sole_notable
from geomap.resolve.grouping import Group, grouped
from geomap.resolve.habit import Habits, at_home, publisher, share_out
from geomap.resolve.options import is_demonym
from geomap.resolve.resolver import Scored, likely_places, scored
from geomap.resolve.spot import SAME_SPOT_KM
from geomap.resolve.weights import Weights, shipped_weights

__all__ = ["development", "fit", "main"]

ROUNDS = 6
STEPS = 400
STEP_SIZE = 0.05
# Not learned, and not seen while the others are: corpora of local papers hold next to no air bases and crossings.
# Its weight stays what it was.
NOT_LEARNED = frozenset({sole_notable})
# Keeps a feature that hardly ever differs from growing without end.
PENALTY = 0.005


def fit(corpora: Sequence[Sequence[dict[str, Any]]], store: Store, start: Weights) -> Weights:
    """Return weights learned from documents ({text, toponyms: [{start, end, lat, lon}]}).

    Every corpus counts the same, however many documents it has: a large collection of local papers
    must not decide alone what news is.
    """
    weights = start
    read = [[_read(document, store) for document in corpus] for corpus in corpora]
    for _ in range(ROUNDS):
        found = [list(_examples(corpus, weights)) for corpus in read]
        examples = [example for corpus in found for example in corpus]
        worth = [1 / len(corpus) for corpus in found for _ in corpus]
        weights = _between(weights, _learned(examples, worth, weights))
    return weights


def _between(one: Weights, other: Weights) -> Weights:
    """Return the mean: contexts made with weights that leap are in turn made for others, round after round."""
    standing = tuple((a + b) / 2 for a, b in zip(one.standing, other.standing, strict=True))
    context = tuple((a + b) / 2 for a, b in zip(one.context, other.context, strict=True))
    return Weights(standing, context, (one.elsewhere + other.elsewhere) / 2, one.own)


class _Read(NamedTuple):
    """A document with its gold toponyms and their groups."""

    source: str
    gold: list[dict[str, Any]]
    groups: list[Group]


def _read(document: dict[str, Any], store: Store) -> _Read:
    gold = [toponym for toponym in document["toponyms"] if toponym.get("lat") is not None]
    mentions = [_mention(document["text"], toponym, store) for toponym in gold]
    source = publisher(source=document.get("source") or document.get("domain") or "", url=document.get("url") or "")
    return _Read(source, gold, grouped(mentions, store, document["text"]))


def _examples(corpus: Sequence[_Read], weights: Weights) -> Iterator[tuple[list[list[float]], list[bool]]]:
    """Yield, for every name, the features of each of its places and of "none of these", and which are right."""
    habits = Habits()
    alone = [scored(read.groups, weights, at_home(read.source)) for read in corpus]
    shares = [share_out(likely_places(read.groups, each, weights)) for read, each in zip(corpus, alone, strict=True)]
    for read, own in zip(corpus, shares, strict=True):
        habits.add(read.source, own)
    for read, each, own in zip(corpus, alone, shares, strict=True):
        yield from _examples_of(read, scored(read.groups, weights, habits.of(read.source, own=own), each))


def _examples_of(read: _Read, found: Sequence[Scored]) -> Iterator[tuple[list[list[float]], list[bool]]]:
    gold = read.gold
    for group, (ranking, context, _) in zip(read.groups, found, strict=True):
        right = [_near(entry.place, gold[group.members[0]]) for entry in group.entries]
        # Where the one point of a country lies is a convention: an area far from the gold is no error.
        if any(right) or (ranking and group.entries[ranking[0][1]].place.kind not in AREA_KINDS):
            asked = frozenset(feature for feature in CONTEXT if NEEDS[feature](context)) - NOT_LEARNED
            rows = [
                [feature(entry, i) for feature in STANDING]
                + [feature(entry.place, context) if feature in asked else 0.0 for feature in CONTEXT]
                + [0.0]
                for i, entry in enumerate(group.entries)
            ]
            none_of_these = [0.0] * (len(STANDING) + len(CONTEXT)) + [1.0]
            yield [*rows, none_of_these], [*right, not any(right)]


def _mention(text: str, toponym: dict[str, Any], store: Store) -> Mention:
    start, end = toponym["start"], toponym["end"]
    role = Role.DEMONYM if is_demonym(text[start:end], store) else Role.LITERAL
    return Mention(start, end, text[start:end], Label.PLACE, role, "given")


def _near(place: Place, gold: dict[str, Any]) -> bool:
    return distance_km(a_lat=place.lat, a_lon=place.lon, b_lat=gold["lat"], b_lon=gold["lon"]) <= SAME_SPOT_KM


def _learned(
    examples: Sequence[tuple[list[list[float]], list[bool]]], worth: Sequence[float], start: Weights
) -> Weights:
    import numpy as np

    rows = np.concatenate([np.asarray(features) for features, _ in examples])
    right = np.concatenate([np.asarray(flags) for _, flags in examples])
    ends = np.cumsum([len(flags) for _, flags in examples])
    starts = np.concatenate([[0], ends[:-1]])
    lengths = ends - starts
    each = np.repeat(np.asarray(worth) / sum(worth), lengths)
    w = np.asarray([*start.standing, *start.context, start.elsewhere])
    given, held = w, np.array([*(False for _ in STANDING), *(feature in NOT_LEARNED for feature in CONTEXT), False])
    first, second = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, STEPS + 1):
        score = rows @ w
        top = np.maximum.reduceat(score, starts)
        odds = np.exp(score - np.repeat(top, lengths))
        share = odds / np.repeat(np.add.reduceat(odds, starts), lengths)
        hit = np.where(right, odds, 0.0)
        hit_share = hit / np.repeat(np.add.reduceat(hit, starts), lengths)
        gradient = ((share - hit_share) * each) @ rows + PENALTY * w / len(examples) ** 0.5
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        w = w - STEP_SIZE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
        w = np.where(held, given, w)
    values = [float(value) for value in w]
    standing, context = values[: len(STANDING)], values[len(STANDING) : -1]
    return Weights(tuple(standing), tuple(context), values[-1], start.own)


def _toml(weights: Weights, sources: Sequence[str]) -> str:
    lines = [
        "# What each feature of geomap/resolve/features.py is worth; learned by geomap.resolve.fit.",
        f"# Gold: {', '.join(sources)} (the documents not held out).",
        f"elsewhere = {weights.elsewhere:.3f}",
        "# Not learned: a place of a person's own layer stands before all others of its name.",
        f"own = {weights.own}",
        "",
        "[weights]",
    ]
    values = (*weights.standing, *weights.context)
    lines += [f"{f.__name__} = {value:.3f}" for f, value in zip((*STANDING, *CONTEXT), values, strict=True)]
    return "\n".join(lines) + "\n"


def development(gold: Path, held: Container[str]) -> list[dict[str, Any]]:
    """Return the documents of a gold file that are not held out."""
    lines = gold.read_text(encoding="utf-8").strip("\n").split("\n")
    return [document for line in lines if str((document := json.loads(line))["id"]) not in held]


def main() -> None:
    """Learn from the gold files named on the command line, leaving out held-out ids."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--heldout", nargs="*", type=Path, default=[], help="files of document ids to leave out")
    parser.add_argument("-o", "--output", type=Path, required=True)
    arguments = parser.parse_args()
    held = {name for path in arguments.heldout for name in path.read_text(encoding="utf-8").split()}
    corpora = [development(path, held) for path in arguments.gold]
    weights = fit(corpora, Store.open(), shipped_weights())
    arguments.output.write_text(_toml(weights, [path.stem for path in arguments.gold]), encoding="utf-8")


if __name__ == "__main__":
    main()
