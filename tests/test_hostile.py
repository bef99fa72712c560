"""Article text is hostile: whatever it holds, it is shown as it stands and nothing runs."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from geomap.model import Actor, ActorType, Evidence, Focus, Kind, LeftOut, LinkCount, Relation, Role, Span, Status, Tier
from geomap.output.escape import html_text, json_block
from geomap.output.page import render
from tests.atlases import document, place, place_count, small
from tests.browser import Browser

HOSTILE = {
    "script": "</script><script>window.pwned = 1</script>",
    "comment": "<!-- <script> --> ]]> <![CDATA[",
    "image": '"><img src=x onerror="window.pwned = 1"><svg onload=window.pwned=1>',
    "jinja": "{{ cycler.__init__.__globals__.os.popen('echo pwned').read() }}",
    "jinja block": "{% raw %}{% endif %}{%",
    "jinja comment": "{# never closed",
    "template": "`${window.pwned = 1}` \\`${alert(1)}",
    "quotes": 'it\'s "quoted" \\ back\\slash \\u003c & &amp; &lt;',
    "lines": "one\u2028two\u2029three\r\nfour",
    "nul": "before\x00after\x1b[31m",
    "right to left": "\u202egnihtyna\u202c \u05e9\u05dc\u05d5\u05dd \u200f",
    "long": "Llanfair" * 1280,
    "surrogate": "half \ud83c of a pair",
    "astral": "\U0001f30d\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "textarea": "</textarea></style></title></noscript></table>",
}


def atlas_of(text: str):
    """Return an atlas that has `text` in every field that can hold one."""
    quote = Evidence("1", text, ((0, len(text), "place"),), Role.LITERAL, 0.5, text, text, text, text)
    where = replace(
        place("Place", 10, 20), name=text, id=text, country="EG", admin1=text, note=text, source=text, disputed=True
    )
    count = replace(place_count(where, literal=2), evidence=(quote,))
    actor = Actor(text, text, ActorType.PERSON, "EG", (Span(0, 1),))
    homeless = Actor(text + "2", text, ActorType.PERSON, text[:2], ())
    links = tuple(
        LinkCount(who.id, Relation.ASSAULT, Status.DENIED, tier, where.id, 1, 1, (quote,))
        for who in (actor, homeless)
        for tier in Tier
    )
    home = place_count(replace(place("Home", 26, 30, kind=Kind.COUNTRY), country="EG", name=text), literal=1)
    return small(
        title=text, documents=(document(1, title=text, source=text, date=text, url=text),), places=(count, home),
        actors=(actor, homeless), links=links, unresolved=((text, 2),), left_out=(LeftOut(text, 3, (text,)),),
        warnings=(text,), credits=(text,), settings=((text, text),), focus=(Focus(where, 0.5),),
        written_at=((where, 1),),
    )  # fmt: skip


@pytest.fixture(scope="module")
def browser():
    with Browser() as opened:
        yield opened


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_can_break_a_page(text):
    """Rendering never raises, and the page can be written as UTF-8."""
    page = render(atlas_of(text))

    assert page.encode()
    assert "pwned\n" not in page


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_the_data_comes_out_as_it_went_in(text):
    """Escaping changes the spelling of the data, never the data, and leaves nothing that could end its block."""
    block = json_block("x", {text: [text]})
    inner = block[block.index(">") + 1 : block.rindex("</script>")]

    assert json.loads(inner) == {text: [text]}
    assert not set(inner) & set("<>&\u2028\u2029\x00")


@pytest.mark.browser
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_browser_shows_the_text_and_runs_nothing(text, browser):
    """Opened, clicked through and printed, the page logs nothing, asks for nothing and shows the text verbatim."""
    tab = browser.open(render(atlas_of(text)))
    shown = text.replace("\ud83c", "\ufffd")
    start = shown[:1500]  # of a sentence of any length that much is shown

    for name in ("places", "actors", "links", "notes"):
        tab.click(f"#geomap-1-tab-{name}")
        assert contains(tab, f".gm-{name}.on", shown), name
    tab.click("#geomap-1-tab-places")
    tab.click(".gm-places tbody button")
    assert contains(tab, ".gm-detail h2", shown)
    assert contains(tab, ".gm-detail mark", start)
    tab.click("#geomap-1-tab-links")
    tab.click(".gm-links .gm-row")
    assert contains(tab, ".gm-detail", shown)

    assert tab.run("window.pwned === undefined && document.querySelectorAll('img, iframe, object').length === 0")
    assert (tab.lines, tab.requests) == ([], [])


def contains(tab, selector: str, text: str) -> bool:
    """Say whether an element's text holds `text`; a browser reads a lone surrogate as U+FFFD."""
    script = (
        f"[...document.querySelectorAll({json.dumps(selector)})]"
        f".some(node => node.textContent.toWellFormed().includes({json.dumps(text)}))"
    )
    return tab.run(script)


def test_text_in_markup_is_escaped():
    """Titles and the table without scripts are the only markup that holds foreign text."""
    assert html_text("<b a=\"x\" b='y'>&\x00\ud800") == "&lt;b a=&quot;x&quot; b=&#x27;y&#x27;&gt;&amp;\ufffd\ufffd"
