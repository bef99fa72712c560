"""`geomap explain` told as texts and what a reporter asks about them."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from functools import partial
from math import log
from pathlib import Path

import pytest

from geomap.explain import explanation
from geomap.gazetteer.layered import Layered
from geomap.gazetteer.overlay import Overlay
from geomap.gazetteer.provenance import provenance
from geomap.gazetteer.store import Store
from geomap.model import Candidate, Kind, Label, Mention, NameKind, Place, Role
from geomap.pipeline import Tools, annotate, annotate_all
from geomap.read import read_inputs
from geomap.read.document import document_from_text
from geomap.recognise.reasons import recognised, tag_told
from geomap.recognise.rules import RULES
from geomap.resolve.reasons import reason, rival, standing, sureness
from geomap.resolve.spot import same_spot
from tests.articles import PARIS, PARIS_TEXAS

EXAMPLES = Path(__file__).parent.parent / "examples"
TEXT = "Rain fell in Baghdad on Monday. Paris Hilton flew over the Gulf of Aden. The Iraqi army stayed."
PROVINCE = Place("geonames:1", "Basra", Kind.ADMIN1, 30.5, 47.5, "IQ", population=2_500_000)
TOWN = Place("geonames:2", "Basra", Kind.CITY, 30.53, 47.8, "IQ", admin1="Basra", admin1_id=PROVINCE.id)


@pytest.fixture
def explained(run):
    """Return the paragraphs that `geomap explain` prints on a text, each a list of lines."""

    def explained(*arguments, text=TEXT):
        result = run("explain", "-", "--tagger", "fast", *arguments, stdin=text)
        assert result.exit_code == 0, result.stderr
        return [paragraph.split("\n") for paragraph in result.stdout.strip().split("\n\n")]

    return explained


# --- what is printed -----------------------------------------------------------------------------


def test_a_mention_is_explained_in_five_lines(explained):
    """Where it stands and what it does, why it was found, the place, how sure, and the row with its source."""
    (head, found, place, sure, row) = explained("--name", "baghdad")[0]

    assert head == "stdin:1: \u201cBaghdad\u201d at 13-20: literal (the place itself), counted"
    assert found.startswith("  Found: ")
    assert found.endswith(" The tagger saw a place.")
    assert "means Baghdad (city, Iraq), the same spot on the map as Baghdad (state or province, Iraq)" in place
    assert re.match(r"  Sure: almost certain \(\d+ %\), give or take \d+ km\. Next: [A-Z]", sure)
    assert "geonames:98182, city PPLC, 33.341 44.401, 7,216,000 people; found by its main name" in row
    assert "from GeoNames (CC-BY-4.0, " in row


def test_what_is_not_counted_is_told(explained):
    """A demonym is on the map only where a reader asks for it."""
    (paragraph,) = explained("--name", "Iraqi")

    assert paragraph[0].endswith(": demonym (its people, or what is theirs), not counted by default")
    assert "speaks of the people of Iraq (country)" in paragraph[2]


def test_a_name_that_a_rule_refused_is_told_when_asked_for(explained):
    """Why is Paris not on my map?  It is a person here."""
    (paragraph,) = explained("--name", "Paris")

    assert paragraph[0] == "stdin:1: \u201cParis\u201d at 32-37: not taken for a place"
    assert paragraph[1].startswith("  Refused: ")
    assert "all else in a person's name is no place" in paragraph[1]
    assert paragraph[1].endswith("The tagger saw a person, \u201cParis Hilton\u201d.")


def test_an_area_that_the_text_builds_is_told(explained):
    """Who reads "40 km north of Mosul" is not told Mosul alone."""
    (paragraph,) = explained("--name", "Mosul", text="Shells fell 40 km north of Mosul on Monday, the army said.")

    assert "means Mosul (city, " in paragraph[2]
    assert paragraph[3].startswith("  Derived area: 40 km north of Mosul, around 36.")


def test_half_a_name_is_asked_for_by_the_whole(explained):
    """In "North and South Korea" two states are named."""
    (paragraph,) = explained("--name", "North Korea", text="Envoys of North and South Korea met on Monday.")

    assert paragraph[0].startswith("stdin:1: \u201cNorth\u201d at 10-15: ")
    assert "share their last words" in paragraph[1]
    assert "means North Korea (country)" in paragraph[2]


def test_a_name_within_a_longer_one_is_told(explained):
    """The Gulf of Aden is not in Aden."""
    (paragraph,) = explained("--name", "Aden")

    assert paragraph == [
        "stdin:1: \u201cAden\u201d at 67-71: not taken for a place",
        "  Refused: It is part of \u201cGulf of Aden\u201d.",
    ]


def test_without_a_name_only_mentions_are_explained(explained):
    """What is no place is told to whoever asks for it."""
    heads = [paragraph[0] for paragraph in explained()]

    assert len(heads) == 3
    assert not any("not taken" in head for head in heads)


def test_a_decision_is_told_with_its_line(explained):
    """On a mention it moved, and on one it took away."""
    table = "scope,document,start,end,name,place,note\n"
    Path("d.csv").write_text(
        f"{table}project,,,,Baghdad,not a place,a ship\nproject,,,,Aden,{PARIS_TEXAS.id},\n", encoding="utf-8"
    )
    (taken,) = explained("--name", "Baghdad", "--decisions", "d.csv")
    (moved,) = explained("--name", "Aden", "--decisions", "d.csv", text="Rain fell in Aden.")

    assert taken[1] == "  Refused: decided by hand (d.csv:2): a ship."
    assert moved[2] == (
        "  Place: \u201cAden\u201d means Paris (city, Texas, United States): decided by hand (d.csv:3)."
    )
    assert "set aside by hand" in moved[3]


def test_a_name_without_a_place_is_told(explained):
    """The gazetteer lacks it, or nothing that it has fits."""
    (paragraph,) = explained("--name", "Zqxrville", text="Troops left the town of Zqxrville, near Baghdad, on Friday.")

    assert paragraph[-1] == "  No place: no place of this name is in the gazetteer."


def test_every_candidate_is_shown_in_full(explained):
    """Each with its distance, its row, and what each feature was worth, in words."""
    (paragraph,) = explained("--name", "Tripoli", "--full", text="Tripoli, Lebanon, is quiet, Beirut said.")
    rest = paragraph[5:]

    assert rest[0].startswith("  1. Tripoli (city, ")
    assert any(line.startswith("  2. ") for line in rest)
    assert any(line.endswith("the region named right beside it holds it") for line in rest)
    assert all(line[5:12].strip()[0] in "+-" for line in rest if line[5:6] == " ")


def test_all_texts_are_read_together_as_in_a_map(run):
    """What the other articles of a source are about counts here too: the reason is that of the annotation."""
    lines = [
        {"id": f"a{n}", "source": "Lamar Ledger", "text": f"{name} will repave its main street, the council said."}
        for n, name in enumerate(("Dallas", "Tyler, Texas,", "Houston", "Austin, Texas,", "Paris"))
    ]
    Path("a.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    parsed = run("parse", "a.jsonl", "--no-links", "--tagger", "fast").stdout.splitlines()
    reasons = [toponym["why"] for line in parsed for toponym in json.loads(line)["toponyms"]]
    printed = run("explain", "a.jsonl", "--tagger", "fast").stdout

    assert any("other articles of the same source" in why for why in reasons)
    assert [line for line in printed.split("\n") if line.startswith("  Place: ")] == [
        f"  Place: {why}." for why in reasons
    ]


def test_what_was_told_before_is_not_told_again(explained):
    """A name keeps its meaning in a text: the second mention points to the first."""
    first, second = explained(text="Rain fell in Nairobi. The road to Nairobi is closed.")

    assert (len(first), len(second)) == (5, 3)
    assert second[0].startswith("stdin:1: \u201cNairobi\u201d at 34-41: literal")
    assert second[2] == "  Place: Nairobi (city, Kenya), as at 13-20."


def test_a_terminal_is_told_nothing_to_obey(explained):
    """What stands in a text is shown as words in one line, without control characters."""
    (paragraph,) = explained("--name", "Paris", text="It will rain, Paris\x1b Hilton said, and then it rained.")

    assert paragraph[1].endswith("The tagger saw a person, \u201cParis Hilton\u201d.")


def test_a_name_is_asked_for_by_letters(run):
    """One line that says what to give."""
    result = run("explain", "-", "--name", "?!", stdin=TEXT)

    assert result.exit_code == 1
    assert "holds no letter or digit to look for" in result.stderr


def test_a_name_that_is_nowhere_is_no_error(run):
    """The answer is that it was not found."""
    result = run("explain", "-", "--tagger", "fast", "--name", "Quito", stdin=TEXT)

    assert (result.exit_code, result.stdout) == (0, "")
    assert "No place mention of 'Quito' was found." in result.stderr


def test_the_page_shows_the_same_sentences(run):
    """Whoever reads the page and whoever reads the terminal are told the same."""
    run("map", "--no-links", "--tagger", "fast", "-", "-o", "m.html", stdin=TEXT)
    page = Path("m.html").read_text(encoding="utf-8")
    printed = run("explain", "-", "--tagger", "fast", "--name", "Baghdad", stdin=TEXT).stdout
    sentence = printed.split("  Place: ")[1].split("\n")[0].rstrip(".")
    rule = printed.split("  Found: ")[1].split(" The tagger saw")[0]

    assert sentence in page
    assert json.dumps(rule)[1:-1].replace("'", "\\u0027") in page or rule in page


def test_cost_grows_with_the_length_of_a_text():
    """Four times as many names cost four times the steps; a cost that grows with the square would be 16."""
    tools = Tools.load(links=False, tagger="fast")
    read = [annotate(document_from_text("Rain fell in Cairo. " * times, id="a"), tools) for times in (250, 1000)]
    for annotation in read:  # what is remembered of words costs once
        list(explanation(annotation, tools, name="Cairo"))

    once, four_times = (
        steps(lambda annotation=annotation: list(explanation(annotation, tools, name="Cairo"))) for annotation in read
    )

    assert four_times < 5 * once


def steps(work):
    """Return how many instructions a piece of work takes in what explains a text: the same on every machine."""
    count = 0

    def traced(frame, event, _argument):
        nonlocal count
        frame.f_trace_lines, frame.f_trace_opcodes = False, True
        count += event == "opcode"
        return traced if frame.f_code.co_filename.endswith(("explain.py", "looking.py")) else None

    before = sys.gettrace()
    sys.settrace(traced)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def test_only_what_is_asked_about_is_tagged_again():
    """A name that stands in one sentence of a long text costs one sentence."""
    tools = Tools.load(links=False, tagger="fast")
    annotation = annotate(document_from_text("Rain fell in Cairo. " * 50 + "They met in Quito.", id="a"), tools)
    tagger = Remembering(tools.tagger)

    lines = list(explanation(annotation, replace(tools, tagger=tagger), name="Quito"))

    assert tagger.sentences == [["They", "met", "in", "Quito", "."]]
    assert "means Quito (city, " in lines[2]


class Remembering:
    """A tagger that remembers what it was asked."""

    def __init__(self, tagger):
        self.tagger = tagger
        self.sentences = []

    def tag(self, sentences):
        self.sentences += sentences
        return self.tagger.tag(sentences)


# --- the sentences -------------------------------------------------------------------------------


def candidate(place, score=0.0, **features):
    return Candidate(place, score, NameKind.NAME, tuple(features.items()))


def mention(name):
    return Mention(0, len(name), name, Label.PLACE, Role.LITERAL, "given", name.lower())


def test_a_town_and_its_province_are_one_spot():
    """Nobody need choose between them on a map of the world; two towns of one name are two places."""
    near = Place("geonames:3", "Basra", Kind.CITY, 30.6, 47.9, "IQ")
    river = Place("geonames:4", "Basra", Kind.RIVER, 30.6, 47.9, "IQ")

    assert same_spot(TOWN, PROVINCE)
    assert same_spot(PROVINCE, TOWN)
    assert not same_spot(TOWN, near)
    assert not same_spot(TOWN, river)
    assert not same_spot(PARIS, PARIS_TEXAS)


def test_the_same_spot_is_no_runner_up():
    """The sentence says that both are one spot, and sets the place against what lies elsewhere."""
    elsewhere = Place("geonames:5", "Basra", Kind.CITY, 10.0, 10.0, "NG")
    alone = [candidate(TOWN, 2.0, population=2.0), candidate(PROVINCE, 1.9, population=1.9)]
    told = partial(reason, mention("Basra"))

    assert told(alone, 2) == (
        "\u201cBasra\u201d means Basra (city, Iraq), the same spot on the map as Basra (state or province, Iraq): "
        "no other place has the name"
    )
    assert rival(alone) is None
    assert ", not Basra (city, Nigeria): 0 people live there" in told([*alone, candidate(elsewhere)], 3)
    assert ", not Basra (city, Nigeria) or 4 more: " in told([*alone, candidate(elsewhere)], 7)


@pytest.mark.parametrize(
    ("times", "words"),
    [
        (1.0, "a close call: just as likely"),
        (1.4, "a close call: the first is \u00d71.4 as likely"),
        (7, "behind: the first is \u00d77 as likely"),
        (300, "far behind: the first is \u00d7300 as likely"),
        (10**9, "far behind: the first is more than \u00d71,000 as likely"),
    ],
)
def test_the_margin_is_told_in_words(times, words):
    """How many times as likely, and whether that is much."""
    assert standing(candidate(PARIS, log(times)), candidate(PARIS_TEXAS)) == words


def test_every_probability_has_a_word():
    """From doubtful to almost certain."""
    assert [sureness(p) for p in (0.0, 0.4, 0.6, 0.8, 0.95, 1.0)] == [
        "doubtful", "unsure", "likely", "very likely", "almost certain", "almost certain",
    ]  # fmt: skip


def test_every_rule_that_keeps_a_mention_has_a_sentence():
    """The rules of the list, and the few ways beside it; a rule of somebody else has none."""
    documents = read_inputs([str(path) for path in sorted(EXAMPLES.glob("*.txt"))]).documents
    found = {
        mention.rule
        for annotation in annotate_all(documents, Tools.load(links=False))
        for mention in annotation.mentions
        if mention.label is Label.PLACE
    }

    assert len(found) > 5
    assert all(recognised(rule).endswith(".") for rule in found | {rule.__name__ for rule in RULES})
    assert recognised("a rule of another day") == ""
    assert [tag_told(label) for label in ("LOC", "")] == ["a place", "no name"]


# --- where a row comes from ----------------------------------------------------------------------


def test_a_row_has_a_source_a_licence_and_a_date():
    """What the packages of its source say of themselves, and each source has one; for a layer, which one."""
    mine = Place("own:camp", "Camp", Kind.CITY, 1.0, 2.0, source="field notes")
    gazetteer = Layered([Store.open()], [Overlay("gazetteer.toml", "0", places={mine.id: mine})])
    baghdad = gazetteer.place("geonames:98182")
    strait = next(named.place for named in gazetteer.lookup("bab al mandab strait"))

    assert provenance(baghdad, gazetteer).startswith("GeoNames (CC-BY-4.0, in packages of 20")
    assert provenance(strait, gazetteer) == "geomap (Apache-2.0)"
    assert {each["source"] for each in Store.open().info()["packages"]} >= set(Store.open().info()["sources"])
    assert provenance(mine, gazetteer) == "the layer gazetteer.toml, from field notes"
