"""Look for what is probably wrong in a layer, before a map shows it.

What no reader could use (a point outside the world, an unknown country, letters lost in conversion) is refused
by `entries.entry_of` and told here line by line; the rules of `lint_rules` look at what can be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from geomap.errors import GazetteerError
from geomap.gazetteer.layers.entries import Entry
from geomap.gazetteer.layers.lint_rules import RULES, Context

__all__ = ["Finding", "lint", "look_at"]


class Finding(NamedTuple):
    """What a rule found: in which line, how bad it is, what is wrong, and what to do."""

    line: int
    rule: str
    is_error: bool
    problem: str
    remedy: str

    def text(self, path: Path) -> str:
        """Return the finding as a line that editors can jump to."""
        return f"{path}:{self.line}: {'' if self.is_error else 'warning: '}{self.problem}. {self.remedy}"


def lint(context: Context, problems: Sequence[GazetteerError] = ()) -> list[Finding]:
    """Return all that the rules say of a file, and what its reader refused, in the order of the lines."""
    refused = (Finding(error.line or 1, "readable", True, error.problem, error.hint) for error in problems)  # noqa: FBT003
    found = [*refused, *(finding for entry in context.entries for finding in look_at(entry, context))]
    return sorted(found, key=lambda finding: finding.line)


def look_at(entry: Entry, context: Context) -> Iterator[Finding]:
    """Yield what the rules say of one entry of the context."""
    for rule in RULES:
        for is_error, problem, remedy in rule(entry, context):
            yield Finding(entry.line, rule.__name__, is_error, problem, remedy)
