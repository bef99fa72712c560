"""Find the entries of a TOML layer with the characters they stand in, and write entries as TOML.

`tomllib` reads the values but forgets where they stood; a walk over the marks of the text, which the
parser has proved sound, finds each `[[table]]` and where it ends.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from geomap.errors import GazetteerError
from geomap.gazetteer.layers.entries import Entry, PlaceEntry, word_of
from geomap.gazetteer.layers.stretch import Lines, Stretch

__all__ = ["HEAD", "stretches", "table"]

# How a new file begins.
HEAD = """\
# Places and names of this project's own, for geomap; they win over the gazetteer it comes with.
# Write them by hand or with 'geomap gazetteer add', alias, block and prefer; 'geomap gazetteer lint' checks them.
#   [[place]]   name, lat, lon, country, kind; if you like names, population, bbox, disputed, id, note, source
#   [[alias]]   name, place = "<id>"       another name of a place, with its id from 'geomap gazetteer search'
#   [[block]]   name                       never match this name
#   [[prefer]]  name, place = "<id>"       what this name means here
"""
_TABLES = ("place", "alias", "block", "prefer")
_WHERE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")
# Texts first, so that no mark inside one is taken for one of the file's own.
_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|\n|[\[\]{}]|[^\s"\'#\[\]{}]+',
    re.DOTALL,
)
# What to do about a broken file, by what the parser says and the line it says it of; the first that fits.
_REMEDIES = (
    (re.compile(r"recursion"), "Brackets stand within brackets too often: close them"),
    (re.compile(r"digits"), "Write the number with fewer digits"),
    (re.compile(r"[Oo]verwrite|twice"), "A key comes once in an entry: keep one of the two lines"),
    (
        re.compile(r"[\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb].*$"),
        "Write straight quotes, \" or ', as editors for code do",
    ),
    (re.compile(r"=\s*[+-]?\d+,\d+\s*(?:#.*)?$"), "Write numbers with a point: lat = 33.28"),
    (re.compile(""), 'Names stand in quotes: name = "Kfar Kila"'),
)
_HEADER = re.compile(r"\[\[\s*[\"']?(\w+)[\"']?\s*\]\][^\n]*")
_ESCAPED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f"}


def stretches(text: str, *, path: Path) -> list[Stretch]:
    """Return the entries of a file in its order; a file that is no TOML is an error."""
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        # The parser's own error is a ValueError; numbers of thousands of digits raise that itself.
        raise _broken(error, text, path) from error
    found = list(_tables(text))
    _check_tables(content, [name for name, _, _ in found], text, path)
    rows = {name: iter(content.get(name, ())) for name in _TABLES}
    lines = Lines(text)
    return [Stretch({"entry": name, **next(rows[name])}, lines.at(start), start, end) for name, start, end in found]


def table(entry: Entry, *, newline: str = "\n") -> str:
    """Return an entry as a table of TOML that ends with a line break; what it does not say is left out."""
    lines = [f"[[{word_of(entry)}]]"]
    for field in entry.__slots__:
        value = getattr(entry, field)
        needed = isinstance(entry, PlaceEntry) and field in {"lat", "lon"}
        # Said to be false is something said.
        if field != "line" and (needed or value is False or value not in ("", (), 0, None)):
            lines.append(f"{field} = {_value(value)}")
    return newline.join([*lines, ""])


def _tables(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each table: its name, where it begins, and where the line of its last value ends."""
    depth, fresh = 0, True
    name, start, end = "", -1, -1
    position = 0
    while token := _TOKEN.search(text, position):
        mark, position = token.group(), token.end()
        if mark == "\n":
            fresh = True
            continue
        if mark.startswith("#"):
            continue
        if fresh and depth == 0 and (header := _HEADER.match(text, token.start())):
            if start >= 0:
                yield name, start, _line_end(text, end)
            name, start, position = header.group(1), _line_start(text, token.start()), header.end()
            mark = ""
        depth += (mark in {"[", "{"}) - (mark in {"]", "}"})
        fresh, end = False, position
    if start >= 0:
        yield name, start, _line_end(text, end)


def _check_tables(content: Mapping[str, Any], headers: Sequence[str], text: str, path: Path) -> None:
    """Complain of what is no [[table]] of ours."""
    for name, value in content.items():
        at = re.search(rf"^[ \t]*(?:\[+[ \t]*)?[\"']?{re.escape(name)}\b", text, re.MULTILINE)
        line = Lines(text).at(at.start()) if at else 1
        if name not in _TABLES:
            near = get_close_matches(name, _TABLES, n=1)
            hint = f"Did you mean [[{near[0]}]]?" if near else "Write [[place]], [[alias]], [[block]] or [[prefer]]"
            raise GazetteerError(f"unknown table {name!r}", path=path, line=line, hint=hint)
        if not isinstance(value, list) or len(value) != headers.count(name):
            raise GazetteerError(
                f"{name!r} is written as a value or a single table", path=path, line=line, hint=f"Write [[{name}]]"
            )


def _broken(error: Exception, text: str, path: Path) -> GazetteerError:
    message = str(error)
    found = _WHERE.search(message)
    line = int(found[1]) if found and found[1] else Lines(text).at(max(len(text.rstrip()) - 1, 0))
    # The parser goes on to say what a programmer could do.
    problem = _WHERE.sub("", message).partition(": value has")[0]
    written = text.split("\n")[line - 1]
    hint = next(remedy for fits, remedy in _REMEDIES if fits.search(f"{problem}\n{written}"))
    return GazetteerError(f"no TOML: {problem[:1].lower()}{problem[1:]}", path=path, line=line, hint=hint)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    return repr(value)


def _quoted(text: str) -> str:
    safe = (
        _ESCAPED.get(mark) or (f"\\u{ord(mark):04X}" if ord(mark) < 0x20 or 0x7F <= ord(mark) < 0xA0 else mark)
        for mark in text
    )
    return f'"{"".join(safe)}"'


def _line_start(text: str, position: int) -> int:
    return text.rfind("\n", 0, position) + 1


def _line_end(text: str, position: int) -> int:
    """Return where the line after the one at `position` begins, or the end of the text."""
    found = text.find("\n", position)
    return len(text) if found < 0 else found + 1
