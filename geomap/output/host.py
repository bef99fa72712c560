"""Host the page in folium: a map that loads nothing, whose text no template ever sees.

folium's own map fetches ten files from four servers, and branca compiles rendered text as a
template once more.  Here every part is a `Raw` element, and templates print element names only.
Importing this module imports folium, so only `geomap.output.page.render` does.
"""

from __future__ import annotations

from typing import Any

import folium
from branca.element import Element
from folium.template import Template

__all__ = ["AtlasMap", "Raw"]

_FIGURE = Template(
    "<!DOCTYPE html>\n"
    '<html lang="en">\n'
    "<head>\n"
    "{{ this.header.render(**kwargs) }}\n"
    "</head>\n"
    "<body>\n"
    "{{ this.html.render(**kwargs) }}\n"
    "<script>(function () {\n'use strict';\n{{ this.script.render(**kwargs) }}\n})();</script>\n"
    "</body>\n"
    "</html>\n"
)


class Raw(Element):
    """Text that stands in the page as it is: it is never compiled."""

    def __init__(self, text: str, *, name: str) -> None:
        super().__init__()
        self._name, self._text = name, text

    def render(self, **_: Any) -> str:
        """Return the text."""
        return self._text


class AtlasMap(folium.Map):
    """A folium map with nothing to download, under a name that is the same in every run."""

    # folium's lists are shared by all maps: replaced here, never changed.
    default_js: list[tuple[str, str]] = []  # noqa: RUF012
    default_css: list[tuple[str, str]] = []  # noqa: RUF012
    _template = Template(
        """
        {%- macro script(this, kwargs) -%}
        var map = L.map({{ this.get_name()|tojson }}, {{ this.options|tojavascript }});
        geomap.start(map, {{ this.root_id|tojson }});
        {%- endmacro -%}
        """
    )

    def __init__(self, *, name: str, root_id: str, **options: Any) -> None:
        super().__init__(tiles=None, zoom_control=False, **options)
        self._id, self.root_id = name, root_id
        figure: Any = self.get_root()
        figure._template = _FIGURE  # noqa: SLF001 - branca has no other way to change it
        # branca names children after random numbers unless told; ours are told.
        figure.header._children.clear()  # noqa: SLF001
        figure._children = type(figure._children)({self.get_name(): self})  # noqa: SLF001

    def add_part(self, where: str, part: Raw) -> None:
        """Put a part into the figure's `header` or `html`."""
        getattr(self.get_root(), where).add_child(part, name=part._name)  # noqa: SLF001

    def page(self) -> str:
        """Return the whole page."""
        return str(self.get_root().render())
