"""Take predictions from a file of `geomap parse`, or make them: either way the same fields of the same records.

What geomap finds here goes through the annotation it would write, so a run and a file of it score the same.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from geomap.evaluate.gold import GoldDocument, GoldSet
from geomap.evaluate.lines import Record, read_records
from geomap.model import Document, Span
from geomap.output.annotations import annotation_json
from geomap.pipeline import Tools, annotate, annotate_all
from geomap.read.document import document_from_text

__all__ = ["FoundLink", "Predicted", "Predictions", "predict", "read_predictions"]

_HINT = 'A line of predictions holds {"id", "toponyms": [{"start", "end", "lat", "lon", ...}]}, as geomap parse writes'


@dataclass(frozen=True, slots=True)
class Predicted:
    """One name found.  `lat` and `lon` are None where no place was found for it."""

    start: int
    end: int
    lat: float | None
    lon: float | None
    geonameid: str = ""
    role: str = ""
    country: str = ""
    confidence: float | None = None
    name: str = ""

    @property
    def placed(self) -> bool:
        """Say whether a place was found."""
        return self.lat is not None and self.lon is not None


@dataclass(frozen=True, slots=True)
class FoundLink:
    """One link found, with everything that names its actor."""

    actor: str
    actor_name: str
    actor_spans: tuple[tuple[int, int], ...]
    place: str
    place_span: tuple[int, int]
    geonameid: str
    relation: str
    status: str
    tier: str


@dataclass(frozen=True, slots=True)
class Predictions:
    """What was found in each document, by id, and, where geomap ran, with which tagger and at what cost."""

    toponyms: Mapping[str, tuple[Predicted, ...]]
    links: Mapping[str, tuple[FoundLink, ...]]
    cpu_s: float | None = None
    tagger: str | None = None


def read_predictions(path: Path) -> Predictions:
    """Return the predictions of a file."""
    records = {record.string("id"): record for record in read_records(path, hint=_HINT)}
    return _predictions(records)


def predict(gold: GoldSet, tools: Tools, *, given_spans: bool) -> Predictions:
    """Run geomap over the texts of a gold set, or only its resolution over the spans of the gold."""
    # What is opened at the first document is paid for once, and no matter of speed.
    annotate(next(_documents(gold, given_spans=given_spans)), tools)
    began = time.process_time()
    annotations = annotate_all(_documents(gold, given_spans=given_spans), tools)
    lines = [annotation_json(annotation) for annotation in annotations]
    cpu_s = time.process_time() - began
    ids = (document.id for document in gold.documents)
    records = {id_: Record(json.loads(line), gold.name, 0) for id_, line in zip(ids, lines, strict=True)}
    # Given spans are resolved, and no tagger has a say.
    return replace(_predictions(records), cpu_s=cpu_s, tagger=None if given_spans else tools.tagger_name)


def _documents(gold: GoldSet, *, given_spans: bool) -> Iterator[Document]:
    for document in gold.documents:
        yield document_from_text(
            document.text,
            id=document.id,
            title=document.title,
            date=document.date,
            source=document.source,
            url=document.url,
            lang=document.lang,
            given=_spans(document) if given_spans else None,
        )


def _spans(document: GoldDocument) -> tuple[Span, ...]:
    """Return the spans of the gold in the order of an input's: of two that begin together the longer first."""
    spans = {Span(toponym.start, toponym.end) for toponym in document.toponyms}
    return tuple(sorted(spans, key=lambda span: (span.start, -span.end)))


def _predictions(records: Mapping[str, Record]) -> Predictions:
    return Predictions(
        toponyms={id_: _found(record) for id_, record in records.items()},
        links={id_: tuple(_links(record)) for id_, record in records.items()},
    )


def _links(record: Record) -> Iterator[FoundLink]:
    actors = {actor.string("id"): actor for actor in record.objects("actors")}
    for row in record.objects("links"):
        actor = actors.get(row.string("actor"))
        if actor is None:
            raise row.problem(f"a link of {row.string('actor')!r}, who is no actor", _HINT)
        yield FoundLink(
            actor=actor.string("id"),
            actor_name=actor.string("name"),
            actor_spans=actor.spans("mentions"),
            place=row.string("place"),
            place_span=row.span("place_span"),
            geonameid=row.string("geonameid"),
            relation=row.string("relation"),
            status=row.string("status"),
            tier=row.string("tier"),
        )


def _found(record: Record) -> tuple[Predicted, ...]:
    """Return the toponyms of a record; the same span twice is one prediction."""
    found: dict[tuple[int, int], Predicted] = {}
    for row in record.objects("toponyms"):
        start, end = row.offset("start"), row.offset("end")
        if start >= end:
            raise row.problem(f"the span [{start}, {end}) is empty", _HINT)
        one = Predicted(
            start,
            end,
            row.degrees("lat", limit=90),
            row.degrees("lon", limit=180),
            row.string("geonameid"),
            row.string("role"),
            row.string("country"),
            row.share("confidence"),
            row.string("name"),
        )
        found.setdefault((start, end), one)
    return tuple(found.values())
