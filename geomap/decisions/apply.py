"""Apply decisions to the mentions of a document, and tell which of them no longer match anything.

The nearest decision wins: on this mention, then on this document, then on the project.  What a
mention then means is handed to resolution, so that a decided place is company for the other names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple, Protocol

from geomap.decisions.finding import occurrences, place_of
from geomap.decisions.table import Decision, Scope, key_of, read_table
from geomap.model import Document, Label, Mention, Place, Role, Span

__all__ = ["RULE", "Applied", "Decisions", "Gazetteer", "Ruling"]

# The recognition rule of a mention that only a decision made a place.
RULE = "decided"
# Decisions on documents outside the run that are told one by one; a project may have thousands.
MAX_UNREAD = 5


class Gazetteer(Protocol):
    """What decisions ask of a gazetteer; `geomap.gazetteer.layered.Layered` answers it."""

    def place(self, id: str, /) -> Place | None:  # noqa: A002 - the field's own name
        """Return a place by its id, or None."""


class Ruling(NamedTuple):
    """What a mention means by a person's decision; `why` is for people."""

    place: Place
    why: str


@dataclass(frozen=True, slots=True)
class Applied:
    """A document's mentions after the decisions: what those decided mean, and which are no places, and why."""

    mentions: tuple[Mention, ...]
    rulings: Mapping[Mention, Ruling] = field(default_factory=dict)
    refused: Mapping[Mention, str] = field(default_factory=dict)


class Decisions:
    """The decisions of a run.  It remembers what matched in the documents it was applied to."""

    def __init__(self, decisions: Sequence[Decision] = (), *, path: Path = Path(), remarks: Sequence[str] = ()) -> None:
        self._decisions = tuple(decisions)
        self._path = path
        self._remarks = tuple(remarks)
        self._of_project = {d.about: d for d in decisions if d.scope is Scope.PROJECT}
        self._of_document: dict[str, list[Decision]] = {}
        for decision in decisions:
            if decision.scope is not Scope.PROJECT:
                self._of_document.setdefault(decision.document, []).append(decision)
        self._documents_read: set[str] = set()
        self._matched: set[int] = set()
        self._missed: dict[int, str] = {}

    @classmethod
    def read(cls, path: Path) -> Decisions:
        """Read a file of decisions; a row that cannot be meant is an InputError with its line."""
        decisions, remarks = read_table(path)
        return cls(decisions, path=path, remarks=remarks)

    def __len__(self) -> int:
        return len(self._decisions)

    def apply(self, document: Document, mentions: Sequence[Mention], gazetteer: Gazetteer) -> Applied:
        """Return the mentions of a document with what was decided about them."""
        if not self._decisions:
            return Applied(tuple(mentions))
        here = self._of_document.get(document.id, [])
        self._documents_read.add(document.id)
        spots = self._spots(document, here, gazetteer)
        named = {d.about: d for d in here if d.scope is Scope.DOCUMENT}
        places = {_span(mention) for mention in mentions if mention.label is Label.PLACE}
        kept: list[Mention] = []
        rulings: dict[Mention, Ruling] = {}
        refused: dict[Mention, str] = {}
        for mention in (*mentions, *_unseen(document, mentions, spots)):
            if _gives_way(mention, spots):
                continue
            decision = self._nearest(document, mention, spots, named, gazetteer, places)
            if decision is None:
                kept.append(mention)
            elif decision.place and (place := gazetteer.place(decision.place)):
                kept.append(_as_place(mention))
                rulings[kept[-1]] = Ruling(place, self._why(decision))
            else:
                refused[mention] = self._why(decision)
        kept.sort(key=lambda mention: (mention.start, -mention.end, mention.label))
        return Applied(tuple(kept), rulings, refused)

    def settings(self) -> tuple[tuple[str, str], ...]:
        """Return what a reader needs to know of the decisions to get the same result again."""
        return (("decisions", f"{len(self)} of {self._path.name}"),) if self._decisions else ()

    def unmatched(self) -> list[str]:
        """Return one line a decision that matched nothing in the documents seen so far, and the file's remarks."""
        unread = [d for d in self._decisions if d.document and d.document not in self._documents_read]
        folded = {d.line for d in unread[MAX_UNREAD:]}
        lines = [*self._remarks]
        lines += [self._told(d) for d in self._decisions if not self._is_settled(d) and d.line not in folded]
        if folded:
            what = f"{len(folded)} more decisions are about documents that were not read"
            lines.append(f"{self._path}: {what} (lines {_listed(folded)})")
        return lines

    def _is_settled(self, decision: Decision) -> bool:
        return decision.line in self._matched and decision.line not in self._missed

    def _told(self, decision: Decision) -> str:
        if decision.document and decision.document not in self._documents_read:
            why = f"the document {decision.document!r} was not read"
        elif decision.scope is Scope.DOCUMENT:
            why = f"{decision.name!r} is not found as a name in {decision.document!r}"
        elif decision.scope is Scope.MENTION:
            why = f"{decision.name!r} is no longer taken for a place in {decision.document!r}"
        else:
            why = f"{decision.name!r} is not found as a name in any document"
        return f"{self._path}:{decision.line}: no longer matches: {self._missed.get(decision.line, why)}"

    def _spots(self, document: Document, here: Iterable[Decision], gazetteer: Gazetteer) -> dict[Span, Decision]:
        """Return where the decisions on single mentions of a document hold."""
        spots: dict[Span, Decision] = {}
        for decision in here:
            if decision.span is None:
                continue
            span = place_of(document.text, decision.name, decision.span)
            if span is None:
                times = sum(1 for _ in occurrences(document.text, decision.name))
                where = "nowhere in it" if not times else f"at {times} other spots, none of them alone nearby"
                at = f"{decision.span.start}-{decision.span.end}"
                self._missed[decision.line] = f"{decision.name!r} is not at {at} of {document.id!r}, but {where}"
            elif self._is_known(decision, gazetteer):
                spots.setdefault(span, decision)
        return spots

    def _nearest(  # noqa: PLR0917 - all there is to know of one mention
        self,
        document: Document,
        mention: Mention,
        spots: Mapping[Span, Decision],
        named: Mapping[tuple[str, Span | None, str], Decision],
        gazetteer: Gazetteer,
        places: set[Span],
    ) -> Decision | None:
        """Return the decision that holds for a mention.  Those it overrules match too: they are not outdated."""
        key = key_of(mention.text)
        about = (spots.get(_span(mention)), named.get((document.id, None, key)), self._of_project.get(("", None, key)))
        found = [decision for decision in about if decision and _may_apply(decision, mention, places)]
        self._matched.update(decision.line for decision in found)
        # All are asked for, the overruled too: what one of them lacked in a first reading may be there now.
        known = [decision for decision in found if self._is_known(decision, gazetteer)]
        return known[0] if known else None

    def _is_known(self, decision: Decision, gazetteer: Gazetteer) -> bool:
        """Say whether the gazetteer has the place of a decision; remember where it does not."""
        if not decision.place or gazetteer.place(decision.place):
            # A run that asks online reads the documents twice, the second time with more places.
            self._missed.pop(decision.line, None)
            return True
        self._missed[decision.line] = f"no layer has a place {decision.place!r}"
        return False

    def _why(self, decision: Decision) -> str:
        # The name alone: a map should not tell which folders its maker has.
        where = f"decided by hand ({self._path.name}:{decision.line})"
        return f"{where}: {decision.note}" if decision.note else where


def _span(mention: Mention) -> Span:
    return Span(mention.start, mention.end)


def _may_apply(decision: Decision, mention: Mention, places: set[Span]) -> bool:
    """Say whether a decision can hold for a mention: of a place, or of a name not known to be something else."""
    if mention.label is Label.PLACE:
        return True
    return bool(decision.place) and not mention.actor_id and _span(mention) not in places


def _as_place(mention: Mention) -> Mention:
    return mention if mention.label is Label.PLACE else replace(mention, label=Label.PLACE, rule=RULE)


def _unseen(document: Document, mentions: Sequence[Mention], spots: Mapping[Span, Decision]) -> Iterator[Mention]:
    """Yield a mention for every place decided on where recognition found no name."""
    seen = {_span(mention) for mention in mentions if mention.label is Label.PLACE or not mention.actor_id}
    for span, decision in spots.items():
        if decision.place and span not in seen:
            yield Mention(*span, document.text[span.start : span.end], Label.PLACE, Role.LITERAL, RULE)


def _gives_way(mention: Mention, spots: Mapping[Span, Decision]) -> bool:
    """Say whether a decided place lies across a mention: "Kila" within "Kfar Kila", or a person of that name.

    An organisation keeps its name: a place inside it is a mention of its own.
    """
    if mention.label is Label.ORGANISATION or _span(mention) in spots:
        return False
    return any(d.place and span.start < mention.end and mention.start < span.end for span, d in spots.items())


def _listed(lines: Iterable[int]) -> str:
    first = sorted(lines)
    more = f" and {len(first) - MAX_UNREAD} more" if len(first) > MAX_UNREAD else ""
    return ", ".join(map(str, first[:MAX_UNREAD])) + more
