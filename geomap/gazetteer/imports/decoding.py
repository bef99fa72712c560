"""Turn the bytes of a table into text: UTF-8 first, a byte order mark believed, Windows-1252 told."""

from __future__ import annotations

import codecs
from pathlib import Path

from geomap.errors import GazetteerError
from geomap.gazetteer.imports.opening import opened
from geomap.gazetteer.imports.report import Tally

__all__ = ["read_text"]

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_text(path: Path, tally: Tally) -> str:
    """Return the text of a file, plain or zipped, with plain line ends."""
    with opened(path) as (stream, _):
        content = stream.read()
    encoding = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        if encoding != "utf-8":
            raise GazetteerError(f"this is not {encoding}", path=path, line=line, hint="Save it as UTF-8.") from error
        text = _western(content, path, line)
        tally.remarks.append(f"{path}:{line}: this is not UTF-8: the file was read as Windows-1252")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _western(content: bytes, path: Path, line: int) -> str:
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise GazetteerError(
            "neither UTF-8 nor Windows-1252", path=path, line=line, hint="Save it as UTF-8."
        ) from error
