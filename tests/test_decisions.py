"""Decisions told as articles: what a person wrote in decisions.csv, and what the names then mean."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from geomap.atlas import build_atlas
from geomap.decisions import Decisions
from geomap.errors import InputError
from geomap.model import Label, Mention, Outcome, Role
from geomap.pipeline import Tools, annotate
from geomap.resolve import resolver
from geomap.resolve.grouping import grouped
from geomap.resolve.weights import shipped_weights
from tests.articles import FRANCE, PARIS, PARIS_TEXAS, SMALL_WORLD, WASHINGTON, Actors, SmallWorld, Tags, article

HEADER = "scope,document,start,end,name,place,note\n"
RAIN = "Rain fell in Paris on Monday. The mayor of Paris thanked Iraq."
TEXAN = PARIS_TEXAS.id


@pytest.fixture
def decide(tmp_path):
    """Return the decisions of a table written as text, header first unless it brings its own."""

    def decide(rows, *, header=HEADER, encoding="utf-8"):
        path = tmp_path / "decisions.csv"
        path.write_bytes((header + rows).encode(encoding))
        return Decisions.read(path)

    return decide


def read(text, decisions, *, id="a", tagger=None, actors=()):  # noqa: A002 - the field's own name
    """Return an article's annotation under some decisions."""
    tools = Tools(SMALL_WORLD, tagger or Tags(), Actors(*actors), links=False, decisions=decisions)
    return annotate(article(text, id=id), tools)


def meant(annotation):
    """Return what each place mention of an article was taken to mean, in order."""
    return [(r.mention.text, r.place.id if r.place else None) for r in annotation.resolutions]


def places_of(name, annotation):
    return [place for text, place in meant(annotation) if text == name]


def test_a_mention_decided_on_means_that_place(decide):
    """Certain, with the line that says so and the note; other mentions of the name go on as before."""
    annotation = read(RAIN, decide(f"mention,a,13,18,Paris,{TEXAN},the reporter lives there\n"))

    first, second, _ = annotation.resolutions
    assert (first.place, first.confidence) == (PARIS_TEXAS, 1.0)
    assert first.why.endswith("decided by hand (decisions.csv:2): the reporter lives there")
    assert second.place == PARIS


def test_the_other_places_of_the_name_stay_as_runners_up(decide):
    """A reader still sees what the name could have meant."""
    annotation = read(RAIN, decide(f"project,,,,Paris,{TEXAN},\n"))

    assert [candidate.place for candidate in annotation.resolutions[0].candidates] == [PARIS_TEXAS, PARIS]
    assert annotation.resolutions[0].why.endswith("decided by hand (decisions.csv:2)")


def test_a_decision_outweighs_every_feature():
    """Whatever a table of weights makes of the other places, the one decided on comes first."""
    mention = Mention(0, 5, "Paris", Label.PLACE, Role.LITERAL, "rule")
    deaf = replace(shipped_weights(), own=0.0)
    decided = {mention: (PARIS_TEXAS, "so")}
    groups = grouped([mention], SMALL_WORLD, "Paris", decided)
    judged = resolver.scored(groups, deaf)
    (resolution,) = resolver.decide([mention], groups, judged, decided=decided, weights=deaf)

    assert resolution.place == PARIS_TEXAS
    assert [candidate.place for candidate in resolution.candidates] == [PARIS_TEXAS, PARIS]
    assert resolution.candidates[0].score < resolution.candidates[1].score


@pytest.mark.parametrize("row", [f"project,,,,Paris,{TEXAN},", f"mention,a,13,18,Paris,{TEXAN},"])
def test_a_place_that_a_run_learns_is_decided_for_from_then_on(decide, row):
    """A run that asks online reads its texts twice: a place that the first reading lacks is no lost decision."""
    decisions = decide(f"{row}\n")
    mention = Mention(13, 18, "Paris", Label.PLACE, Role.LITERAL, "rule")
    before = decisions.apply(article(RAIN), [mention], SmallWorld({}))
    after = decisions.apply(article(RAIN), [mention], SMALL_WORLD)

    assert before.rulings == {}
    assert [ruling.place for ruling in after.rulings.values()] == [PARIS_TEXAS]
    assert decisions.unmatched() == []


@pytest.mark.parametrize(
    ("rows", "places"),
    [
        pytest.param(f"project,,,,Paris,{TEXAN},\n", [TEXAN, TEXAN], id="project: everywhere"),
        pytest.param(f"document,a,,,Paris,{TEXAN},\n", [TEXAN, TEXAN], id="document: here"),
        pytest.param(f"document,b,,,Paris,{TEXAN},\n", [PARIS.id, PARIS.id], id="another document: not here"),
        pytest.param(
            f"project,,,,Paris,{TEXAN},\ndocument,a,,,Paris,{PARIS.id},\n",
            [PARIS.id, PARIS.id],
            id="the document before the project",
        ),
        pytest.param(
            f"document,a,,,Paris,{PARIS.id},\nmention,a,43,48,Paris,{TEXAN},\n",
            [PARIS.id, TEXAN],
            id="the mention before the document",
        ),
        pytest.param(
            f"project,,,,paris,not a place,\nmention,a,43,48,Paris,{TEXAN},\n",
            [TEXAN],
            id="a place here, though not one elsewhere",
        ),
    ],
)
def test_the_nearest_decision_wins(decide, rows, places):
    """On this mention, then on this document, then on the project."""
    assert places_of("Paris", read(RAIN, decide(rows))) == places


def test_what_is_overruled_is_not_outdated(decide):
    """A decision that a nearer one overrules still matches: it is not reported."""
    decisions = decide(f"project,,,,Paris,{TEXAN},\ndocument,a,,,Paris,{PARIS.id},\n")
    read(RAIN, decisions)

    assert decisions.unmatched() == []


def test_not_a_place_is_left_out_and_counted(decide):
    """The name is neither pinned nor unknown: it is told under a reason of its own."""
    annotation = read(RAIN, decide("project,,,,Paris,Not a place,a brand of chairs\n"))
    atlas = build_atlas([annotation])

    assert [text for text, _ in meant(annotation)] == ["Iraq"]
    assert [(item.reason, item.count, item.examples) for item in atlas.left_out] == [
        ("decided by hand to be no place", 2, ("Paris",))
    ]
    assert atlas.unresolved == ()


def test_a_decided_place_is_company_for_the_others(decide):
    """Who says that Washington is in Texas has also said something about Paris."""
    text = "Hail fell in Paris and in Washington."
    decisions = decide("project,,,,Washington,geonames:4736286,\n")

    assert places_of("Paris", read(text, Decisions())) == [PARIS.id]
    assert places_of("Paris", read(text, decisions)) == [TEXAN]


def test_a_decision_may_name_what_recognition_did_not_find(decide):
    """The mention is added as a literal one, and takes the place of a shorter name inside it."""
    text = "Fighting went on near White Paris Hill."
    annotation = read(text, decide(f"mention,a,22,38,White Paris Hill,{FRANCE.id},\n"))

    (resolution,) = annotation.resolutions
    mention = resolution.mention
    assert (mention.text, mention.role, mention.rule) == ("White Paris Hill", Role.LITERAL, "decided")
    assert text[mention.start : mention.end] == mention.text
    assert resolution.place == FRANCE


def test_a_person_may_turn_out_to_be_a_place(decide):
    """Taggers take villages for people; a decision on the name puts it right."""
    text = "Shells hit Khan Amrin at dawn."
    annotation = read(text, decide(f"project,,,,Khan Amrin,{FRANCE.id},\n"), tagger=Tags(PER="Khan Amrin"))

    assert meant(annotation) == [("Khan Amrin", FRANCE.id)]
    assert [mention.label for mention in annotation.mentions] == [Label.PLACE]


def test_a_known_actor_stays_one_beside_the_place(decide):
    """An organisation that recognition knows acts on; the place inside the text is a mention of its own."""
    text = "Washington said no."
    decisions = decide(f"mention,a,0,10,Washington,{WASHINGTON.id},\n")
    annotation = read(text, decisions, actors=["Washington"])

    assert {mention.label for mention in annotation.mentions} >= {Label.ORGANISATION, Label.PLACE}
    assert places_of("Washington", annotation) == [WASHINGTON.id]


@pytest.mark.parametrize(
    ("text", "decided"),
    [
        pytest.param("Update: Rain fell in Paris.", [True], id="moved, and the only one"),
        pytest.param("Now rain fell in Paris." + " It rained." * 20 + " Paris it was.", [True, False], id="near"),
        pytest.param("Paris, Paris and Paris.", [False] * 3, id="three of a name: none is taken"),
    ],
)
def test_a_mention_is_looked_for_where_the_text_changed(decide, text, decided):
    """The same name, if only one can be meant."""
    annotation = read(text, decide(f"mention,a,13,18,Paris,{TEXAN},\n"))

    assert ["decided by hand" in r.why for r in annotation.resolutions] == decided
    assert all(r.place.id == TEXAN for r, mine in zip(annotation.resolutions, decided, strict=True) if mine)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (f"mention,a,0,4,Lyon,{TEXAN},", "'Lyon' is not at 0-4 of 'a', but nowhere in it"),
        (f"mention,a,30,35,Paris,{TEXAN},", "'Paris' is not at 30-35 of 'a', but at 2 other spots"),
        ("mention,a,0,4,Rain,not a place,", "'Rain' is no longer taken for a place in 'a'"),
        (f"document,a,,,Lyon,{TEXAN},", "'Lyon' is not found as a name in 'a'"),
        (f"document,z,,,Paris,{TEXAN},", "the document 'z' was not read"),
        (f"project,,,,Lyon,{TEXAN},", "'Lyon' is not found as a name in any document"),
        ("project,,,,Paris,own:atlantis,", "no layer has a place 'own:atlantis'"),
    ],
)
def test_a_decision_that_matches_nothing_is_told(decide, row, told):
    """With its line, in words that say what to look at; the others hold."""
    decisions = decide(f"project,,,,Iraq,{FRANCE.id},\n{row}\n")
    annotation = read(RAIN, decisions)

    (line,) = decisions.unmatched()
    assert "decisions.csv:3: no longer matches: " + told in line
    assert places_of("Iraq", annotation) == [FRANCE.id]
    assert places_of("Paris", annotation) == [PARIS.id, PARIS.id]


def test_many_decisions_on_texts_not_read_are_one_line(decide):
    """A project has thousands of decisions; a run on one text does not print them all."""
    decisions = decide("".join(f"document,old-{n},,,Paris,{TEXAN},\n" for n in range(40)))
    read(RAIN, decisions)

    lines = decisions.unmatched()
    assert len(lines) == 6
    assert "35 more decisions are about documents that were not read (lines 7, 8, 9, 10, 11 and 30 more)" in lines[-1]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("town,a,,,Paris,geonames:1,", "2: unknown scope 'town'. Write mention, document, project"),
        ("mention,a,,,Paris,geonames:1,", "2: a decision on a mention has start '' and end ''"),
        ("mention,a,9,3,Paris,geonames:1,", "2: a decision on a mention has start '9' and end '3'"),
        (
            "project,a,5,9,Paris,geonames:1,",
            "2: scope project is more than the row says: it has document 'a', start '5', end '9'. Leave them empty, or",
        ),
        (
            "project,a,,,Paris,geonames:1,",
            "2: scope project is more than the row says: it has document 'a'. Leave it empty, or write scope document",
        ),
        ("document,a,1,,Paris,geonames:1,", "2: scope document is more than the row says: it has start '1'. Leave it"),
        ("document,,,,Paris,geonames:1,", "2: a decision on a document names no document"),
        ("project,,,,Paris,,", "2: '' is neither the id of a place nor 'not a place'"),
        ("project,,,,Paris,Texas,", "2: 'Texas' is neither the id of a place nor 'not a place'"),
        ("project,,,,...,geonames:1,", "2: has no name"),
        ("project,,,,Paris,geonames:1,a,b", "2: has 8 cells, the header 7"),
        ('project,,,,"Paris,geonames:1,', "2: is no row of a CSV table"),
        (
            "project,,,,Paris,geonames:1,\n\nproject,,,,PARIS,not a place,",
            "4: 'PARIS' is not a place here but geonames:1 in line 2. Keep one of the two rows",
        ),
    ],
)
def test_a_row_that_cannot_be_meant_is_refused_with_its_line(decide, rows, told):
    """Where, what value, what to do instead."""
    with pytest.raises(InputError) as caught:
        decide(rows)

    assert f"decisions.csv:{told}" in str(caught.value)


def test_a_table_without_its_columns_is_refused(decide):
    """A file of something else does not pass for one without decisions."""
    with pytest.raises(InputError, match=r"decisions\.csv:1: has no column 'scope'"):
        decide("Paris,1\n", header="name,id\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_what_a_spreadsheet_makes_of_the_table_is_read(decide, encoding, separator):
    """Byte-order mark, semicolons, another order of columns, columns of one's own, formula guards."""
    header = "Place,note,who,NAME,scope\n".replace(",", separator)
    row = f"{TEXAN},'=1+1,Ines,'-Paris,project\n".replace(",", separator)
    decisions = decide(row, header=header, encoding=encoding)
    annotation = read(RAIN, decisions)

    assert annotation.resolutions[0].why.endswith("decided by hand (decisions.csv:2): =1+1")
    assert [line.partition("decisions.csv")[2] for line in decisions.unmatched()] == [
        ":1: the column 'who' is not read"
    ]


def test_the_same_decision_twice_is_told_once(decide):
    """Harmless, so it is no error; but somebody meant something by it."""
    decisions = decide(f"project,,,,Paris,{TEXAN},\nproject,,,,paris,{TEXAN},again\n")
    read(RAIN, decisions)

    assert [line.partition("decisions.csv")[2] for line in decisions.unmatched()] == [":3: says the same as line 2"]


def test_without_decisions_nothing_changes(decide):
    """An empty table is a table: the article is read as it would be without one."""
    assert read(RAIN, decide("")) == read(RAIN, Decisions())


def test_a_place_decided_where_the_gazetteer_has_none(decide):
    """An unknown name becomes known, without an entry in any layer."""
    text = "A road near Zqxrville was closed."
    tagger = Tags(LOC="Zqxrville")

    assert read(text, Decisions(), tagger=tagger).resolutions[0].outcome is Outcome.UNKNOWN
    assert meant(read(text, decide(f"project,,,,Zqxrville,{PARIS.id},\n"), tagger=tagger)) == [("Zqxrville", PARIS.id)]


def test_capitals_of_a_headline_do_not_matter(decide):
    """A short name in capitals looks like an acronym; it is the same name."""
    assert places_of(
        "PARIS", read("PARIS - Rain fell.", decide(f"project,,,,Paris,{TEXAN},\n"), tagger=Tags(LOC="PARIS"))
    ) == [TEXAN]


def test_a_missing_file_is_one_line():
    """Like any other file that cannot be opened."""
    with pytest.raises(InputError, match=r"nowhere\.csv: cannot be opened"):
        Decisions.read(Path("nowhere.csv"))


# --- the commands --------------------------------------------------------------------------------

EXAMPLES = Path(__file__).parent.parent / "examples"


def test_the_decisions_of_the_examples_hold(run):
    """The table that the documentation shows matches the text it is about, line by line."""
    table = EXAMPLES / "decisions.csv"
    text = str(EXAMPLES / "gulf-coast.txt")
    mapped = run("map", text, "--no-links", "--decisions", str(table))
    explained = run("explain", text, "--name", "Lebanon", "--decisions", str(table))

    assert mapped.exit_code == 0
    assert "1 decided by hand to be no place" in mapped.stderr
    assert "no longer matches" not in mapped.stderr
    assert "decided by hand (decisions.csv:2): the town in Tennessee" in explained.stdout
    assert "decided by hand (decisions.csv:2)" in Path("map.html").read_text(encoding="utf-8")


def test_outdated_decisions_are_told_and_are_no_error(run):
    """The summary names the line; the map is written all the same."""
    Path("a.txt").write_text("Rain fell in Baghdad.", encoding="utf-8")
    Path("decisions.csv").write_text(HEADER + "project,,,,Atlantis,not a place,\n", encoding="utf-8")

    for command in (("map", "a.txt", "--no-links"), ("parse", "a.txt", "--no-links"), ("explain", "a.txt")):
        result = run(*command, "--decisions", "decisions.csv")
        assert result.exit_code == 0
        assert "decisions.csv:2: no longer matches: 'Atlantis' is not found" in result.stderr


def test_a_wrong_table_stops_the_run_before_it_writes(run):
    """One line and exit 1: half of the decisions would be a map nobody asked for."""
    Path("a.txt").write_text("Rain fell in Baghdad.", encoding="utf-8")
    Path("decisions.csv").write_text(HEADER + "everywhere,,,,Baghdad,not a place,\n", encoding="utf-8")
    result = run("map", "a.txt", "--no-links", "--decisions", "decisions.csv")

    assert result.exit_code == 1
    assert result.stderr.startswith("Error: decisions.csv:2: unknown scope 'everywhere'")
    assert not Path("map.html").exists()
