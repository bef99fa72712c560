"""Turn the bytes of a table into text: UTF-8 first, a byte order mark believed, Windows-1252 told."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from geomap.errors import GazetteerError
from geomap.gazetteer.imports.opening import WHOLE_MAX_BYTES, opened
from geomap.gazetteer.imports.report import Tally

__all__ = ["read_text"]

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HINT = "Save it as CSV, TSV or GeoJSON, in UTF-8"
# Spreadsheets are zips of XML; maps are KML or GPX.
_MARKUP = re.compile(rb"(\xef\xbb\xbf)?\s*<(\?xml|!doctype|html|kml|gpx|svg)\b", re.IGNORECASE)
# What text has none of: all control characters but tab, line ends, form feed, end of file and escape.
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x19\x1c-\x1f\x7f]")
_HEAD_BYTES = 4096
# A stray control character comes with copied text; in packed bytes they are one in ten.
_BYTES_A_CONTROL = 50


def read_text(path: Path, tally: Tally) -> str:
    """Return the text of a file, plain or zipped, with plain line ends."""
    with opened(path, max_bytes=WHOLE_MAX_BYTES) as (stream, _):
        content = stream.read()
    encoding = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), "utf-8")
    if encoding != "utf-16":
        _check_text(content, path)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        if encoding != "utf-8":
            raise GazetteerError(f"this is not {encoding}", path=path, line=line, hint="Save it as UTF-8") from error
        text = _western(content, path, line)
        tally.remarks.append(f"{path}:{line}: this is not UTF-8: the file was read as Windows-1252")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _check_text(content: bytes, path: Path) -> None:
    """Refuse pictures, packed files and the like, which Windows-1252 would turn into letters."""
    head = content[:_HEAD_BYTES]
    # Text in UTF-16 without its mark has zeros, too.
    if b"\0" in content or len(_CONTROLS.findall(head)) * _BYTES_A_CONTROL > len(head):
        raise GazetteerError("this is no text", path=path, hint=_HINT)
    if _MARKUP.match(content):
        raise GazetteerError("this is XML or HTML, or a spreadsheet, and no table", path=path, hint=_HINT)


def _western(content: bytes, path: Path, line: int) -> str:
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise GazetteerError("neither UTF-8 nor Windows-1252", path=path, line=line, hint="Save it as UTF-8") from error
