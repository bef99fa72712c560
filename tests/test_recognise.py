"""Recognition told as sentences: what is a place here, and what does it do."""

from __future__ import annotations

import pytest

from geomap.model import Document, Label, Role, Zone, ZoneKind
from geomap.recognise.recogniser import recognise
from geomap.recognise.roles import ROLE_RULES
from geomap.recognise.rules import RULES
from tests.articles import SMALL_WORLD, Actors, Tags, article


def places(text, *, tags=None, actors=None):
    """Return {text: role} of the place mentions of one paragraph."""
    found = recognise(article(text), gazetteer=SMALL_WORLD, tagger=tags or Tags(), actors=actors or Actors())
    return [(mention.text, mention.role) for mention in found if mention.label is Label.PLACE]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rain fell in Paris.", [("Paris", Role.LITERAL)]),
        ("The Iraqi army left.", [("Iraqi", Role.DEMONYM)]),
        ("He told us so.", []),
        ("The US sent aid.", [("US", Role.METONYM)]),
        ("Iraq-backed fighters came.", [("Iraq", Role.METONYM)]),
        ("The Baghdad-based paper closed.", [("Baghdad", Role.LITERAL)]),
        ("Talks between Paris and Baghdad failed.", [("Paris", Role.METONYM), ("Baghdad", Role.METONYM)]),
        ("Washington has appealed to Paris.", [("Washington", Role.METONYM), ("Paris", Role.METONYM)]),
        ("The train between Paris and Baghdad is late.", [("Paris", Role.LITERAL), ("Baghdad", Role.LITERAL)]),
        ("Britain accused Iraq of lying.", [("Iraq", Role.METONYM)]),
        ("Troops entered Baghdad.", [("Baghdad", Role.LITERAL)]),
        ("They crossed Iraq's border.", [("Iraq", Role.LITERAL)]),
        ("Iraq's government fell.", [("Iraq", Role.METONYM)]),
        ("Reading is fun, he said.", []),
        ("The train from Reading was late.", []),
        ("PARIS BURNS AS IRAQ VOTES", [("PARIS", Role.LITERAL), ("IRAQ", Role.METONYM)]),
        ("A parisian cafe in iraqi style.", []),
        ("The United\nStates voted.", [("United\nStates", Role.METONYM)]),
        ("It moved to Paris, Tex. last year.", [("Paris", Role.LITERAL), ("Tex.", Role.LITERAL)]),
        ("The Tex mix was good.", []),
        ("He left the US. It rained.", [("US", Role.LITERAL)]),
    ],
)
def test_places_and_what_they_do(text, expected):
    """Names are found by capital, key and context; governments are told from territories."""
    assert places(text) == expected


def test_the_tagger_lets_a_common_word_be_a_place():
    """Reading is a town when the tagger says so."""
    assert places("He lives in Reading.", tags=Tags(LOC="Reading")) == [("Reading", Role.LITERAL)]


def test_a_longer_unknown_name_is_not_the_place_it_begins_with():
    """A village nobody has listed is told as unknown, rather than put where its first word lies."""
    village = "Paris Dabbourah"

    assert places(f"They fled {village}.", tags=Tags(LOC=village)) == [(village, Role.LITERAL)]
    assert places("They fled Iraq Dabbourah.", tags=Tags(LOC="Iraq Dabbourah")) == [("Iraq", Role.LITERAL)]


def test_a_person_is_no_place():
    """A place inside a person's name is none, and a title makes a person."""
    assert places("Paris Hilton met Mr. Baghdad.", tags=Tags(PER="Paris Hilton")) == []


def test_a_place_in_an_organisation_is_embedded():
    """It is counted apart, under a role of its own."""
    found = places("The Bank of France spoke.", tags=Tags(ORG="Bank of France"))

    assert found == [("France", Role.EMBEDDED)]


def test_a_known_actor_overrules_everything():
    """The name is one mention of an actor; the country in it is embedded."""
    text = "Fighters of the Islamic Resistance in Iraq spoke."
    found = recognise(
        article(text), gazetteer=SMALL_WORLD, tagger=Tags(LOC="Islamic"), actors=Actors("Islamic Resistance in Iraq")
    )

    assert [(m.text, m.label, m.role, m.actor_id) for m in found] == [
        ("Islamic Resistance in Iraq", Label.ORGANISATION, Role.LITERAL, "islamic-resistance-in-iraq"),
        ("Iraq", Label.PLACE, Role.EMBEDDED, ""),
    ]


def test_a_seat_of_power_is_a_place_and_an_actor():
    """The White House stands on the map and acts."""
    found = recognise(
        article("The White House said so."), gazetteer=SMALL_WORLD, tagger=Tags(), actors=Actors("White House")
    )

    assert [(m.label, m.role) for m in found] == [
        (Label.ORGANISATION, Role.LITERAL),
        (Label.PLACE, Role.METONYM),
    ]


def test_a_place_no_gazetteer_knows_is_kept():
    """The tagger's places stay, to be listed as unknown."""
    assert places("They left Kfar Kila.", tags=Tags(LOC="Kfar Kila")) == [("Kfar Kila", Role.LITERAL)]


def test_a_spot_named_after_a_place_is_one_mention():
    """A spot such as Texas Hills is not two places, and looks up Texas."""
    (mention,) = recognise(
        article("He left Texas Hills."), gazetteer=SMALL_WORLD, tagger=Tags(LOC="Texas Hills"), actors=Actors()
    )

    assert (mention.text, mention.key, mention.rule) == ("Texas Hills", "texas", "spot_named_after_place")


def test_a_house_only_carries_the_name_of_its_place():
    """The place inside the name of a hospital is embedded; a street is named after a place elsewhere."""
    tags = Tags(LOC="Paris Hospital|Baghdad Street")

    assert places("He left Paris Hospital on Baghdad Street.", tags=tags) == [
        ("Paris", Role.EMBEDDED),
        ("Baghdad Street", Role.LITERAL),
    ]


def test_zones_decide_the_role():
    """Dateline, credit and repeated headline are counted apart; furniture is not read."""
    text = "Iraq votes\nIraq votes\nBAGHDAD - Rain in Paris.\n(Reporting from Washington)\nRead more: Texas"
    lines = [0, 11, 22, 32, 47, 75, len(text)]
    kinds = [
        ZoneKind.HEADLINE,
        ZoneKind.REPEATED,
        ZoneKind.DATELINE,
        ZoneKind.BODY,
        ZoneKind.CREDIT,
        ZoneKind.FURNITURE,
    ]
    zones = tuple(Zone(a, b, kind) for a, b, kind in zip(lines, lines[1:], kinds, strict=False))
    found = recognise(Document("a", text, zones), gazetteer=SMALL_WORLD, tagger=Tags(), actors=Actors())

    assert [(m.text, m.role) for m in found] == [
        ("Iraq", Role.METONYM),
        ("Iraq", Role.REPEATED),
        ("BAGHDAD", Role.DATELINE),
        ("Paris", Role.LITERAL),
        ("Washington", Role.CREDIT),
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("\x00\x00", 0),
        ("\ud800 Paris", 1),
        ("Paris" * 5000, 0),
        ("Paris " * 5000, 5000),
        ("a\u202eb Paris", 1),
    ],
    ids=["empty", "NUL", "half a pair", "one long word", "five thousand times", "right to left"],
)
def test_odd_texts_do_not_break(text, count):
    """Every mention is found where it says, whatever the text."""
    found = recognise(article(text), gazetteer=SMALL_WORLD, tagger=Tags(), actors=Actors())

    assert len(found) == count
    assert all(text[m.start : m.end] == m.text for m in found)


@pytest.mark.parametrize("rule", [*RULES, *ROLE_RULES], ids=lambda rule: rule.__name__)
def test_every_rule_says_what_it_does(rule):
    """Rules are shown to readers by name and first line."""
    assert rule.__doc__
    assert len(rule.__doc__.splitlines()) == 1
