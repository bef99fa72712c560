"""Load the grammar of stated links, which is data: triggers, cue words and agent nouns.

A trigger is a verb or a noun that binds an actor to a place.  What a trigger does not say, no rule adds.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from geomap.model import ActorType, Relation

__all__ = ["AgentNoun", "Grammar", "Trigger", "load_grammar"]

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Trigger:
    """What one group of verbs and nouns says of an actor and a place; the fields are told in grammar.toml."""

    id: str
    relation: Relation
    object: bool = False
    to: frozenset[str] = frozenset()
    origin: bool = False
    located: bool = False
    addressee: bool = False
    nested: bool = False
    patient: bool = False


@dataclass(frozen=True, slots=True)
class AgentNoun:
    """A common noun for someone who acts; `alone` if it is an actor without saying whose."""

    type: ActorType
    alone: bool


@dataclass(frozen=True, slots=True)
class Grammar:
    """Triggers by lemma, sets of words by name, agent nouns, and the names of states by ISO code."""

    verbs: Mapping[str, Trigger]
    nouns: Mapping[str, Trigger]
    triggers: Mapping[str, Trigger]
    sets: Mapping[str, frozenset[str]]
    agents: Mapping[str, AgentNoun]
    states: Mapping[str, str]

    def has(self, name: str, lemma: str) -> bool:
        """Say whether a lemma is in the word set of that name."""
        return lemma in self.sets[name]


@cache
def load_grammar() -> Grammar:
    """Return the grammar that comes with geomap."""
    raw = tomllib.loads((DATA / "grammar.toml").read_text(encoding="utf-8"))
    triggers = [(_trigger(table), table) for table in raw["trigger"]]
    sets = {**raw["words"], **raw["status"]}
    return Grammar(
        verbs=MappingProxyType({lemma: trigger for trigger, table in triggers for lemma in table["verbs"]}),
        nouns=MappingProxyType({lemma: trigger for trigger, table in triggers for lemma in table["nouns"]}),
        triggers=MappingProxyType({trigger.id: trigger for trigger, _ in triggers}),
        sets=MappingProxyType({name: frozenset(lemmas) for name, lemmas in sets.items()}),
        agents=MappingProxyType({row["noun"]: _agent(row) for row in _table("agents.tsv")}),
        states=MappingProxyType({row["iso2"]: row["name"] for row in _table("states.tsv")}),
    )


def _trigger(table: Mapping[str, Any]) -> Trigger:
    options = {key: value for key, value in table.items() if key not in {"verbs", "nouns", "relation", "to"}}
    return Trigger(relation=Relation(table["relation"]), to=frozenset(table["to"]), **options)


def _agent(row: Mapping[str, str]) -> AgentNoun:
    return AgentNoun(type=ActorType(row["type"]), alone=row["alone"] == "1")


def _table(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        rows = (line for line in lines if not line.startswith("#"))
        return list(csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE))
