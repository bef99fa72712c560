"""Carry one question to an online service and its answer back, within limits of time and size.

geopy builds the address and reads the answer; this is what it sends with.  Its own carriers repeat what
failed, follow redirects anywhere and wait for ever on an answer that trickles.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse
from io import BufferedReader, RawIOBase
from socket import socket
from typing import IO, Any, NoReturn, Self

from geomap.gazetteer.online.remembered import AskOutcome

__all__ = ["ServiceError", "Wire"]

# An answer of five places with every name has some 20 kB.
_BODY_MAX_BYTES = 2_000_000
_CHUNK_BYTES = 65_536
# What the service sends beside an error is often a sentence worth reading, seldom more.
_EXCERPT_MAX_CHARS = 120
_OK, _REDIRECT, _CLIENT_ERROR = 200, 300, 400
_REFUSALS = frozenset({401, 402, 403, 407, 451})
_BUSY = frozenset({429, 503})


class ServiceError(Exception):
    """A question that got no answer: how that counts, and what to tell.  It never leaves the gazetteer.

    `retry_after_s` is set when the service asked to be left alone: 0 where it did not say for how long.
    """

    def __init__(
        self, detail: str, *, outcome: AskOutcome = AskOutcome.FAILED, retry_after_s: float | None = None
    ) -> None:
        super().__init__(detail)
        self.detail, self.outcome, self.retry_after_s = detail, outcome, retry_after_s


class _Timed(RawIOBase):
    """The bytes of a socket, all of which must come within the time that it gives a single one."""

    def __init__(self, source: RawIOBase, connection: socket) -> None:
        self._source, self._socket = source, connection
        self._give_up_at = time.monotonic() + (connection.gettimeout() or 0.0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left_s = self._give_up_at - time.monotonic()
        if left_s <= 0:
            raise TimeoutError
        self._socket.settimeout(left_s)
        return self._source.readinto(buffer)

    def close(self) -> None:
        self._source.close()
        super().close()


class _Response(HTTPResponse):
    """An answer that may not trickle, neither its headers nor its body."""

    def __init__(self, sock: socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp = BufferedReader(_Timed(self.fp.detach(), sock))


class Wire:
    """What geopy calls an adapter.  `body` is the last answer, exactly as it came."""

    def __init__(self) -> None:
        from urllib.request import HTTPHandler, HTTPRedirectHandler, HTTPSHandler, build_opener

        def timed(connection: Any) -> Any:
            """Return a maker of connections that are read against the clock."""

            def made(*args: Any, **kwargs: Any) -> Any:
                opened = connection(*args, **kwargs)
                opened.response_class = _Response
                return opened

            return made

        class Http(HTTPHandler):
            def do_open(self, http_class: Any, *args: Any, **kwargs: Any) -> Any:
                return super().do_open(timed(http_class), *args, **kwargs)

        class Https(HTTPSHandler):
            def do_open(self, http_class: Any, *args: Any, **kwargs: Any) -> Any:
                return super().do_open(timed(http_class), *args, **kwargs)

        class Stay(HTTPRedirectHandler):
            """A redirect is an answer like any other: whoever was to be asked is asked, and nobody else."""

            def redirect_request(self, *_: Any) -> None:
                return None

        # Proxies come from the environment, certificates from the system, as everywhere in Python.
        self._open = build_opener(Stay(), Http(), Https()).open
        self.body = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any:
        """Return the answer as JSON, which knows no NaN."""
        text = self.get_text(url, timeout=timeout, headers=headers)
        try:
            return json.loads(text, parse_constant=_refuse_constant)
        except (ValueError, RecursionError) as error:
            raise ServiceError(f"the answer is no JSON: {_excerpt(text)}") from error

    def get_text(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> str:
        """Ask once, and return the answer; `timeout` is for the connection, and again for the whole answer."""
        from urllib.error import HTTPError
        from urllib.request import Request

        self.body = ""
        try:
            with self._open(Request(url, headers=dict(headers)), timeout=timeout) as response:  # noqa: S310 - http(s)
                body = _read(response)
        except HTTPError as error:
            with error:
                raise _refusal(
                    error.code, {name.lower(): value for name, value in error.headers.items()}, error
                ) from error
        except (OSError, HTTPException) as error:
            raise _failure(error, timeout) from error
        try:
            self.body = body.decode("utf-8")
        except UnicodeDecodeError as error:
            raise ServiceError("the answer is no UTF-8") from error
        return self.body


def _read(response: HTTPResponse) -> bytes:
    """Read a body that may be cut short or endless."""
    chunks, size = [], 0
    while chunk := response.read1(_CHUNK_BYTES):
        size += len(chunk)
        if size > _BODY_MAX_BYTES:
            raise ServiceError(f"the answer is longer than {_BODY_MAX_BYTES:,} bytes")
        chunks.append(chunk)
    if response.length:
        raise ServiceError(f"the answer was cut off {response.length:,} bytes before its end")
    return b"".join(chunks)


def _refusal(status: int, headers: Mapping[str, str], body: IO[bytes]) -> ServiceError:
    """Say what a status other than 2xx means."""
    if status < _CLIENT_ERROR:
        return ServiceError(f"status {status}, a redirect to {_shown(headers.get('location', 'nowhere'))}")
    try:
        said = _excerpt(body.read(_CHUNK_BYTES).decode("utf-8", "replace"))
    except (OSError, HTTPException):
        said = ""
    detail = f"status {status}" + (f": {said}" if said else "")
    if status in _REFUSALS:
        return ServiceError(detail, outcome=AskOutcome.FORBIDDEN)
    return ServiceError(detail, retry_after_s=_seconds(headers.get("retry-after", "")) if status in _BUSY else None)


def _failure(error: Exception, timeout: float) -> ServiceError:
    """Say in few words why there was no answer."""
    reason = getattr(error, "reason", error)
    if isinstance(reason, TimeoutError):
        return ServiceError(f"no answer within {timeout:g} s")
    return ServiceError(f"the connection failed: {_shown(str(reason) or type(reason).__name__)}")


def _seconds(header: str) -> float:
    """Return what Retry-After asks for, as seconds or as a date; 0 where it makes no sense."""
    if header.strip().isdecimal():
        return float(header)
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - time.time())
    except ValueError:
        return 0.0


def _excerpt(text: str) -> str:
    if text.lstrip()[:1] == "<":
        return "a web page"
    return _shown(text)


def _shown(text: str) -> str:
    plain = "".join(c if c.isprintable() else " " for c in text[: 4 * _EXCERPT_MAX_CHARS])
    return " ".join(plain.split())[:_EXCERPT_MAX_CHARS] or "nothing at all"


def _refuse_constant(word: str) -> NoReturn:
    raise ValueError(word)
