"""Mend text that was saved as UTF-8 and read as Windows-1252: "Ã©" for "é".

A letter of two to four bytes then shows as a capital with accent and marks that no word has inside it;
where such a run decodes as UTF-8, that is what was meant.
"""

from __future__ import annotations

import re

__all__ = ["mended"]

# What Windows-1252 shows for the bytes 80 to BF; it leaves five of them undefined, which programs keep as they are.
_REST = "".join(
    bytes([byte]).decode("cp1252") if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D} else chr(byte)
    for byte in range(0x80, 0xC0)
)
_BYTE_OF = {mark: 0x80 + number for number, mark in enumerate(_REST)}
_INSIDE = f"[{re.escape(_REST)}]"
_LETTER = re.compile(f"[\u00c2-\u00df]{_INSIDE}|[\u00e0-\u00ef]{_INSIDE}{{2}}|[\u00f0-\u00f4]{_INSIDE}{{3}}")


def mended(text: str) -> str:
    """Return the text with such runs decoded; text without any as it is."""
    return _LETTER.sub(_decoded, text)


def _decoded(run: re.Match[str]) -> str:
    first, rest = run.group()[0], run.group()[1:]
    meant = bytes([ord(first), *(_BYTE_OF[mark] for mark in rest)])
    try:
        return meant.decode("utf-8")
    except UnicodeDecodeError:
        return run.group()
