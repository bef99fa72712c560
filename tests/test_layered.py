"""Layers told as what a person wrote into theirs, over six places that stand for the default gazetteer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geomap.gazetteer.layered import Layered
from geomap.gazetteer.layers.entries import PlaceEntry
from geomap.gazetteer.layers.places import overlay_of
from geomap.gazetteer.overlay import Overlay
from geomap.model import Kind, Label, NamedPlace, NameKind, Place, Role
from geomap.recognise.recogniser import recognise
from geomap.resolve.grouping import grouped
from geomap.resolve.resolver import decide, scored
from tests.articles import FRANCE, PARIS, PARIS_TEXAS, READING, SMALL_WORLD, TEXAS, Actors, SmallWorld, Tags, article

KILA = Place("own:kfar-kila", "Kfar Kila", Kind.CITY, 33.28, 35.56, "LB", note="at the Blue Line", source="own notes")
KILA_NAMES = {"kfar kila": ((KILA.id, NameKind.NAME),)}


def layer(title="project", **entries):
    return Overlay(title, title, **entries)


def layered(*overlays, indexes=(SMALL_WORLD,)):
    return Layered(indexes, overlays)


def ids(gazetteer, key):
    return [named.place.id for named in gazetteer.lookup(key)]


def read(text, gazetteer, tags=None):
    """Return (mention, place) of every place mention of a text."""
    found = recognise(article(text), gazetteer=gazetteer, tagger=tags or Tags(), actors=Actors())
    mentions = [mention for mention in found if mention.label is Label.PLACE]
    groups = grouped(mentions, gazetteer, text)
    return [(r.mention.text, r.place) for r in decide(mentions, groups, scored(groups))]


def test_without_layers_the_default_answers():
    """One index and nothing over it: the very same answers."""
    gazetteer = layered()

    assert gazetteer.lookup("paris") == SMALL_WORLD.lookup("paris")
    assert gazetteer.reach("paris") == (True, False)
    assert gazetteer.place(PARIS.id) == PARIS


def test_an_added_place_is_found_in_a_text_with_its_note():
    """Nobody has to wait for a gazetteer to learn a village."""
    gazetteer = layered(layer(places={KILA.id: KILA}, names=KILA_NAMES))

    assert read("Shells fell on Kfar Kila at dawn.", gazetteer) == [("Kfar Kila", KILA)]
    assert [gazetteer.reach(start) for start in ("kfar", "kfar kila")] == [(False, True), (True, False)]


def test_an_added_place_needs_no_consent_of_the_tagger_but_keeps_out_of_longer_names():
    """Whoever adds a name wants it found; a person who bears it stays a person."""
    gazetteer = layered(layer(places={KILA.id: KILA}, names=KILA_NAMES))

    assert read("Shells fell on Kfar Kila.", gazetteer, Tags(PER="Kfar Kila")) == [("Kfar Kila", KILA)]
    assert read("Kfar Kila Hassan spoke.", gazetteer, Tags(PER="Kfar Kila Hassan")) == []


def test_an_added_place_wins_over_the_larger_namesake():
    """The nearest layer wins, and the other meaning stays a candidate."""
    mine = replace(KILA, id="own:paris", name="Paris", country="CA")
    gazetteer = layered(layer(places={mine.id: mine}, names={"paris": ((mine.id, NameKind.NAME),)}))

    assert ids(gazetteer, "paris") == [mine.id, PARIS.id, PARIS_TEXAS.id]
    assert read("Fire in Paris.", gazetteer) == [("Paris", mine)]


def test_the_text_itself_still_decides():
    """A preference is for the bare name: "Paris, France" says which one it is."""
    gazetteer = layered(layer(preferred={"paris": PARIS_TEXAS.id}))

    assert read("Fire in Paris.", gazetteer) == [("Paris", PARIS_TEXAS)]
    assert read("Fire in Paris, France.", gazetteer) == [("Paris", PARIS), ("France", FRANCE)]


def test_an_alias_gives_a_known_place_another_name():
    """The place is the one that a layer farther down knows."""
    gazetteer = layered(layer(names={"lone star": ((TEXAS.id, NameKind.ALIAS),)}))

    assert gazetteer.lookup("lone star") == (NamedPlace(TEXAS, NameKind.ALIAS, common_word=False, own=True),)


def test_a_blocked_name_is_no_place_and_no_unknown_name():
    """It is not looked up, not found in a text, and not listed as missing even when the tagger sees a place."""
    gazetteer = layered(layer(blocked=frozenset({"reading"})))

    assert gazetteer.blocks("reading")
    assert gazetteer.lookup("reading") == ()
    assert gazetteer.reach("reading") == (False, False)
    assert read("He lives in Reading.", gazetteer, Tags(LOC="Reading")) == []


def test_a_nearer_layer_may_give_a_blocked_name_a_place():
    """The user's layer blocks a name, the project needs it."""
    near = layer("project", names={"reading": ((READING.id, NameKind.NAME),)})
    far = layer("user", blocked=frozenset({"reading"}))

    assert ids(layered(near, far), "reading") == [READING.id]
    assert not layered(near, far).blocks("reading")
    # The other way round the block is nearer and wins.
    assert layered(far, near).lookup("reading") == ()


def test_a_place_of_a_layer_may_replace_one_below():
    """Whoever gives an entry the id of a known place corrects that place everywhere."""
    moved = replace(PARIS, lat=10.0, lon=20.0, note="corrected")
    gazetteer = layered(layer(places={PARIS.id: moved}))

    assert gazetteer.place(PARIS.id) == moved
    assert gazetteer.lookup("paris")[0].place == moved


def test_what_a_correction_leaves_out_is_as_below():
    """Whoever mends a country's point has not said that it is a city, that nobody claims it, or what is noted of it."""
    below = replace(TEXAS, disputed=True, note="claimed", population=9)
    world = SmallWorld({"texas": (NamedPlace(below, NameKind.NAME, common_word=False),)})
    mine = PlaceEntry("Texas", lat=31.0, lon=-99.0, id=TEXAS.id)
    said = replace(mine, kind="city", disputed=False, note="here")

    places = [
        layered(overlay_of([entry], title="mine", digest=""), indexes=[world]).place(TEXAS.id) for entry in (mine, said)
    ]

    assert places[0] == replace(below, lat=31.0, lon=-99.0, source="mine")
    assert [(place.kind, place.disputed, place.note) for place in places] == [
        (Kind.ADMIN1, True, "claimed"),
        (Kind.CITY, False, "here"),
    ]


def test_an_entry_for_a_place_that_no_layer_has_gives_nothing():
    """An alias of a vanished id is no place at 0, 0; lint tells of it."""
    gazetteer = layered(layer(names={"nowhere": (("geonames:1", NameKind.ALIAS),)}, preferred={"gone": "own:gone"}))

    assert gazetteer.lookup("nowhere") == gazetteer.lookup("gone") == ()
    assert gazetteer.reach("nowhere") == gazetteer.reach("gone") == (False, False)
    assert read("Rain fell in Nowhere and Gone.", gazetteer, Tags(LOC="Nowhere")) == [("Nowhere", None)]


def test_remembered_answers_are_candidates_behind_all_others():
    """An online answer is no decision of a person: it wins over nothing that was there."""
    answer = replace(KILA, id="osm:1", name="Paris", country="CA")
    names = {"paris": ((answer.id, NameKind.NAME),), "kfar kila": ((answer.id, NameKind.NAME),)}
    gazetteer = layered(layer(places={answer.id: answer}, names=names, decisive=False))

    assert ids(gazetteer, "paris") == [PARIS.id, PARIS_TEXAS.id, "osm:1"]
    assert layered(layer(places={PARIS.id: answer}, decisive=False)).place(PARIS.id) == PARIS
    assert not gazetteer.lookup("kfar kila")[0].own


def test_an_installed_index_brings_newer_points_and_leaves_the_reviewed_name():
    """Of one place in two indexes the nearer gives point, source and people, ours the name readers know."""
    dump = replace(PARIS, name="Paname", lat=48.9, lon=2.4, population=3_000_000, kind=Kind.ADMIN3, source="dump")
    near = SmallWorld({"paname": (NamedPlace(dump, NameKind.NAME, common_word=False),)})
    gazetteer = layered(indexes=(near, SMALL_WORLD))

    place = gazetteer.place(PARIS.id)
    assert place is not None
    assert (place.name, place.kind, place.lat, place.population) == ("Paris", Kind.CITY, 48.9, 3_000_000)
    assert place.source == "dump"
    assert ids(gazetteer, "paname") == [PARIS.id]
    assert ids(gazetteer, "paris") == [PARIS.id, PARIS_TEXAS.id]


def test_a_name_known_as_an_ordinary_word_stays_one_in_every_layer():
    """An installed dump has a village called Reading, too; the measured warning holds for it."""
    village = replace(READING, id="geonames:9", population=40)
    near = SmallWorld({"reading": (NamedPlace(village, NameKind.NAME, common_word=False),)})

    found = layered(indexes=(near, SMALL_WORLD)).lookup("reading")

    assert [named.common_word for named in found] == [True, True]


@pytest.mark.parametrize("text", ["", "...", "  "])
def test_a_text_without_a_name_finds_nothing(text):
    """There is no key to look for."""
    assert layered().search(text) == []


def test_search_lists_the_exact_name_first_over_all_layers():
    """Then the names that begin so, each place once."""
    kila = layer(places={KILA.id: KILA}, names={"par": ((KILA.id, NameKind.NAME),)})

    assert [named.place.id for named in layered(kila).search("Par")] == [KILA.id, PARIS.id, PARIS_TEXAS.id]


def test_the_digest_changes_with_every_layer():
    """What can change an answer changes the hash that a map prints."""
    one, two = layer("one"), layer("two")
    digests = {Layered([], overlays).digest for overlays in ([one], [two], [one, two], [two, one])}

    assert len(digests) == 4


def test_a_demonym_of_an_own_layer_stays_a_demonym():
    """A people's name points to the place and is counted apart."""
    gazetteer = layered(layer(names={"texian": ((TEXAS.id, NameKind.DEMONYM),)}))
    mentions = recognise(article("The Texian army left."), gazetteer=gazetteer, tagger=Tags(), actors=Actors())

    assert [mention.role for mention in mentions] == [Role.DEMONYM]
