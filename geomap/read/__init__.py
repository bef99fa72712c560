"""Files and texts become documents."""

from __future__ import annotations

from geomap.read.document import document_from_text
from geomap.read.files import ReadResult, iter_documents, read_inputs, read_path

__all__ = ["ReadResult", "document_from_text", "iter_documents", "read_inputs", "read_path"]
