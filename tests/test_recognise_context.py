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
        "ocilla": town("Ocilla", 1, people=3_000),
        "joliet": town("Joliet", 2),
        "oconee": town("Oconee", 3),
        "fairfield": town("Fairfield", 4),
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
        ("Rep. Jay Moss (R-Ocilla) voted.", "Ocilla", "party_seat"),
        ("Ann Moss, DFL-Ocilla, voted.", "Ocilla", "party_seat"),
        ("A Joliet man was hurt.", "Joliet", "local_noun"),
        ("Then Oconee counties voted.", "Oconee", "local_noun"),
        ("Rain hit Paris, Joliet and the coast.", "Joliet", "listed"),
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
        "They met at the NATO-Ocilla club.",  # no party
        "Ocilla slept.",  # nothing speaks for it
        "He went North and South.",
        "North and South America voted.",  # no such North
        "The FIFA cup is round.",  # short for something else
    ],
)
def test_what_only_looks_like_it_is_left(text):
    """A small town's name proves nothing by itself."""
    assert {"Ocilla", "North", "FIFA"}.isdisjoint(name for name, _ in places(text))


def test_the_second_half_of_a_shared_name_is_looked_up_for_the_first():
    """The span is the word that is there; the key is the whole name."""
    mentions = recognise(article("North and South Texas voted."), gazetteer=WORLD, tagger=Tags(), actors=Actors())

    assert [(mention.text, mention.key) for mention in mentions] == [
        ("North", "north texas"),
        ("South Texas", "south texas"),
    ]


def test_a_surname_of_the_text_is_a_person():
    """Whatever towns have the name; but in Fairfield one can still be."""
    text = "Lisa Fairfield spoke. Then Fairfield left. She was born in Fairfield."
    told = found(text, LOC="Fairfield", PER="Lisa Fairfield")

    assert [(name, label) for name, label, _, _ in told] == [
        ("Lisa Fairfield", Label.PERSON),
        ("Fairfield", Label.PERSON),
        ("Fairfield", Label.PLACE),
    ]


def test_a_surname_without_a_town_is_a_person_too():
    """What no gazetteer has is not asked for as an unknown village."""
    told = found("Tim Mahoney spoke. Later Mahoney left.", LOC="Mahoney", PER="Tim Mahoney")

    assert [(name, label, rule) for name, label, _, rule in told][1] == ("Mahoney", Label.PERSON, "named_elsewhere")


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
    assert found("The Joliet Police Department spoke.", ORG="Joliet Police Department")[:1] == [
        ("Joliet Police Department", Label.ORGANISATION, Role.LITERAL, "tagged_name")
    ]
    assert ("Joliet", Label.PLACE, Role.EMBEDDED, "organisation") in found(
        "The Joliet Police Department spoke.", ORG="Joliet Police Department"
    )
    assert places("The Reading Club met.", ORG="Reading Club") == []
