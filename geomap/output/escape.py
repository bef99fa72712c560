"""Let foreign text into a page: the only place where it happens.

Article text, file names and gazetteer rows are hostile.  They enter a page as JSON that cannot
end its script block, or as escaped HTML; they never pass through a template.
"""

from __future__ import annotations

import base64
import gzip
import html
import json
from typing import Any

__all__ = ["binary_block", "html_text", "json_block"]

# Beyond this size a block is gzipped: news text shrinks to a third, even as base64.
PLAIN_JSON_MAX_CHARS = 150_000

# "<" can end the script or open a comment in it, "&" starts an entity in XHTML, U+2028 and U+2029 end
# a line of JavaScript, and a lone surrogate cannot be written as UTF-8: JSON spells each in ASCII.
_IN_JSON = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029\x7f"} | {
    code: f"\\u{code:04x}" for code in range(0xD800, 0xE000)
}
# HTML has no spelling for these.
_NOT_IN_HTML = dict.fromkeys((0, *range(0xD800, 0xE000)), "\ufffd")


def json_block(element_id: str, value: Any) -> str:
    """Return `value` as a script element that no browser runs; a large one is packed."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).translate(_IN_JSON)
    if len(text) > PLAIN_JSON_MAX_CHARS:
        return binary_block(element_id, gzip.compress(text.encode(), 6, mtime=0))
    return f'<script type="application/json" id="{html.escape(element_id)}">{text}</script>'


def binary_block(element_id: str, packed: bytes) -> str:
    """Return gzipped bytes as a script element that no browser runs."""
    text = base64.b64encode(packed).decode("ascii")
    return f'<script type="application/gzip" id="{html.escape(element_id)}">{text}</script>'


def html_text(text: str) -> str:
    """Return `text` so that a browser shows it, in an element or in a quoted attribute."""
    return html.escape(text.translate(_NOT_IN_HTML))
