"""The switch that lets a command ask online, and what it may then do."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from geomap.gazetteer.online.ask import OnlineReport, UnknownQuery
    from geomap.gazetteer.online.settings import OnlineSettings

__all__ = ["look_up_online", "online_options"]

Command = TypeVar("Command", bound=Callable[..., Any])


def online_options(command: Command) -> Command:
    """Add --online and its settings; the command gets them as `online`, None without --online."""

    @functools.wraps(command)
    def with_settings(
        *args: Any, online: bool, max_requests: int, geocoder: str, endpoint: str, contact: str, **kwargs: Any
    ) -> Any:
        given = {"--endpoint": endpoint, "--contact": contact}
        if not online and any(given.values()):
            option = next(name for name, value in given.items() if value)
            raise click.UsageError(f"{option} says whom to ask and how: it needs --online.")
        return command(*args, online=_settings(max_requests, geocoder, endpoint, contact) if online else None, **kwargs)

    options = (
        click.option(
            "--online",
            is_flag=True,
            help="Ask a geocoding service for names that are in no gazetteer. SENDS THOSE NAMES to the service"
            " (OpenStreetMap's Nominatim unless --geocoder says another), one a second. Answers are remembered.",
        ),
        click.option(
            "--max-requests",
            type=click.IntRange(1),
            default=50,
            show_default=True,
            metavar="N",
            help="With --online: send at most so many requests in this run.",
        ),
        click.option(
            "--geocoder",
            default="nominatim",
            show_default=True,
            metavar="NAME",
            help="With --online: the service to ask, any that geopy knows. A key is read from the environment"
            " variable GEOMAP_GEOCODER_KEY.",
        ),
        click.option(
            "--endpoint",
            default="",
            metavar="URL",
            help="With --online: your own server of that kind, such as http://localhost:8080.",
        ),
        click.option(
            "--contact",
            default="",
            metavar="TEXT",
            help="With --online: a mail address or web page to send along, so that the service can reach you.",
        ),
    )
    decorated: Any = with_settings
    for option in reversed(options):
        decorated = option(decorated)
    return decorated  # type: ignore[no-any-return]


def look_up_online(unknown: Sequence[UnknownQuery], online: OnlineSettings | None) -> OnlineReport | None:
    """Ask for names that no layer knows, and say on stderr how it went; None where nothing was to be asked."""
    if online is None or not unknown:
        return None
    from geomap.gazetteer.home import CACHE_FILE, home
    from geomap.gazetteer.online.ask import ask_all
    from geomap.gazetteer.online.cache import Cache

    with Cache.open(home() / CACHE_FILE) as cache:
        report = ask_all(unknown, cache, online, now=lambda: datetime.now(UTC), sleep=time.sleep, report=_say)
    for line in report.lines():
        _say(line)
    return report


def _settings(max_requests: int, geocoder: str, endpoint: str, contact: str) -> OnlineSettings:
    from geomap.gazetteer.online.settings import OnlineSettings

    return OnlineSettings(geocoder=geocoder, endpoint=endpoint, contact=contact, max_requests=max_requests)


def _say(line: str) -> None:
    click.echo(line, err=True)
