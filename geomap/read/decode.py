"""Turn bytes into text: which encoding they are in, or what they are instead of text.

A mark at the beginning decides; then zeros (UTF-16 writes English with a zero in every pair);
then UTF-8; and Windows-1252 last, with a warning, because every byte means something in it.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from geomap.errors import InputError

__all__ = ["MAX_BYTES", "Decoded", "clean", "decode", "is_wide"]

# The largest text read in one piece.  A book is 1 MB; more than this is data, or a mistake, and every
# megabyte of text takes some 100 MB of memory while its names are sought.
MAX_BYTES = 20 * 2**20
_MAX_MB = MAX_BYTES // 2**20

# Enough to tell what a file is, little enough to look at byte by byte.
SAMPLE_BYTES = 8192
# In UTF-16 the spaces and digits of any script have a zero in one half; by chance, bytes do not.
UTF16_MIN_SHARE = 0.05
# Control characters beyond this share mean that a machine, not a person, is to read the bytes.
CONTROL_MAX_SHARE = 0.02

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins as UTF-16's mark does: first
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Signatures made of letters are long enough that no text begins with them.
_SIGNATURES = (
    (re.compile(rb"\x89PNG"), "a PNG picture"),
    (re.compile(rb"\xff\xd8\xff"), "a JPEG picture"),
    (re.compile(rb"GIF8[79]a"), "a GIF picture"),
    (re.compile(rb"%PDF-"), "a PDF"),
    (re.compile(rb"PK(?:\x03\x04|\x05\x06)"), "a ZIP archive or an office document"),
    (re.compile(rb"\x1f\x8b"), "a gzip archive"),
    (re.compile(rb"BZh[1-9]1AY"), "a bzip2 archive"),
    (re.compile(rb"\xfd7zXZ"), "an xz archive"),
    (re.compile(rb"7z\xbc\xaf"), "a 7-Zip archive"),
    (re.compile(rb"\x28\xb5\x2f\xfd"), "a zstd archive"),
    (re.compile(rb"\xd0\xcf\x11\xe0"), "an old office document"),
    (re.compile(rb"SQLite format 3\0"), "an SQLite database"),
    (re.compile(rb"PAR1[\x15\0]"), "a Parquet table"),
    (re.compile(rb"\x7fELF|MZ[\x90\0]"), "a program"),
    (re.compile(rb"\{\\rtf"), "a rich text document"),
    (re.compile(rb"RIFF....(?:WEBP|WAVE|AVI )", re.DOTALL), "a picture, sound or film"),
    (re.compile(rb"....ftyp", re.DOTALL), "a film or a HEIC picture"),
    (re.compile(rb"ID3[\x02-\x04]"), "a sound"),
)
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1b")
_SURROGATE = re.compile("[\ud800-\udfff]")
_TO_DO = "Save it as plain text in UTF-8"


class Decoded(NamedTuple):
    """The text of some bytes, and what a reader should know of how it was found."""

    text: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, *, where: str, line: int | None = None) -> Decoded:
    """Return the text of `data`, or raise InputError when it is no text."""
    if len(data) > MAX_BYTES:
        problem = f"holds more than {_MAX_MB} MB, the most that is read as one text"
        raise InputError(problem, where=where, line=line, hint="Split it, or give JSONL with one document a line")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, where=where, line=line)
    _refuse_binary(data, where=where, line=line)
    sample = data[:SAMPLE_BYTES]
    if b"\0" in sample:
        encoding = _utf16_by_zeros(sample)
        if not encoding:
            raise InputError("holds binary data, not text", where=where, line=line, hint=_TO_DO)
        text = _strictly(data, encoding, where=where, line=line).text
        return Decoded(text, (f"read as {encoding.upper()}: it has no byte order mark",))
    if len(sample.translate(None, _CONTROLS)) < (1 - CONTROL_MAX_SHARE) * len(sample):
        raise InputError("holds binary data, not text", where=where, line=line, hint=_TO_DO)
    return _utf8_or_windows(data)


def is_wide(data: bytes) -> bool:
    """Say whether `data` begins as UTF-16 or UTF-32 does: with their mark, or with zeros."""
    return (
        any(data.startswith(mark) for mark, encoding in _MARKS if encoding != "utf-8") or b"\0" in data[:SAMPLE_BYTES]
    )


def clean(text: str) -> Decoded:
    r"""Replace the halves of characters that JSON's `\ud83d` can smuggle in; every offset stays."""
    fixed, count = _SURROGATE.subn("\ufffd", text)
    many = "s" * (count > 1)
    note = f"{count} half character{many} (lone surrogate{many}) replaced by U+FFFD"
    return Decoded(fixed, (note,) if count else ())


def _refuse_binary(data: bytes, *, where: str, line: int | None) -> None:
    for signature, name in _SIGNATURES:
        if signature.match(data):
            raise InputError(f"looks like {name}, not text", where=where, line=line, hint=_TO_DO)


def _utf16_by_zeros(sample: bytes) -> str:
    """Return which UTF-16 the zeros of a sample speak for, or ''."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    most, least = max(even, odd), min(even, odd)
    if most < UTF16_MIN_SHARE * len(sample) / 2 or least * 10 > most:
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _strictly(data: bytes, encoding: str, *, where: str, line: int | None) -> Decoded:
    try:
        return Decoded(data.decode(encoding))
    except UnicodeDecodeError as error:
        problem = f"begins as {encoding.upper()} does, but byte {error.start} does not fit"
        raise InputError(problem, where=where, line=line, hint=_TO_DO) from error


def _utf8_or_windows(data: bytes) -> Decoded:
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _damaged_or_windows(data)


def _damaged_or_windows(data: bytes) -> Decoded:
    """Choose between UTF-8 with a few bad bytes and Windows-1252, by which of them is rarer."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    # U+FFFD is itself one of the characters beyond ASCII.
    if len(text) - len(text.encode("ascii", errors="ignore")) > 2 * bad:
        return Decoded(text, (f"{bad} place{'s' * (bad > 1)} not valid UTF-8, replaced by U+FFFD",))
    # Five bytes mean nothing in Windows-1252; browsers and we let Latin-1 speak for them.
    western = data.decode("cp1252", errors="replace")
    return Decoded(western, ("read as Windows-1252: it is not UTF-8",))
