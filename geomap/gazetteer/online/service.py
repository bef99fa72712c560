"""Ask one online service one question through geopy; the only door to its geocoders.

Whatever the service does, the outcome is a value: found, not found, failed or forbidden.
"""

from __future__ import annotations

import inspect
import json
import os
import time
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geomap.errors import InputError
from geomap.gazetteer.online.answers import kind_of, read_answer, service_of
from geomap.gazetteer.online.remembered import Answer, AskOutcome, Question
from geomap.gazetteer.online.settings import OnlineSettings, server_of
from geomap.gazetteer.online.wire import ServiceError, Wire

__all__ = ["OnlineService", "Reply"]

# Homonyms past the fifth are streets and shops.
_ANSWERS = 5
# The ways in which geopy's geocoders take a key.
_KEYS = ("api_key", "apikey", "access_token", "auth_token", "subscription_key", "username")
# What readers of JSON raise over an answer of the wrong shape, geopy's included.
_GARBAGE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of one request.  `rest_s` is set when the service asked to be left alone, 0 if not for how long."""

    outcome: AskOutcome
    answers: tuple[Answer, ...] = ()
    raw: str = ""
    licence: str = ""
    detail: str = ""
    latency_ms: int = 0
    rest_s: float | None = None


class OnlineService:
    """A geocoder of geopy's, ready to be asked."""

    def __init__(self, settings: OnlineSettings) -> None:
        self.provider = settings.geocoder.lower()
        made = _geocoder_class(self.provider)
        self._wire = Wire()
        arguments = _arguments(made, settings, self._wire)
        try:
            self._geocoder = made(**arguments)
        except (ValueError, TypeError) as error:
            hint = "Choose another --geocoder"
            raise InputError(
                f"{settings.geocoder} cannot be set up ({error})", where="--geocoder", hint=hint
            ) from error
        self._secrets = [str(arguments[name]) for name in _KEYS if arguments.get(name)]
        self._takes = inspect.signature(self._geocoder.geocode).parameters
        self._language = settings.language
        domain = getattr(self._geocoder, "domain", "")
        self.endpoint = f"{self._geocoder.scheme}://{domain}" if domain else self.provider
        self._hint = service_of(self.provider).hint

    def question(self, name: str, country: str) -> Question:
        """Return what would be asked; a service that takes no hint of the country gets none."""
        language = self._language if "language" in self._takes else ""
        return Question(name, country.upper() if self._hint else "", language, self.provider, self.endpoint)

    def ask(self, question: Question) -> Reply:
        """Send one request, and say what came of it."""
        began = time.monotonic()
        try:
            reply = self._answered(question)
        except ServiceError as error:
            reply = Reply(error.outcome, detail=self._hide(error.detail), rest_s=error.retry_after_s)
        latency_ms = round((time.monotonic() - began) * 1000)
        return Reply(reply.outcome, reply.answers, reply.raw, reply.licence, reply.detail, latency_ms, reply.rest_s)

    def _answered(self, question: Question) -> Reply:
        from geopy.exc import (
            GeocoderAuthenticationFailure,
            GeocoderInsufficientPrivileges,
            GeocoderQuotaExceeded,
            GeopyError,
        )

        try:
            with warnings.catch_warnings():
                # geopy warns of coordinates out of range before it refuses them.
                warnings.simplefilter("ignore")
                located = self._geocoder.geocode(question.name, **self._options(question))
            answers = [
                read_answer(self.provider, at.raw, address=at.address, lat=at.latitude, lon=at.longitude)
                for at in located or ()
            ]
        except (GeocoderAuthenticationFailure, GeocoderInsufficientPrivileges, GeocoderQuotaExceeded) as error:
            raise ServiceError(_brief(error), outcome=AskOutcome.FORBIDDEN) from error
        except (GeopyError, *_GARBAGE) as error:
            raise ServiceError(f"the answer makes no sense ({_brief(error)})") from error
        body = self._wire.body
        told = _parsed(body)
        # "Nothing" must be what the service said, and not merely what geopy understood of an odd answer.
        if not answers and told != [] and not (isinstance(told, dict) and told):
            raise ServiceError(f"the answer makes no sense ({body[:40]!r})")
        usable = tuple(answer for answer in answers if kind_of(self.provider, answer))
        licence = _licence(told) or service_of(self.provider).licence
        if not usable:
            ignored = f"{len(answers)} answers, none of them a place" if answers else ""
            return Reply(AskOutcome.NOT_FOUND, raw=body, licence=licence, detail=ignored)
        return Reply(AskOutcome.FOUND, usable, body, licence)

    def _options(self, question: Question) -> dict[str, Any]:
        wanted: dict[str, Any] = {
            "exactly_one": False, "limit": _ANSWERS, "addressdetails": True, "language": question.language,
        }  # fmt: skip
        if question.country:
            country = question.country.lower()
            wanted[self._hint] = [country] if self._hint == "countries" else country
        return {name: value for name, value in wanted.items() if name in self._takes and value != ""}

    def _hide(self, detail: str) -> str:
        for secret in self._secrets:
            detail = detail.replace(secret, "***")
        return detail


def _geocoder_class(provider: str) -> Any:
    from geopy.exc import GeocoderNotFound
    from geopy.geocoders import SERVICE_TO_GEOCODER, get_geocoder_for_service

    try:
        return get_geocoder_for_service(provider)
    except GeocoderNotFound as error:
        hint = f"geopy knows: {', '.join(sorted(SERVICE_TO_GEOCODER))}"
        raise InputError(f"there is no geocoder called {provider!r}", where="--geocoder", hint=hint) from error


def _arguments(made: Any, settings: OnlineSettings, wire: Wire) -> dict[str, Any]:
    """Return what a geocoder is made with: what it takes of the settings, and its key."""
    from geopy.adapters import BaseSyncAdapter

    # Deriving from geopy's class would load geopy with every import of `wire`.
    BaseSyncAdapter.register(Wire)
    takes = inspect.signature(made.__init__).parameters
    wanted: dict[str, Any] = {
        "user_agent": settings.user_agent, "timeout": settings.timeout_s, "adapter_factory": lambda **_: wire,
    }  # fmt: skip
    if settings.endpoint:
        if "domain" not in takes or "scheme" not in takes:
            hint = "Leave --endpoint out, or choose a geocoder that runs on own servers, such as nominatim"
            raise InputError(f"{settings.geocoder} has one address only", where="--endpoint", hint=hint)
        wanted["scheme"], wanted["domain"] = server_of(settings.endpoint)
    key = os.environ.get(settings.key_variable, "")
    # A user name with a password to it is no key.
    slot = next((name for name in _KEYS if name in takes and "password" not in takes), "")
    if key and slot:
        wanted[slot] = key
    lacking = [name for name, one in takes.items() if one.default is one.empty and name not in {"self", *wanted}]
    if lacking:
        remedies = {slot: f"Set the environment variable {settings.key_variable} to it", "domain": "Give --endpoint"}
        hint = next((remedies[name] for name in lacking if name in remedies), "Choose another")
        raise InputError(f"{settings.geocoder} needs {', '.join(lacking)}", where="--geocoder", hint=hint)
    return {name: value for name, value in wanted.items() if name in takes}


def _parsed(body: str) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None


def _licence(told: Any) -> str:
    """Return the licence line that an answer brings; Nominatim writes it into every place."""
    first = told[0] if isinstance(told, list) and told else told
    said = (first.get("licence") or first.get("attribution")) if isinstance(first, Mapping) else None
    return " ".join(said.split())[:200] if isinstance(said, str) and said.isprintable() else ""


def _brief(error: Exception) -> str:
    said = " ".join(str(error).split())[:100]
    return said or type(error).__name__
