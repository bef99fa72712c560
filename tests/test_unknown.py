"""The loop of unknown names told as articles: what is listed, what is guessed, and how a row becomes a place."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.gazetteer.layers.entries import entry_of
from geomap.gazetteer.tables import kinds
from geomap.model import Annotation, Candidate, Kind, Label, Mention, NameKind, Outcome, Place, Resolution, Role, Span
from geomap.pipeline import Tools, annotate_all
from geomap.unknown import COLUMNS, MAX_SUGGESTED, as_csv, unknown_names
from geomap.unknown.cues import _kinds
from geomap.unknown.region import Company, Surroundings
from tests.articles import BAGHDAD, SMALL_WORLD, Actors, Tags, article


def listed(*texts, near=None, **labels):
    """Return the unknown names of some articles; `labels` tell the tagger what it sees."""
    tools = Tools(SMALL_WORLD, Tags(**labels), Actors(), links=False)
    documents = [article(text, id=f"text-{n}") for n, text in enumerate(texts, start=1)]
    return unknown_names(annotate_all(documents, tools), SMALL_WORLD, near=near)


def rows(table):
    return list(csv.DictReader(io.StringIO(table)))


def test_a_name_is_listed_with_its_spellings_mentions_and_documents():
    """Spellings that differ only in case, marks and hyphens are one name, the commonest first."""
    (name,) = listed(
        "Rain fell in Zahr-Amin. Zahr Amin is wet.",
        "Zahr-Amin again.",
        LOC="Zahr-Amin|Zahr Amin|Zahr - Amin",
    )

    assert (name.name, name.variants, name.mentions, name.documents) == ("Zahr-Amin", ("Zahr Amin",), 3, 2)
    assert [shown.document_id for shown in name.snippets] == ["text-1", "text-1", "text-2"]
    assert name.snippets[0].text == "Rain fell in Zahr-Amin."


def test_a_name_with_a_place_is_not_listed():
    """Only what found no place is unknown."""
    assert listed("Rain fell in Paris and Baghdad.", LOC="Paris|Baghdad") == []


def test_names_are_ordered_by_mentions_then_name():
    """The same documents give the same list, whatever order the names came in."""
    names = listed("Rima, Zahra and Amin. Then Zahra.", LOC="Rima|Zahra|Amin")

    assert [(name.name, name.mentions) for name in names] == [("Zahra", 2), ("Amin", 1), ("Rima", 1)]


def test_the_region_is_where_its_company_lies():
    """Places of the same sentence, then of the document; a country is filled in where two places agree."""
    text = "In Iraq, shells fell on Zahra near Baghdad. Rain fell in Paris."
    (name,) = listed(text, LOC="Zahra")

    assert (name.region.country, name.region.admin1) == ("IQ", "")
    assert str(name.region).startswith("IQ (8")
    assert rows(as_csv([name]))[0]["country"] == "IQ"


def test_a_lone_neighbour_is_a_guess_and_no_more():
    """One place beside a name is told, but not filled in for the reader."""
    (name,) = listed("Shells fell on Zahra near Baghdad.", LOC="Zahra")
    (row,) = rows(as_csv([name]))

    assert (row["country"], row["region_guess"]) == ("", "Baghdad, IQ (100%)")


def test_a_name_alone_in_its_text_has_no_region():
    """No company, no guess."""
    (name,) = listed("Shells fell on Zahra.", LOC="Zahra")

    assert name.region is None


def places_at(spots):
    """Return an annotation of a text with places at some characters."""
    resolutions = [
        Resolution(
            Mention(start, start + 1, "x", Label.PLACE, Role.LITERAL, "rule"),
            Outcome.RESOLVED,
            (Candidate(place, 1.0, NameKind.NAME),),
            1.0,
            "",
        )
        for start, place in spots
    ]
    return Annotation(article(""), (), tuple(resolutions), (), (), ())


def obvious_company(spots, sentence):
    """Return what each country weighs for a name in a sentence, as one would explain it."""
    everywhere = {place.id: place for _, place in spots}
    beside = {place.id for start, place in spots if sentence.start <= start < sentence.end}
    weights = dict.fromkeys((place.country for place in everywhere.values()), 0.0)
    for place in everywhere.values():
        weights[place.country] += (0.5 if beside else 1.0) / len(everywhere)
        weights[place.country] += 0.5 / len(beside) if place.id in beside else 0.0
    return weights


TOWNS = [
    Place(f"own:{n}", f"Town {n}", Kind.CITY, 0.0, 0.0, country, admin1=f"A{n % 2}")
    for n, country in enumerate("SSLLJ")
]


@given(
    st.lists(st.tuples(st.integers(0, 40), st.sampled_from(TOWNS))),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 15))),
)
def test_company_is_what_one_would_count_by_hand(spots, sentences):
    """The document counts half, the sentence half, and every place once in each."""
    found, company, expected = Surroundings(places_at(spots)), Company(), {}
    for start, length in sentences:
        sentence = Span(start, start + length)
        company.add(found.whole, found.of(sentence))
        for country, weight in obvious_company(spots, sentence).items():
            expected[country] = expected.get(country, 0.0) + weight

    assert dict(company.countries) == pytest.approx(expected)
    assert sum(company.admins.values()) == pytest.approx(sum(expected.values()))


def test_twice_the_names_and_places_are_twice_the_work():
    """A gazette has thousands of either: the places of a document are counted once, not once a name."""

    class Watched:
        """A place that counts how often it is looked at."""

        looks = 0
        country, admin1 = "LB", "South"

        def __init__(self, number):
            self.number = number

        @property
        def id(self):
            Watched.looks += 1
            return f"own:{self.number}"

    def looks(n):
        Watched.looks = 0
        found, company = Surroundings(places_at([(10 * i, Watched(i)) for i in range(n)])), Company()
        for i in range(n):
            company.add(found.whole, found.of(Span(10 * i, 10 * i + 10)))
        return Watched.looks

    assert looks(400) <= 2 * looks(200) + 10


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Troops left the village of Zahra.", "village"),
        ("Troops left the villages of Rima Low, Amin and Zahra.", "village"),
        ("Troops left the Zahra air base.", "air base"),
        ("Troops left Zahra refugee camp.", "refugee camp"),
        ("Troops crossed the Zahra river.", "river"),
        ("Troops held Zahra, a small farming village near the road.", "village"),
        ("Troops held Zahra, a base from the air.", ""),
        ("Troops left Zahra.", ""),
        ("The district of Zahra, a town in the hills.", "district"),
        ("The village of Zahra. The Zahra air base.", ""),
        ("The village of Zahra. The village of Zahra. The Zahra air base.", "village"),
    ],
)
def test_the_kind_is_what_the_text_calls_it(text, kind):
    """Words beside the name, also in a list of villages; where they disagree nothing is guessed."""
    (name,) = (name for name in listed(text, LOC="Zahra") if name.name == "Zahra")

    assert name.kind == kind


@pytest.mark.parametrize(("name", "kind"), [("Wadi Zahra", "wadi"), ("Zahra Camp", "camp"), ("Zahra Amin", "")])
def test_a_name_may_say_its_kind_itself(name, kind):
    """The first or last word of the name, where nothing beside it says more."""
    (found,) = listed(f"Troops left {name}.", LOC=name)

    assert found.kind == kind


def test_every_kind_that_is_guessed_can_be_imported():
    """The table of cues uses the words that a layer takes."""
    guessed = {kind for stands in ("of", "after", "both", "part") for kind in _kinds(stands).values()}

    assert guessed <= set(kinds())


def test_a_person_whom_the_text_calls_a_village_is_listed():
    """Taggers take villages for people; the word beside the name knows better."""
    names = listed("They shelled the village of Khan Amrin, then Salim Nasser spoke.", PER="Khan Amrin|Salim Nasser")

    assert [(name.name, name.kind, name.doubt) for name in names] == [("Khan Amrin", "village", "")]


def test_the_village_doctor_is_no_village():
    """A noun that goes on is about somebody."""
    assert listed("Then Salim Nasser, the village doctor, spoke.", PER="Salim Nasser") == []


@pytest.mark.parametrize(
    ("text", "labels", "doubt"),
    [
        ("Salim Zahra spoke. Near Zahra it rained.", {"LOC": "Zahra", "PER": "Salim Zahra"}, "a person in the text"),
        ("Then Market rose.", {"LOC": "Market"}, "ordinary English word"),
        ("Then Q rose.", {"LOC": "Q"}, "no two letters"),
    ],
)
def test_what_is_likely_no_place_comes_last_with_the_reason(text, labels, doubt):
    """Nothing is dropped in silence, and the likely places stand first."""
    both = {**labels, "LOC": f"{labels['LOC']}|Rima"}
    likely, doubted = listed(f"{text} {text} Rain in Rima.", **both)

    assert (likely.name, likely.doubt) == ("Rima", "")
    assert doubt in doubted.doubt


def test_near_spellings_are_shown_but_never_taken():
    """What may be meant is told with its id, so that an alias is one command away."""
    (name,) = listed("Rain in Bagdhad.", LOC="Bagdhad", near=lambda name: [BAGHDAD] if name == "Bagdhad" else [])

    assert name.near == (BAGHDAD,)
    assert rows(as_csv([name]))[0]["near_spellings"] == f"Baghdad (city, Baghdad, IQ) {BAGHDAD.id}"


def test_near_spellings_are_sought_for_the_commonest_likely_names():
    """They take longer than all the rest: not for names that are likely no places, nor for thousands."""
    asked = []
    names = [f"Zahra{n:03}" for n in range(MAX_SUGGESTED + 20)]
    text = " ".join(f"Rain in {name}." for name in [*names, names[-1], "Market", "Market"])
    found = listed(text, near=lambda name: asked.append(name) or [BAGHDAD], LOC="|".join([*names, "Market"]))

    assert asked == [names[-1], *names[: MAX_SUGGESTED - 1]]
    assert [bool(name.near) for name in found] == [True] * MAX_SUGGESTED + [False] * 21


def test_a_long_sentence_is_cut_between_words_around_the_name():
    """A snippet is one line that is read at a glance; dots show where it was cut."""
    (name,) = listed("word " * 80 + "near\nZahra " + "tail " * 80 + ".", LOC="Zahra")
    (shown,) = name.snippets

    assert "near Zahra tail" in shown.text
    assert len(shown.text) <= 202
    assert set(shown.text.strip("\u2026").split()) == {"word", "near", "Zahra", "tail"}
    assert shown.text[0] == shown.text[-1] == "\u2026"


def test_cells_cannot_become_formulas_or_turn_the_text():
    """Article text is hostile: no cell begins as a formula, no mark turns the direction of its line."""
    (name,) = listed("\u202eWent to Zahra.", LOC="Zahra")
    bad = [
        type(name)("=SUM(Zahra)", ("@x", "a|b"), 1, 1, name.snippets, None, (), ""),
        type(name)("\u2067\u0632\u0647\u0631\u0627", (), 1, 1, (), None, (), ""),
    ]
    formula, arabic = rows(as_csv(bad))

    assert (formula["name"], formula["names"]) == ("'=SUM(Zahra)", "'@x|a b")
    assert formula["snippet"] == "[text-1] Went to Zahra."
    assert arabic["name"] == "\u0632\u0647\u0631\u0627"


def test_a_filled_row_is_an_entry_of_a_layer():
    """The first columns are those that a layer has; the rest is for the reader."""
    (name,) = listed("Troops held the village of Zahra in Iraq near Baghdad.", LOC="Zahra")
    (row,) = rows(as_csv([name]))
    own = {column: row[column] for column in COLUMNS[:8]} | {"lat": "33.5", "lon": "44.1"}
    entry = entry_of(own, path=Path("todo.csv"), line=2)

    assert (entry.name, entry.kind, entry.country, entry.lat) == ("Zahra", "village", "IQ", 33.5)


def test_the_list_does_not_depend_on_how_the_documents_come():
    """One by one or all at once, memory is bounded and the answer the same."""
    texts = [f"Rain in Zahra {n % 3} and near Paris." for n in range(40)]
    tools = Tools(SMALL_WORLD, Tags(LOC="Zahra 0|Zahra 1|Zahra 2"), Actors(), links=False)
    documents = [article(text, id=str(n)) for n, text in enumerate(texts)]
    at_once = unknown_names(annotate_all(documents, tools), SMALL_WORLD)
    one_by_one = (annotation for document in documents for annotation in annotate_all([document], tools))

    assert unknown_names(one_by_one, SMALL_WORLD) == at_once
    assert [len(name.snippets) for name in at_once] == [3, 3, 3]


# --- the command ---------------------------------------------------------------------------------

STORY = """Shells fall along the border

Shells fell on the village of Zqxrhaba on Monday, officials in Beirut said. Families from Zqxrhaba fled to Tyre,
in the south of Lebanon. The road between Zqxrhaba and Sidon was cut.
"""


def test_the_loop_closes(run):
    """List, fill in, import, run again: the name has its place, and is no longer listed."""
    Path("story.txt").write_text(STORY, encoding="utf-8")
    first = run("unknown", "story.txt", "-o", "todo.csv")
    table = Path("todo.csv").read_text(encoding="utf-8-sig")
    (row,) = rows(table)

    assert first.exit_code == 0
    assert "1 name in 3 mentions" in first.stderr
    assert "geomap gazetteer import todo.csv" in first.stderr
    assert (row["name"], row["kind"], row["country"]) == ("Zqxrhaba", "village", "LB")

    filled = table.replace("Zqxrhaba,,,LB,village,,,", "Zqxrhaba,33.3,35.4,LB,village,,on the old map,survey")
    Path("todo.csv").write_text("\ufeff" + filled, encoding="utf-8")
    imported = run("gazetteer", "import", "todo.csv")
    assert imported.exit_code == 0, imported.stderr

    again = run("unknown", "story.txt", "-o", "again.csv")
    assert "no names" in again.stderr
    assert Path("again.csv").read_text(encoding="utf-8-sig").splitlines() == [",".join(COLUMNS)]
    parsed = json.loads(run("parse", "story.txt", "--no-links").stdout)
    places = [t for t in parsed["toponyms"] if t["text"] == "Zqxrhaba"]
    assert [(t["lat"], t["lon"], t["country"]) for t in places] == [(33.3, 35.4, "LB")] * 3


def test_the_table_begins_with_the_mark_excel_needs_unless_told_otherwise(run):
    """Without it Excel breaks every name that is not ASCII; other tools can do without."""
    Path("story.txt").write_text(STORY, encoding="utf-8")

    assert run("unknown", "story.txt").stdout.startswith("\ufeffname,lat,lon")
    assert run("unknown", "story.txt", "--no-bom").stdout.startswith("name,lat,lon")


def test_nothing_readable_is_an_error_and_not_an_empty_list(run):
    """Exit 1, one line, and no claim that every name is known."""
    result = run("unknown", "missing.txt", "-o", "todo.csv")

    assert result.exit_code == 1
    assert "no names" not in result.stderr


def test_decisions_hold_for_the_list_too(run):
    """What a person called no place is not asked for again."""
    Path("story.txt").write_text(STORY, encoding="utf-8")
    Path("decisions.csv").write_text("scope,name,place\nproject,Zqxrhaba,not a place\n", encoding="utf-8")
    result = run("unknown", "story.txt", "--decisions", "decisions.csv")

    assert "no names" in result.stderr


def test_rows_filled_in_are_not_written_over(run):
    """Somebody's evening at the satellite picture is not lost by running the command again too soon."""
    Path("story.txt").write_text(STORY, encoding="utf-8")
    filled = ",".join(COLUMNS) + "\nZqxrhaba,33.3,35.4,LB\n"
    Path("todo.csv").write_text(filled, encoding="utf-8")
    result = run("unknown", "story.txt", "-o", "todo.csv")

    assert result.exit_code == 1
    assert "1 row with lat and lon would be lost, such as 'Zqxrhaba'. Import it first" in result.stderr
    assert Path("todo.csv").read_text(encoding="utf-8") == filled
    assert run("gazetteer", "import", "todo.csv").exit_code == 0
    assert run("unknown", "story.txt", "-o", "todo.csv").exit_code == 0


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (b'name,lat,lon\nZahra,1,2\n"Zqxrhaba,33.3,35.4\n', "todo.csv:3: is no row of a CSV table"),
        (b"name,lat,lon\n" + b"x" * 200_000 + b",1,2\n", "todo.csv:2: is no row of a CSV table"),
        (b"name,lat,lon\nZ\xe4hra,1,2\n", "todo.csv: is not UTF-8"),
    ],
    ids=["an open quote", "a cell without end", "another encoding"],
)
def test_a_broken_table_is_told_before_the_texts_are_read(run, table, told, monkeypatch):
    """One line: what somebody filled in cannot be told, so nothing is written over it and no work is lost."""
    monkeypatch.setattr("geomap.read.iter_documents", lambda *_, **__: pytest.fail("the texts were read"))
    Path("story.txt").write_text(STORY, encoding="utf-8")
    Path("todo.csv").write_bytes(table)
    result = run("unknown", "story.txt", "-o", "todo.csv")

    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: {told}")
    assert len(result.stderr.splitlines()) == 1
    assert Path("todo.csv").read_bytes() == table


def test_the_summary_says_for_which_names_spellings_were_sought(run):
    """An empty column for a rare name is no promise that nothing is spelt like it."""
    many = " ".join(
        f"Rain fell in the village of Zqxr{letter}{other}."
        for letter in "abcdefghijklmnop"
        for other in "abcdefghijklmn"
    )
    Path("story.txt").write_text(many, encoding="utf-8")
    result = run("unknown", "story.txt", "-o", "todo.csv")

    assert f"looked up for the {MAX_SUGGESTED} commonest of the names" in result.stderr
