"""The page in a real browser: what a reader sees, clicks and hears from it."""

from __future__ import annotations

import html
import re

import pytest

from geomap.model import BBox, Kind
from geomap.output.page import render
from tests.atlases import demo, empty, place, place_count, small
from tests.browser import Browser

pytestmark = pytest.mark.browser
MAP = "geomap.pages[0].map"


@pytest.fixture(scope="module")
def browser():
    with Browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def page():
    return render(demo())


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844), (900, 320), (320, 480)])
def test_a_page_opens_without_a_word_to_anyone(browser, page, width, height):
    """No request, no console line, no sideways scrolling, at any size."""
    tab = browser.open(page, width=width, height=height)

    assert (tab.lines, tab.requests) == ([], [])
    assert tab.run("document.documentElement.scrollWidth <= innerWidth")
    assert tab.count(".gm-marks .gm-place") > 3


def test_a_page_works_inside_frames(browser, page):
    """In a srcdoc frame, sandboxed or not, the map is drawn and selecting works, though the address cannot change."""
    source = html.escape(page)
    tab = browser.open(
        "<!doctype html><title>t</title>"
        f'<iframe width=900 height=500 srcdoc="{source}"></iframe>'
        f'<iframe width=600 height=400 sandbox="allow-scripts" srcdoc="{source}"></iframe>'
    )
    frame = "frames[0].document"
    tab.wait(f"{frame}.querySelector('[data-ready]') !== null")
    tab.run(f"{frame}.querySelector('.gm-places tbody button').click()")

    assert "Israel" in tab.run(f"{frame}.querySelector('.gm-detail h2').textContent")
    assert tab.run(f"{frame}.querySelectorAll('.gm-marks .gm-place').length") > 3
    assert (tab.lines, tab.requests) == ([], [])


def test_the_header_says_what_was_counted_and_what_was_not(browser, page):
    """Totals, roles, left-out mentions and names without a place stand above the map."""
    tab = browser.open(page)

    assert "85 mentions of 20 places in 5 articles; counted: literal and metonym" in tab.text(".gm-sum")
    notes = tab.run("[...document.querySelectorAll('.gm-header summary')].map(s => s.textContent)")
    assert notes == ["Left out: 42", "No place found: 3", "Warnings: 1"]
    tab.click(".gm-header .gm-pop summary")
    assert "datelines: where an article was filed" in tab.text(".gm-header .gm-pop")


def test_the_header_says_what_it_is_about_and_where_it_was_written(browser, page):
    """Countries, then places, each a button to its sentences; a place that is not on the map is only named."""
    tab = browser.open(page)

    assert "mostly about Iraq, Israel; Baghdad \u00b7 written in Baghdad (3), Dubai (1)" in tab.text(".gm-sum")
    assert tab.run("[...document.querySelectorAll('.gm-about button')].map(b => b.textContent)") == [
        "Iraq", "Israel", "Baghdad", "Baghdad",
    ]  # fmt: skip
    tab.click(".gm-about button")
    assert "Iraq" in tab.text(".gm-detail h2")


def test_switching_a_role_recounts_circles_table_and_header(browser, page):
    """One count everywhere, also after the reader changed what counts."""
    tab = browser.open(page)
    radius = "+document.querySelector('[data-place=\"1\"] .gm-ring').getAttribute('r')"
    before = tab.run(radius)
    tab.click('[data-role="demonym"]')

    assert "118 mentions of 20 places" in tab.text(".gm-sum")
    assert "counted: literal, metonym and demonym" in tab.text(".gm-sum")
    assert [
        cell.strip()
        for cell in tab.run(
            "[...document.querySelectorAll('.gm-places tbody tr:first-child td.gm-num')].map(c => c.textContent)"
        )
    ][-1] == "29"
    assert tab.run(radius) != before
    assert tab.run("location.hash") == "#count=literal,metonym,demonym"


def test_the_area_of_a_circle_is_its_count(browser):
    """Radius grows with the square root; one mention is never too small to see."""
    counts = [place_count(place(f"P{n}", 0, n), literal=n * n) for n in (10, 5, 1)]
    tab = browser.open(render(small(places=tuple(counts))))
    radii = tab.run("[...document.querySelectorAll('.gm-place .gm-ring')].slice(0, 3).map(c => +c.getAttribute('r'))")

    assert radii[0] == pytest.approx(2 * radii[1], rel=0.01)
    assert radii[2] >= 3.5


def test_areas_are_rings_and_spots_are_filled(browser, page):
    """A country has no core that would pretend to be a spot, a seat of government has a pale rim."""
    tab = browser.open(page)
    core = "document.querySelector('[data-place=\"{}\"] .gm-core')"

    assert tab.run(core.format(0) + " === null"), "Israel, a country"
    assert tab.run(core.format(5) + " === null"), "Gaza Strip, a region"
    tehran = tab.run(f"{core.format(8)}.getAttribute('r') / {core.format(8)}.previousSibling.getAttribute('r')")
    assert tehran == pytest.approx((1 / 3) ** 0.5, rel=0.02)
    assert tab.run("document.querySelector('[data-place=\"17\"]').classList.contains('unsure')"), "Najaf"
    assert tab.run("document.querySelector('[data-place=\"12\"]').classList.contains('disputed')"), "Golan Heights"


@pytest.mark.parametrize("way", ["row", "circle", "keyboard"])
def test_selecting_a_place_shows_its_sentences_and_dims_the_rest(browser, page, way):
    """The same selection from table, map and keyboard; Escape shows everything again."""
    tab = browser.open(page)
    if way == "row":
        tab.click(".gm-places tbody tr:nth-child(8)")
    elif way == "circle":
        tab.click('[data-place="7"]')
    else:
        tab.run("document.querySelector('.gm-places tbody tr:nth-child(8) button').focus()")
        tab.press("Enter", "\r")

    assert tab.text(".gm-detail h2").startswith("Baghdad")
    assert tab.text(".gm-detail mark") == "Baghdad"
    assert "very likely (93 %)" in tab.text(".gm-why summary")
    tab.click(".gm-why summary")
    assert "Taken for a place: gazetteer name" in tab.text(".gm-why")
    assert tab.count(".gm-place.dim") > 5
    assert not tab.run("document.querySelector('[data-place=\"7\"]').classList.contains('dim')")
    assert tab.run("location.hash") == "#sel=place%3Ageomap%3Abaghdad"

    tab.press("Escape")
    assert tab.count(".gm-place.dim") == 0
    assert tab.run("document.querySelector('.gm-detail').hidden")


def test_an_arrow_opens_the_sentences_that_state_the_link(browser, page):
    """Actor, relation and place, with the words of the sentence marked by offset."""
    tab = browser.open(page)
    tab.click("[data-flow='p1>0>fact']")

    assert "Islamic Resistance in Iraq → Israel" in tab.text(".gm-detail h2")
    assert tab.text(".gm-detail mark.gm-mark-actor") == "Islamic Resistance in Iraq"
    assert tab.text(".gm-detail mark.gm-mark-trigger").strip() == "assault"


def test_only_stated_links_are_drawn_until_asked(browser, page):
    """Being named side by side is no relation: such lines come on request, dotted and without a head."""
    tab = browser.open(page)
    assert tab.count(".gm-marks .beside") == 0
    assert tab.count(".gm-marks .gm-flow.maybe .gm-shaft[stroke-dasharray]") == 1

    tab.click("#geomap-1-tab-links")
    tab.run("document.querySelectorAll('.gm-switches input')[1].click()")
    assert tab.count(".gm-marks .beside") == 2
    assert tab.count(".gm-marks .beside .gm-head") == 0


def test_a_link_to_the_actors_own_country_is_a_loop(browser, page):
    """Someone present at home is drawn, not hidden under the circle."""
    tab = browser.open(page)
    box = tab.run("(b => [b.width, b.height])(document.querySelector(\"[data-flow='p1>1>fact'] .gm-shaft\").getBBox())")

    assert min(box) > 10


def test_an_actor_without_a_home_is_listed_not_drawn(browser, page):
    """No line is invented, and the legend says how many links have none."""
    tab = browser.open(page)

    assert "1 link is listed but not drawn" in tab.text(".gm-legend")
    tab.click("#geomap-1-tab-actors")
    rows = "[...document.querySelectorAll('.gm-actors .gm-row')]"
    tab.run(f"{rows}.find(row => row.textContent.includes('United Nations')).click()")
    assert "listed, not drawn" in tab.text(".gm-detail")
    assert not tab.run("document.querySelector('[data-place=\"14\"]').classList.contains('dim')"), "Rafah is lit"


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_no_row_of_the_table_is_cut(browser, width, height):
    """A long name and what the place is stand on as many lines as they need, without an ellipsis."""
    long = place("Autonomous Region of the Far Northern Islands", 10, 10, kind=Kind.ADMIN1, country="US", disputed=True)
    tab = browser.open(render(small(places=(place_count(long, literal=2),))), width=width, height=height)
    cells = "[...document.querySelectorAll('.gm-places th, .gm-places td')]"

    assert tab.run(f"{cells}.every(cell => cell.scrollWidth <= cell.clientWidth + 1)")
    assert "territory, United States, disputed" in tab.text(".gm-places tbody th")
    assert tab.run("getComputedStyle(document.querySelector('.gm-places tbody th')).textOverflow") == "clip"


@pytest.mark.parametrize(
    ("index", "said"),
    [
        pytest.param(0, "the country as a whole", id="a country"),
        pytest.param(5, "an area; the ring stands at one point of it", id="a region"),
        pytest.param(7, "the town, drawn at its centre", id="a town"),
    ],
)
def test_a_place_says_how_exactly_it_is_known(browser, page, index, said):
    """No mark is more exact than the text: the page says what the mark stands for."""
    tab = browser.open(page)
    tab.click(f'[data-place="{index}"]')

    assert said in tab.text(".gm-precision")


def test_a_disputed_place_shows_who_claims_it(browser, page):
    """The note stands above the sentences; one without a note is still called contested."""
    tab = browser.open(page)
    tab.run("document.querySelector('[data-place=\"12\"]').dispatchEvent(new MouseEvent('click', {bubbles: true}))")
    assert "Disputed. Occupied by Israel since 1967" in tab.text(".gm-note")

    bare = place_count(place("Nowhere Bank", 1, 1, kind=Kind.REGION, disputed=True), literal=1)
    tab = browser.open(render(small(places=(bare,))))
    tab.click('[data-place="0"]')
    assert "contested" in tab.text(".gm-note")


def test_no_estimate_is_shown_as_certain(browser):
    """A probability that rounds to 100 % is still an estimate."""
    tab = browser.open(render(small(places=(place_count(place("Oslo", 59.9, 10.7), literal=1, confidence=0.999),))))
    tab.click('[data-place="0"]')

    assert "almost certain (over 99 %)" in tab.text(".gm-sure")
    assert "100 %" not in tab.text(".gm-detail")


@pytest.mark.parametrize(("width", "drawn"), [(390, 10), (1280, 13)])
def test_a_phone_draws_the_strongest_arrows_and_says_so(browser, page, width, drawn):
    """Little room holds ten arrows; the rest are counted on the map and appear with what is selected."""
    tab = browser.open(page, width=width, height=844)

    assert tab.run("geomap.pages[0].marks.laid.length") <= drawn
    assert ("more arrows in the list of links" in tab.text(".gm-beyond")) is (width == 390)


def test_names_keep_off_other_places(browser):
    """Among crowded dots a name is left out rather than laid over a neighbour."""
    near = tuple(
        place_count(place(f"Neighbouring town {n}", 50 + n % 5 / 9, 10 + n // 5 / 9), literal=1) for n in range(25)
    )
    far = place_count(place("Far", 54, 20), literal=1)
    tab = browser.open(render(small(places=(*near, far))))
    covered = """(() => {
      const dots = [...document.querySelectorAll('.gm-place')].map(g => ({ name: +g.dataset.place, c: g.firstChild }))
        .map(({ name, c }) => ({ name, x: +c.getAttribute('cx'), y: +c.getAttribute('cy') }));
      const names = [...document.querySelectorAll('.gm-names text')].slice(5).map(text => text.getBBox());
      const holds = (b, d) => d.x > b.x && d.x < b.x + b.width && d.y > b.y && d.y < b.y + b.height;
      return names.filter(b => dots.some(d => holds(b, d))).length;
    })()"""

    assert tab.count(".gm-names text") > 5
    assert tab.run(covered) == 0


def test_one_far_place_does_not_shrink_the_map(browser):
    """Four fifths of the mentions fill the view; the rest are chips that lead there."""
    counts = tuple(place_count(place(f"P{n}", 30 + n, 35 + n), literal=5) for n in range(5))
    far = place_count(place("Far", -40, -70), literal=1)
    tab = browser.open(render(small(places=(*counts, far))))

    assert tab.run(f"{MAP}.getZoom()") > 4.5
    assert "Far 1" in tab.text(".gm-chips").replace("\u00a0", " ")
    tab.click(".gm-chip")
    tab.wait(f"{MAP}.getBounds().contains([-40, -70])")


def test_a_place_under_the_zoom_buttons_gets_a_chip(browser):
    """Nothing is hidden by the page's own controls: a chip leads to it, and then it is drawn."""
    tab = browser.open(render(demo()))
    tab.run(f"""(map => {{
      const tehran = map.latLngToContainerPoint([35.69, 51.42]);
      map.panBy([tehran.x - map.getSize().x + 28, tehran.y - 42], {{ animate: false }});
    }})({MAP})""")
    assert "Tehran" in tab.text(".gm-chips")

    tab.run("[...document.querySelectorAll('.gm-chip')].find(chip => chip.textContent.includes('Tehran')).click()")
    tab.wait("""document.querySelector('.gm-marks [data-place="8"]') !== null""")


def test_neighbours_across_the_antimeridian_are_neighbours(browser):
    """Fiji and Tonga share one view, three degrees apart, and the arrow between them takes the short way."""
    counts = (place_count(place("Suva", -18.1, 178.4), literal=2), place_count(place("Apia", -13.8, -171.8), literal=2))
    tab = browser.open(render(small(places=counts)))

    assert tab.run(f"{MAP}.getZoom()") > 4
    assert tab.count(".gm-marks .gm-place") == 2


@pytest.mark.parametrize(
    ("where", "low", "high"),
    [
        pytest.param(place("France", 46, 2, kind=Kind.COUNTRY, country="FR"), 4, 6.5, id="a country fills the view"),
        pytest.param(place("Nice", 43.7, 7.27), 5.5, 6.5, id="a city keeps its neighbourhood"),
        pytest.param(
            place("Red Sea", 20, 38, kind=Kind.SEA, bbox=BBox(32, 12, 44, 30)), 4, 6, id="a sea is seen whole"
        ),
    ],
)
def test_one_place_gets_a_sensible_view(browser, where, low, high):
    """Never zoom 18 on a country."""
    tab = browser.open(render(small(places=(place_count(where, literal=3),))))

    assert low <= tab.run(f"{MAP}.getZoom()") <= high
    assert tab.count(".gm-marks .gm-place") == 1


def test_no_place_is_said_in_a_sentence(browser):
    """A world map and plain words, not an empty page."""
    tab = browser.open(render(empty()))

    assert "No place was found in this text." in tab.text(".gm-stage")
    assert tab.run("document.querySelector('.gm-legend').hidden && document.querySelector('.gm-roles').hidden")
    assert "0 mentions of 0 places in 1 article" in tab.text(".gm-sum")
    assert (tab.lines, tab.requests) == ([], [])


def test_an_old_browser_shows_what_it_can(browser, page):
    """Without the means to unpack the base map, circles and lists are there, and the page says what is missing."""
    tab = browser.open(page, before="delete window.DecompressionStream")

    assert "cannot unpack the base map" in tab.text(".gm-stage")
    assert tab.count(".gm-marks .gm-place") > 3
    assert tab.count(".gm-places tbody tr") == 20
    assert tab.lines == []


def test_the_table_sorts_and_filters(browser, page):
    """Every place can be found by name, and the order is told to screen readers."""
    tab = browser.open(page)
    names = "[...document.querySelectorAll('.gm-places tbody bdi')].map(n => n.textContent)"
    tab.click(".gm-places thead .gm-sort")
    assert tab.run(names) == sorted(tab.run(names))
    assert tab.run("document.querySelector('.gm-places thead th').getAttribute('aria-sort')") == "ascending"

    tab.run(
        "(i => { i.value = 'beir'; i.dispatchEvent(new Event('input')); })(document.querySelector('.gm-bar input'))"
    )
    assert tab.run(names) == ["Beirut"]


def test_a_link_to_the_page_brings_back_what_was_seen(browser, page):
    """View, selection and counting are in the address."""
    tab = browser.open(page, fragment="#map=6.00/33.500/44.000&sel=actor%3Ahezbollah&count=literal")

    assert tab.run(f"[{MAP}.getZoom(), {MAP}.getCenter().lat, {MAP}.getCenter().lng]") == pytest.approx(
        [6, 33.5, 44], abs=0.02
    )
    assert tab.text(".gm-detail h2").startswith("Hezbollah")
    assert "67 mentions" in tab.text(".gm-sum")


@pytest.mark.parametrize(
    "fragment", ["#", "#map=x/y/z", "#sel=place:%E0%A4%A", "#map=99/999/9999&sel=actor:none&count=,,"]
)
def test_a_broken_address_does_no_harm(browser, page, fragment):
    """Links get cut and mangled; the map opens anyway."""
    tab = browser.open(page, fragment=fragment)

    assert tab.lines == []
    assert tab.count(".geomap[data-ready]") == 1


def test_the_view_follows_the_window_until_the_reader_moves_it(browser, page):
    """A frame that grows refits; a view that was chosen stays."""
    tab = browser.open(page, width=500, height=500)
    small_zoom = tab.run(f"{MAP}.getZoom()")
    tab.resize(1280, 800)
    tab.wait(f"{MAP}.getZoom() > {small_zoom}")

    tab.run("document.querySelector('.folium-map').dispatchEvent(new WheelEvent('wheel', {bubbles: true}))")
    tab.run(f"{MAP}.setView([10, 10], 4, {{animate: false}}); 0")
    tab.resize(800, 600)
    tab.wait(f"{MAP}.getSize().x < 800")
    assert tab.run(f"{MAP}.getZoom()") == 4


def test_a_page_that_opens_hidden_is_drawn_when_shown(browser, page):
    """In a closed tab or a folded section the map has no size yet."""
    tab = browser.open(page.replace('<main class="geomap"', '<main style="display:none" class="geomap"'))
    assert tab.lines == []
    tab.run("document.querySelector('.geomap').style.display = ''")
    tab.wait("document.querySelectorAll('.gm-marks .gm-place').length > 3")
    assert tab.run(f"{MAP}.getZoom()") > 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast(browser, page, scheme):
    """Every text colour reaches 4.5 : 1 on what lies under it, country names included."""
    tab = browser.open(page, prefers_color_scheme=scheme)
    script = """(() => {
      const style = getComputedStyle(document.querySelector('.geomap'));
      const light = (name) => {
        const pen = document.createElement('canvas').getContext('2d');
        pen.fillStyle = style.getPropertyValue(name).trim();
        pen.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...pen.getImageData(0, 0, 1, 1).data].map(v => v / 255)
          .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
      const pairs = [['--ink', '--panel'], ['--muted', '--panel'], ['--muted', '--wash'], ['--country', '--land'],
        ['--country', '--sea'], ['--ink', '--mark'], ['--ink', '--mark-actor'], ['--link', '--panel'],
        ['--link', '--land'], ['--denied', '--panel']];
      return pairs.map(([a, b]) => [a + ' on ' + b, ratio(a, b)]);
    })()"""

    assert {pair: round(ratio, 2) for pair, ratio in tab.run(script) if ratio < 4.5} == {}


def test_everything_that_can_be_clicked_has_a_name(browser, page):
    """For those who hear the page: names on controls, one heading, a language, a live region."""
    tab = browser.open(page)
    nameless = """[...document.querySelectorAll('button, input, a[href], summary')]
      .filter(e => !(e.textContent.trim() || e.getAttribute('aria-label') || e.closest('label')))
      .map(e => e.outerHTML)"""

    assert tab.run(nameless) == []
    assert tab.run("[document.documentElement.lang, document.querySelectorAll('h1').length]") == ["en", 1]
    assert tab.run("document.querySelector('.gm-marks').getAttribute('aria-label')").startswith("Map with 20 places")
    ids = tab.run("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))


def test_a_printed_page_has_a_drawn_map_and_every_list(browser, page, tmp_path):
    """Paper gets lines instead of a screen picture, and all tables."""
    tab = browser.open(page)
    tab.pdf(tmp_path / "page.pdf")
    assert (tmp_path / "page.pdf").stat().st_size > 50_000

    tab.run("geomap.pages[0].print(true)")
    assert tab.count(".gm-print-base path") > 3
    assert tab.count(".gm-places tbody tr") == 20
    assert tab.count(".gm-links .gm-row") == 14
    tab.run("geomap.pages[0].print(false)")
    assert tab.count(".gm-print-base") == 0
    assert tab.lines == []


def test_two_maps_share_a_page(browser, page):
    """Element names come from the map's own name, there is one global name only, and each map is selected alone."""
    (main,) = re.findall(r"<main.*</main>", page, re.DOTALL)
    script = re.findall(r"<script>.*?</script>", page, re.DOTALL)[-1]
    twin = (main + script).replace("geomap-1", "geomap-2").replace("map_1", "map_2")
    tab = browser.open(re.sub(r"<meta http-equiv[^>]*>", "", page).replace("</body>", f"{twin}</body>"))
    tab.run("document.querySelector('#geomap-2 .gm-places tbody button').click()")

    assert tab.run("document.querySelector('#geomap-1 .gm-detail').hidden")
    assert tab.text("#geomap-2 .gm-detail h2").startswith("Israel")
    assert tab.run("Object.keys(window).filter(k => /^(map|gm|geomap)/i.test(k))") == ["geomap"]
    assert tab.lines == []


@pytest.mark.parametrize(
    ("code", "point", "covered"),
    [
        pytest.param("RU", "66.0, -175.0", True, id="Chukotka lies in Russia"),
        pytest.param("RU", "66.0, -100.0", False, id="Canada does not"),
        pytest.param("RU", "60.0, 100.0", True, id="Siberia does"),
        pytest.param("FJ", "-16.6, 179.2", True, id="Fiji lies on the line"),
        pytest.param("FR", "46.0, 2.0", True, id="a plain case"),
        pytest.param("LS", "-29.5, 28.2", True, id="a hole in another country"),
        pytest.param("ZA", "-29.5, 28.2", False, id="is not that country"),
    ],
)
def test_the_base_map_knows_which_country_a_point_is_in(browser, page, code, point, covered):
    """Unpacked outlines are whole, on both sides of the antimeridian too."""
    tab = browser.open(page)
    world = "geomap.pages[0].world"

    assert tab.run(f"{world}.covers({world}.byCode.get('{code}'), {point})") is covered
