"""What an import tells: what came in, what was left out and why, and which rows were wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from geomap.errors import GazetteerError
from geomap.gazetteer import tables
from geomap.words import name_key

__all__ = ["MAX_TOLD", "Tally"]

# After so many, a wrong row says nothing new.
MAX_TOLD = 20
_EXAMPLES = 5
# Libanon is spelt nearly as Lebanon, Syrien as Syria; no two countries are spelt so nearly alike.
_NEARLY = 0.7


@dataclass(slots=True)
class Tally:
    """Counts of one import, filled in while its rows stream by."""

    rows: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    unknown_kinds: Counter[str] = field(default_factory=Counter)
    unknown_countries: Counter[str] = field(default_factory=Counter)
    problems: list[GazetteerError] = field(default_factory=list)
    wrong: int = 0
    warnings: list[GazetteerError] = field(default_factory=list)
    warned: int = 0
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

    def warn(self, problem: GazetteerError) -> None:
        """Count a row that came in and looks wrong, and keep the first ones to tell."""
        self.warned += 1
        if len(self.warnings) < MAX_TOLD:
            self.warnings.append(problem)

    def lines(self) -> Iterator[str]:
        """Yield what is to be said beside the wrong rows, a line each."""
        yield from self.remarks
        for counts, what, examples in (
            (self.unknown_kinds, "kinds nobody here knows, taken as places where people live", _most),
            (self.unknown_countries, "countries nobody here knows, left empty", _countries),
        ):
            if counts:
                yield f"unknown   {counts.total():,} {what}: {', '.join(examples(counts))}"
        for reason, count in self.left_out.most_common():
            yield f"left out  {count:,}: {reason}"
        yield from (f"warning   {problem}" for problem in self.warnings)
        if more := self.warned - len(self.warnings):
            yield f"warning   {more:,} more rows look wrong"


def _most(counts: Counter[str]) -> list[str]:
    most = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_EXAMPLES]
    return [repr(word) for word, _ in most]


def _countries(counts: Counter[str]) -> list[str]:
    """Return examples with the codes of the countries that may be meant."""
    return [f"{word}{_meant(word)}" for word in _most(counts)]


def _meant(country: str) -> str:
    near = get_close_matches(name_key(country).lower(), tables.country_names(), n=1, cutoff=_NEARLY)
    return f" ({tables.country_names()[near[0]]}?)" if near else ""
