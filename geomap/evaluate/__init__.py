"""Score what geomap finds against gold: recognition, resolution, both together, confidence, countries, links.

One matching of predictions to gold gives every figure; docs/evaluation.md defines each of them.
"""

from __future__ import annotations

__all__: list[str] = []
