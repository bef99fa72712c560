"""Names that only the words around them give away: lists, party seats, surnames, small letters."""

from __future__ import annotations

import pytest

from geomap.model import Kind, Label, NamedPlace, NameKind, Place, Role
from geomap.recognise.recogniser import recognise
from tests.articles import SMALL_WORLD, Actors, SmallWorld, Tags, article


def town(name, number, *, people=40_000, kind=Kind.CITY, name_kind=NameKind.NAME):
    return (
        NamedPlace(
            Place(f"geonames:{number}", name, kind, 40.0, -90.0, "US", population=people), name_kind, common_word=False
        ),
    )


WORLD = SmallWorld(
    {
        **SMALL_WORLD.names,
        "arden": town("Arden", 1, people=3_000),
        "fulda": town("Fulda", 2),
        "selby": town("Selby", 3),
        "marlow": town("Marlow", 4),
        "tigris": town("Tigris", 5, people=0, kind=Kind.RIVER),
        "north texas": town("North Texas", 6, kind=Kind.REGION),
        "south texas": town("South Texas", 7, kind=Kind.REGION),
        "mosul": town("Mosul", 8),
        "fifa": town("Fife", 9, name_kind=NameKind.ALIAS),
    }
)


def found(text, **tags):
    """Return (text, label, role, rule) of the mentions of one paragraph."""
    mentions = recognise(article(text), gazetteer=WORLD, tagger=Tags(**tags), actors=Actors())
    return [(mention.text, mention.label, mention.role, mention.rule) for mention in mentions]


def places(text, **tags):
    return [(name, rule) for name, label, _, rule in found(text, **tags) if label is Label.PLACE]


@pytest.mark.parametrize(
    ("text", "name", "rule"),
    [
        ("Rep. Jan Moss (R-Arden) voted.", "Arden", "party_seat"),
        ("Ann Moss, SDL-Arden, voted.", "Arden", "party_seat"),
        ("A Fulda man was hurt.", "Fulda", "local_noun"),
        ("Then Selby counties voted.", "Selby", "local_noun"),
        ("Rain hit Paris, Fulda and the coast.", "Fulda", "listed"),
        ("Then the Tigris rose.", "Tigris", "natural_feature"),
        ("North and South Texas voted.", "North", "shared_name"),
    ],
)
def test_the_words_around_a_name_give_it_away(text, name, rule):
    """No tagger is needed where the text says what kind of name it is."""
    assert (name, rule) in places(text)


@pytest.mark.parametrize(
    "text",
    [
        "They met at the NATO-Arden club.",  # no party
        "Arden slept.",  # nothing speaks for it
        "He went North and South.",
        "North and South America voted.",  # no such North
        "The FIFA cup is round.",  # short for something else
    ],
)
def test_what_only_looks_like_it_is_left(text):
    """A small town's name proves nothing by itself."""
    assert {"Arden", "North", "FIFA"}.isdisjoint(name for name, _ in places(text))


def test_the_second_half_of_a_shared_name_is_looked_up_for_the_first():
    """The span is the word that is there; the key is the whole name."""
    mentions = recognise(article("North and South Texas voted."), gazetteer=WORLD, tagger=Tags(), actors=Actors())

    assert [(mention.text, mention.key) for mention in mentions] == [
        ("North", "north texas"),
        ("South Texas", "south texas"),
    ]


def test_a_surname_of_the_text_is_a_person():
    """Whatever towns have the name; but in Marlow one can still be."""
    text = "Lisa Marlow spoke. Then Marlow left. She was born in Marlow."
    told = found(text, LOC="Marlow", PER="Lisa Marlow")

    assert [(name, label) for name, label, _, _ in told] == [
        ("Lisa Marlow", Label.PERSON),
        ("Marlow", Label.PERSON),
        ("Marlow", Label.PLACE),
    ]


def test_a_surname_without_a_town_is_a_person_too():
    """What no gazetteer has is not asked for as an unknown village."""
    told = found("Tim Tarbuck spoke. Later Tarbuck left.", LOC="Tarbuck", PER="Tim Tarbuck")

    assert [(name, label, rule) for name, label, _, rule in told][1] == ("Tarbuck", Label.PERSON, "named_elsewhere")


def test_a_headline_in_small_letters_is_read():
    """The gazetteer gives names their capitals back; the spans stay those of the text."""
    text = "convoy attacked near mosul, reading on the way"
    mentions = recognise(article(text), gazetteer=WORLD, tagger=Tags(), actors=Actors())

    assert [(mention.text, text[mention.start : mention.end]) for mention in mentions] == [("mosul", "mosul")]


def test_one_capital_is_enough_to_trust_the_others():
    """In a line that has capitals a small letter means what it says."""
    assert places("Convoy attacked near mosul, they say.") == []


def test_a_town_leads_an_organisation():
    """It is counted apart; a name that is an ordinary word is left alone."""
    assert found("The Fulda Police Department spoke.", ORG="Fulda Police Department")[:1] == [
        ("Fulda Police Department", Label.ORGANISATION, Role.LITERAL, "tagged_name")
    ]
    assert ("Fulda", Label.PLACE, Role.EMBEDDED, "organisation") in found(
        "The Fulda Police Department spoke.", ORG="Fulda Police Department"
    )
    assert places("The Reading Club met.", ORG="Reading Club") == []


def test_a_list_of_towns_is_read_line_by_line():
    """A line that is one name says nothing more, and a tagger can only guess; an ordinary word stays one."""
    text = "- Fulda\n- Selby\n- Reading\n"

    assert places(text, PER="Selby") == [("Fulda", "whole_line"), ("Selby", "whole_line")]


def test_a_lone_direction_is_no_place():
    """Provinces are called so, and so is everything else; with its name it is one."""
    world = SmallWorld({**WORLD.names, "north": town("North", 10, kind=Kind.ADMIN1, people=2_000_000)})
    text = "Rain fell in the North and in North Texas."
    mentions = recognise(article(text), gazetteer=world, tagger=Tags(LOC="North"), actors=Actors())

    assert [(mention.text, mention.key) for mention in mentions] == [("North Texas", "north texas")]
