"""Tell who wrote, took or owns a text from what the text reports.

A credit is a closed little grammar: a role, names, perhaps a place.  One ordinary word outside
that grammar ("By Tuesday, rebels held ...", "Reporting by aid groups suggests ...") makes it news.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from geomap.read.lists import is_agency
from geomap.read.names import DATE, is_name, is_title_case, is_whole_date

__all__ = ["is_byline", "is_contact", "is_contribution", "is_copyright", "is_picture_credit", "is_reporting", "is_time"]

BYLINE_MAX_CHARS = 160
CREDIT_MAX_CHARS = 600
PICTURE_MAX_CHARS = 120
CONTACT_MAX_CHARS = 220
# "in Washington, New York and Rio de Janeiro": a place's name has few words.
POST_MAX_WORDS = 4

_BY = re.compile(r"by[:\s]\s*", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+|@\w+|https?://\S+|www\.\S+")
_BETWEEN = re.compile(r"\s*(?:,|;|\||/|&|\u2022|\s[\u2013\u2014-]\s|\band\b|\bwith\b|\n|\r)\s*", re.IGNORECASE)
_POST_SMALL = frozenset({"al", "da", "de", "del", "du", "el", "la", "les", "of", "the", "upon"})
_POSTED = re.compile(r"\s+in\s+")
_OFFICE_WORDS = frozenset(
    {
        "and", "associated", "at", "bureau", "business", "chief", "contributing", "contributor",
        "correspondent", "deputy", "desk", "editor", "for", "foreign", "from", "in", "managing", "national",
        "news", "newspaper", "newsroom", "of", "our", "own", "photographer", "political", "press", "producer",
        "reporter", "reporters", "senior", "service", "special", "staff", "the", "to", "writer", "writers",
    }
)  # fmt: skip
_OFFICE = re.compile(
    r"\b(?:writer|reporter|correspondent|editor|staff|photographer|bureau chief|press)s?\b", re.IGNORECASE
)
_WORK = (
    r"(?:(?:additional|further)\s+)?(?:reporting|writing|editing|compiled|translated|translation|edited|written|reported"
    r"|photography|graphics?|production|research)"
)
_ROLE = re.compile(rf"\b{_WORK}(?:(?:\s+and\s+|,\s+){_WORK})*\s+by\b", re.IGNORECASE)
_ROLE_SMALL = frozenset(
    {
        "&", "additional", "and", "at", "bureau", "bureaus", "by", "desk", "for", "from", "in", "newsroom",
        "newsrooms", "of", "the", "with",
    }
)  # fmt: skip
_PICTURE = re.compile(
    r"(?:file\s+|staff\s+|handout\s+|courtesy\s+)*(?:photos?|photographs?|pictures?|images?|illustration|graphics?|video)"
    r"(?:\s+(?:credits?|courtesy|copyright|source))?(?:\s+(?:of|by))?(?P<mark>\s*[:/|]\s*|\s+)",
    re.IGNORECASE,
)
_OWNER = re.compile(r"(?:credits?|courtesy|source)\s*:\s*", re.IGNORECASE)
_PICTURE_SIGN = re.compile(r"credit|courtesy|copyright|\bby\b|[:/|]", re.IGNORECASE)
_COPYRIGHT = re.compile(
    r"[(\[]?(?:copyright\s*(?:\u00a9|\(c\)|\d{4}|by\b)|\u00a9|\(c\)\s*\d{4}|all rights reserved\b)", re.IGNORECASE
)
_CONTRIBUTED = re.compile(
    r".*\bcontributed(?:\s+\w+){0,2}\s+(?:to|for)\s+(?:this|the)\s+(?:report|story|article|dispatch|piece)"
    r"|.*\bcontributed from\b.*|(?:this|the)\s+(?:story|article|report)\s+(?:was\s+)?(?:first\s+|originally\s+)*"
    r"(?:appeared|published|reported|produced|written|posted)\s+(?:by|in|on|at)\b.*|article posted by\b.*",
    re.IGNORECASE | re.DOTALL,
)
_THANKS_SIGN = re.compile(r"contributed |reported from |this (?:story|article|report) |posted by", re.IGNORECASE)
_REPORTED_FROM = re.compile(r"(?P<who>[^.]{3,60}?) reported from (?P<where>[^.]{3,80})")
_CONTACT = re.compile(
    r"(?:staff writer|contact|reach|follow|e-?mail|tweet|write to)\b|.{3,40}\bcan be (?:reached|contacted|followed)\b"
    r"|.{3,40}\bis on twitter\b|[\w.+-]+@[\w.-]+\.\w+$",
    re.IGNORECASE,
)
_CLOCK = r"\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\.?)?(?:\s*\(?[A-Z]{2,4}\)?)?|\d{1,2}\s*[ap]\.?m\.?(?:\s*[A-Z]{2,4})?"
_TIME = re.compile(
    r"(?:(?:first\s+|last\s+|date\s+)?(?:published|updated|posted|modified|created|issued)"
    rf"(?:\s+(?:on|at|in|date))?\s*:?\s*)?(?:(?:{DATE}|{_CLOCK}|\d+\s+(?:minutes?|hours?|days?)\s+ago)(?:[\s,|/\u2022\u00b7\u2013\u2014-]|at\s)*)+",
    re.IGNORECASE,
)  # fmt: skip


def is_byline(words: str) -> bool:
    """Say whether `words` names who wrote the text: By Jane Doe, Staff Writer; By Jane Doe in Aden and Ali Haddad."""
    if len(words) > BYLINE_MAX_CHARS or not (words[:1].isupper() or words[:2] == "by"):
        return False
    bare = _ADDRESS.sub("", words).strip(" .")
    by = _BY.match(bare)
    parts = [part for part in _BETWEEN.split(bare[by.end() :] if by else bare) if part]
    if by:
        parts = list(_without_posts(parts))
    if not parts or not all(is_name(part) or _is_office(part) for part in parts):
        return False
    if by:
        return is_name(parts[0]) or is_agency(parts[0])
    return is_agency(bare) or (len(parts) > 1 and is_name(parts[0]) and _is_office(parts[-1]))


def is_reporting(words: str) -> bool:
    """Say whether `words` says who did which work: (Reporting by X in Baghdad; Editing by Y)."""
    bare = words.strip()
    bracketed = bare[:1] in {"(", "["}
    if len(bare) > CREDIT_MAX_CHARS or not _ROLE.match(bare, 1 if bracketed else 0):
        return False
    names = _ADDRESS.sub("", _ROLE.sub(" ", bare))
    return bracketed or is_title_case(re.sub(r"[;,()/:.]+", " ", names), small=_ROLE_SMALL)


def is_picture_credit(words: str) -> bool:
    """Say whether `words` says who took a picture: Photo: Jane Doe/AP."""
    if len(words) > PICTURE_MAX_CHARS:
        return False
    bare = words.strip().strip("()[].")
    match = _OWNER.match(bare) or _PICTURE.match(bare)
    if match is None or not _PICTURE_SIGN.search(match.group()):
        return False
    owner = re.sub(r"[/,|&@]+", " ", bare[match.end() :])
    return not owner.strip() or is_title_case(owner, small=_ROLE_SMALL | {"via"})


def is_copyright(words: str) -> bool:
    """Say whether `words` says who owns the text: Copyright 2024 ..."""
    return len(words) <= CREDIT_MAX_CHARS and _COPYRIGHT.match(words) is not None


def is_contribution(words: str) -> bool:
    """Say whether `words` thanks others: Jane Doe in Cairo contributed to this report."""
    if len(words) > CREDIT_MAX_CHARS or not _THANKS_SIGN.search(words):
        return False
    says = [part for part in re.split(r"(?<=[a-z]{2}\w)[.](?:\s+|$)", words.strip().strip("()[]")) if part]
    return bool(says) and all(_is_thanks(part) for part in says)


def is_contact(words: str) -> bool:
    """Say whether `words` says how to reach the writer."""
    if len(words) > CONTACT_MAX_CHARS or not ("@" in words or "www." in words or "twitter" in words.casefold()):
        return False
    return _CONTACT.match(words) is not None


def is_time(words: str) -> bool:
    """Say whether `words` is only when the text was printed: Updated 10:30 GMT."""
    return len(words) <= PICTURE_MAX_CHARS and _TIME.fullmatch(words.strip(" .()")) is not None


def _without_posts(parts: Sequence[str]) -> Iterator[str]:
    """Yield the parts of a byline without the places where its writers are: Jane Doe in Aden, Yemen."""
    posted = False
    for part in parts:
        name, *post = _POSTED.split(part, maxsplit=1)
        if post and is_name(name) and _is_post(post[0]):
            posted = True
            yield name
        # Behind a place, another one may follow: "in Aden and Sanaa".
        elif not (posted and _is_post(part)) or is_name(part) or _is_office(part):
            yield part


def _is_post(words: str) -> bool:
    return len(words.split()) <= POST_MAX_WORDS and is_title_case(words, small=_POST_SMALL) and not is_whole_date(words)


def _is_thanks(sentence: str) -> bool:
    if _CONTRIBUTED.fullmatch(sentence):
        return True
    match = _REPORTED_FROM.fullmatch(sentence)
    return match is not None and all(is_title_case(part, small=_ROLE_SMALL) for part in match.groups())


def _is_office(part: str) -> bool:
    return is_agency(part) or (bool(_OFFICE.search(part)) and is_title_case(part, small=_OFFICE_WORDS))
