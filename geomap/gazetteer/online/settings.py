"""Whom to ask online, and within which limits: one frozen value, checked when it is made."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from geomap.errors import InputError

__all__ = ["OnlineSettings", "server_of"]

# The clause of Nominatim's policy: an absolute maximum of one request a second.
_PUBLIC_PACE_S = 1.0
# A queue of more than ten such pauses would look like a clock that was set back: see `Cache.take_turn`.
_LONGEST_PACE_S = 60.0
# Beyond this it is bulk geocoding, which public services forbid.
_PUBLIC_MAX_REQUESTS = 1_000
_PROJECT = "geo-mention-mapper"


@dataclass(frozen=True, slots=True)
class OnlineSettings:
    """Whom to ask, and within which limits.

    `endpoint` is the address of an own server, '' for the geocoder's public one.  `contact` goes into the
    User-Agent, so that whoever runs the service can write.  An API key stands in the environment only.
    """

    geocoder: str = "nominatim"
    endpoint: str = ""
    contact: str = ""
    max_requests: int = 50
    pace_s: float = _PUBLIC_PACE_S
    timeout_s: float = 10.0
    language: str = "en"
    key_variable: str = "GEOMAP_GEOCODER_KEY"

    def __post_init__(self) -> None:
        if not 0 <= self.pace_s <= _LONGEST_PACE_S:
            problem = f"{self.pace_s:g} s is no time between two requests"
            raise InputError(problem, where="pace_s", hint=f"Give 0 to {_LONGEST_PACE_S:g} seconds")
        if self.pace_s < _PUBLIC_PACE_S and not self.endpoint:
            hint = "Public services allow one request a second: only your own server may be asked faster"
            raise InputError(f"{self.pace_s:g} s between two requests is too little", where="pace_s", hint=hint)
        if self.max_requests > _PUBLIC_MAX_REQUESTS and not self.endpoint:
            hint = f"Public services forbid bulk use: ask at most {_PUBLIC_MAX_REQUESTS:,}, or your own server"
            raise InputError(f"{self.max_requests:,} requests are too many", where="--max-requests", hint=hint)
        if not (self.contact.isascii() and self.contact.isprintable()):
            hint = "Give a mail address or a web page, in plain ASCII"
            raise InputError(f"{self.contact!r} cannot be sent in a header", where="--contact", hint=hint)
        if self.endpoint:
            server_of(self.endpoint)

    @property
    def user_agent(self) -> str:
        """Return how geomap introduces itself."""
        import geomap

        return f"geomap/{geomap.__version__} (+{'; '.join(filter(None, (_PROJECT, self.contact)))})"


def server_of(endpoint: str) -> tuple[str, str]:
    """Return scheme and domain of an address, the domain with its path, as geopy wants them."""
    hint = "Write it like http://localhost:8080"
    try:
        parts = urlsplit(endpoint)
    except ValueError as error:
        raise InputError(f"{endpoint!r} is no address ({error})", where="--endpoint", hint=hint) from error
    if parts.username is not None:
        # It would stand in the cache, and on the screen of whoever reads a message.
        raise InputError("an address with a user name or password in it is not used", where="--endpoint", hint=hint)
    odd = parts.query or parts.fragment or not endpoint.isprintable() or " " in endpoint
    if parts.scheme not in {"http", "https"} or not parts.hostname or odd:
        raise InputError(f"{endpoint!r} is no address of a server", where="--endpoint", hint=hint)
    return parts.scheme, parts.netloc + parts.path.rstrip("/").removesuffix("/search")
