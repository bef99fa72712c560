"""What an import tells: what came in, what was left out and why, and which rows were wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from geomap.errors import GazetteerError

__all__ = ["MAX_TOLD", "Tally"]

# After so many, a wrong row says nothing new.
MAX_TOLD = 20
_EXAMPLES = 5


@dataclass(slots=True)
class Tally:
    """Counts of one import, filled in while its rows stream by."""

    rows: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    unknown_kinds: Counter[str] = field(default_factory=Counter)
    unknown_countries: Counter[str] = field(default_factory=Counter)
    problems: list[GazetteerError] = field(default_factory=list)
    wrong: int = 0
    remarks: list[str] = field(default_factory=list)

    @property
    def left_out_rows(self) -> int:
        """Return how many things were left out so far."""
        return self.left_out.total()

    def refuse(self, problem: GazetteerError) -> None:
        """Count a wrong row, and keep the first ones to tell."""
        self.wrong += 1
        if len(self.problems) < MAX_TOLD:
            self.problems.append(problem)

    def lines(self) -> Iterator[str]:
        """Yield what is to be said beside the wrong rows, a line each."""
        yield from self.remarks
        for counts, what in (
            (self.unknown_kinds, "kinds nobody here knows, taken as places where people live"),
            (self.unknown_countries, "countries nobody here knows, left empty"),
        ):
            if counts:
                examples = ", ".join(repr(word) for word, _ in _most(counts))
                yield f"unknown   {counts.total():,} {what}: {examples}"
        for reason, count in self.left_out.most_common():
            yield f"left out  {count:,}: {reason}"


def _most(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_EXAMPLES]
