"""Ask online services for names that no layer knows: each question once, at a walking pace, within a limit.

Every name ends in exactly one way, and the report counts them all.  What comes back is remembered at
once, and nothing is taken from here into a map but through the cache.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from geomap.gazetteer.online.cache import Cache
from geomap.gazetteer.online.remembered import AskOutcome, Keeping, Question, Remembered, is_sound
from geomap.gazetteer.online.service import OnlineService, Reply
from geomap.gazetteer.online.settings import OnlineSettings
from geomap.words import name_key

__all__ = ["Fate", "OnlineReport", "OnlineSettings", "UnknownQuery", "ask_all"]

# A service that fails so often on end has more to do than to be asked again.
_FAILURES_IN_A_ROW = 3
# Who says "later" without saying when gets this long; who says "in an hour" is asked in another run.
_REST_S = 5.0
_LONGEST_REST_S = 60.0
# A mistyped Retry-After must not close a service for ever.
_LONGEST_PAUSE_S = 86_400.0
_FORBIDDEN_REMEDY = "Read its usage policy, give --contact, or ask a server of your own with --endpoint"
# Longer pauses are told, so that nobody takes them for a program that hangs.
_TOLD_WAIT_S = 2.0
# Longer is no name.
_NAME_MAX_CHARS = 100


class UnknownQuery(NamedTuple):
    """A name to ask for; `country` (ISO 3166-1 alpha-2) is where it probably lies, '' for no idea."""

    name: str
    country: str = ""


class Fate(StrEnum):
    """How asking for one name ended; the text is for people."""

    FOUND = "found"
    NOT_FOUND = "not found"
    FAILED = "failed"
    FORBIDDEN = "forbidden"
    REMEMBERED = "known from the cache"  # found or not found by an earlier run
    WAITING = "failed a moment ago, not asked again yet"
    OVER_LIMIT = "not asked, --max-requests reached"
    STOPPED = "not asked, the service stopped answering"
    UNFIT = "not asked, no name to ask for"


_FATES = {
    AskOutcome.FOUND: Fate.FOUND,
    AskOutcome.NOT_FOUND: Fate.NOT_FOUND,
    AskOutcome.FAILED: Fate.FAILED,
    AskOutcome.FORBIDDEN: Fate.FORBIDDEN,
}


@dataclass(frozen=True, slots=True)
class OnlineReport:
    """What became of all names; `fates` adds up to `names`.  `stopped` says why asking ended early, or ''."""

    names: int
    requests: int
    fates: tuple[tuple[Fate, int], ...]
    stopped: str = ""

    def count(self, fate: Fate) -> int:
        """Return how many names ended so."""
        return dict(self.fates).get(fate, 0)

    def lines(self) -> list[str]:
        """Return the report for people, a line each."""
        told = ", ".join(f"{count} {fate}" for fate, count in self.fates) or "nothing to ask"
        return [f"online    {self.names} names, {self.requests} requests: {told}"] + (
            [f"stopped   {self.stopped}"] if self.stopped else []
        )


def ask_all(
    names: Sequence[UnknownQuery],
    cache: Cache,
    settings: OnlineSettings,
    *,
    now: Callable[[], datetime],
    sleep: Callable[[float], object],
    report: Callable[[str], object],
    keeping: Keeping | None = None,
) -> OnlineReport:
    """Ask for every name once, with the hint of its country first; remember each answer as it comes."""
    service = OnlineService(settings)
    run = _Run(service, cache, settings, keeping or Keeping(), now, sleep, report)
    wanted = dict.fromkeys(UnknownQuery(" ".join(name.split()), country.upper()) for name, country in names)
    fates = Counter(run.settle(query) for query in wanted)
    return OnlineReport(
        len(wanted), run.requests, tuple((fate, fates[fate]) for fate in Fate if fates[fate]), run.stopped
    )


@dataclass(slots=True)
class _Run:
    """One run: how many requests were sent, and whether to go on."""

    service: OnlineService
    cache: Cache
    settings: OnlineSettings
    keeping: Keeping
    now: Callable[[], datetime]
    sleep: Callable[[float], object]
    report: Callable[[str], object]
    requests: int = 0
    failures: int = 0  # on end
    stopped: str = ""

    def settle(self, query: UnknownQuery) -> Fate:
        """Say how one name ends: the same question without the hint follows a "not found" with it."""
        if not name_key(query.name) or len(query.name) > _NAME_MAX_CHARS or not is_sound(query.name):
            return Fate.UNFIT
        fate = Fate.UNFIT
        for question in self._questions(query):
            fate, found = self._settle(question)
            if found or fate not in {Fate.NOT_FOUND, Fate.REMEMBERED}:
                break
        return fate

    def _questions(self, query: UnknownQuery) -> Iterator[Question]:
        hints = dict.fromkeys((query.country, ""))
        yield from dict.fromkeys(self.service.question(query.name, country) for country in hints)

    def _settle(self, question: Question) -> tuple[Fate, bool]:
        """Return how one question ends, and whether a place was found."""
        if known := self._known(question):
            return known
        if hindrance := self._hindrance() or self._wait():
            return hindrance, False
        # Another process may have asked the same while we waited for our turn.
        if known := self._known(question):
            return known
        reply = self._ask(question)
        if reply.rest_s is not None and self._rest(reply.rest_s) and not (self._hindrance() or self._wait()):
            reply = self._ask(question)
            if reply.rest_s is not None:
                self._stop(f"{self.service.endpoint} is too busy to answer ({reply.detail})")
        return _FATES[reply.outcome], reply.outcome is AskOutcome.FOUND

    def _known(self, question: Question) -> tuple[Fate, bool] | None:
        row = self.cache.get(question)
        if row is None or not self.keeping.is_current(row, self.now()):
            return None
        if row.outcome in {AskOutcome.FAILED, AskOutcome.FORBIDDEN}:
            return Fate.WAITING, False
        return Fate.REMEMBERED, row.outcome is AskOutcome.FOUND

    def _hindrance(self) -> Fate | None:
        """Return what forbids another request, or None."""
        if self.stopped:
            return Fate.STOPPED
        return Fate.OVER_LIMIT if self.requests >= self.settings.max_requests else None

    def _wait(self) -> Fate | None:
        """Wait until the service may be asked, by all processes together once a second."""
        rest_s = self.cache.rest_s(self.service.endpoint, now=self.now())
        if rest_s > _LONGEST_REST_S:
            self._stop(f"{self.service.endpoint} asked to be left alone for another {rest_s:.0f} s")
            return Fate.STOPPED
        wait_s = self.cache.take_turn(self.service.endpoint, now=self.now(), pace_s=self.settings.pace_s)
        if wait_s > _TOLD_WAIT_S:
            self.report(f"{'waiting':<10}{wait_s:.0f} s for {self.service.endpoint}")
        if wait_s > 0:
            self.sleep(wait_s)
        return None

    def _ask(self, question: Question) -> Reply:
        self.requests += 1
        reply = self.service.ask(question)
        self.cache.put(
            Remembered(
                question, reply.outcome, self.now(), reply.answers, reply.raw, reply.licence, reply.detail,
                reply.latency_ms,
            )
        )  # fmt: skip
        self.report(_line(question, reply))
        if reply.outcome is AskOutcome.FORBIDDEN:
            self._stop(f"{self.service.endpoint} does not want to be asked ({reply.detail}). {_FORBIDDEN_REMEDY}")
        self.failures = self.failures + 1 if reply.outcome is AskOutcome.FAILED else 0
        if self.failures >= _FAILURES_IN_A_ROW:
            self._stop(f"{self.service.endpoint} failed {self.failures} times on end ({reply.detail})")
        return reply

    def _rest(self, rest_s: float) -> bool:
        """Leave the service alone for as long as it asked; say whether this run can wait for it."""
        pause_s = min(rest_s or _REST_S, _LONGEST_PAUSE_S)
        self.cache.rest(self.service.endpoint, self.now() + timedelta(seconds=pause_s))
        if pause_s > _LONGEST_REST_S:
            self._stop(f"{self.service.endpoint} asked to be left alone for {rest_s:.0f} s")
        return not self.stopped

    def _stop(self, why: str) -> None:
        self.stopped = self.stopped or why


def _line(question: Question, reply: Reply) -> str:
    asked = f"{question.name} ({question.country})" if question.country else question.name
    if reply.outcome is not AskOutcome.FOUND:
        return f"{reply.outcome.replace('_', ' '):<10}{asked}" + (f": {reply.detail}" if reply.detail else "")
    first, more = reply.answers[0], len(reply.answers) - 1
    others = f" and {more} more" if more else ""
    return f"{'found':<10}{asked}: {first.address or first.name}, {first.lat:.4f} {first.lon:.4f}{others}"
