"""Look for what is probably wrong in a layer, before a map shows it.

What no reader could use (a point outside the world, an unknown country, letters lost in conversion) is refused
by `entries.entry_of` and told here line by line; the rules below look at what can be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from geomap.errors import GazetteerError
from geomap.gazetteer.layers.entries import Entry
from geomap.gazetteer.layers.lint_around import (
    block_of_nothing,
    hidden_by_a_nearer_layer,
    near_duplicate,
    place_of_no_layer,
)
from geomap.gazetteer.layers.lint_context import Context, Rule
from geomap.gazetteer.layers.lint_rules import english_word, name_twice, outside_its_country, swapped_coordinates

__all__ = ["RULES", "Finding", "lint", "look_at"]

RULES: tuple[Rule, ...] = (
    swapped_coordinates,
    outside_its_country,
    name_twice,
    english_word,
    near_duplicate,
    place_of_no_layer,
    block_of_nothing,
    hidden_by_a_nearer_layer,
)


class Finding(NamedTuple):
    """What a rule found: in which line (0: in the whole file), how bad it is, what is wrong, and what to do."""

    line: int
    rule: str
    is_error: bool
    problem: str
    remedy: str

    def text(self, path: Path) -> str:
        """Return the finding as a line that editors can jump to."""
        where = f"{path}:{self.line}" if self.line else str(path)
        return f"{where}: {'' if self.is_error else 'warning: '}{self.problem}. {self.remedy}"


def lint(context: Context, problems: Sequence[GazetteerError] = ()) -> list[Finding]:
    """Return all that the rules say of a file, and what its reader refused, in the order of the lines."""
    refused = (Finding(error.line or 0, "readable", True, error.problem, error.hint) for error in problems)  # noqa: FBT003
    found = [*refused, *(finding for entry in context.entries for finding in look_at(entry, context))]
    return sorted(found, key=lambda finding: finding.line)


def look_at(entry: Entry, context: Context) -> Iterator[Finding]:
    """Yield what the rules say of one entry of the context."""
    for rule in RULES:
        for is_error, problem, remedy in rule(entry, context):
            yield Finding(entry.line, rule.__name__, is_error, problem, remedy)
