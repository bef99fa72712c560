"""Words beside a name that say what kind of place it is, told as snippets with the name in brackets."""

from __future__ import annotations

import pytest

from geomap.model import Kind
from geomap.resolve.cues import cued_kinds


def kinds(marked):
    start, end = marked.index("["), marked.index("]") - 1
    return cued_kinds(marked.replace("[", "").replace("]", ""), start, end)


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        ("in the U.S. state of [Georgia] on Monday", Kind.ADMIN1),
        ("[Dublin] Mayor Ann Grey said", Kind.CITY),
        ("the [Douglas] County Jail", Kind.ADMIN2),
        ("boats on the [Ohio] River sank", Kind.RIVER),
        ("the Gulf of [Aden]", Kind.SEA),
        ("the village of [Lebanon]", Kind.CITY),
        ("[Texas]' governor, and [x]"[:20], Kind.ADMIN1),
        ("[Georgia]'s prime minister", Kind.COUNTRY),
    ],
)
def test_the_words_right_beside_a_name_speak_of_its_kind(marked, kind):
    """Before it, behind it, and behind its possessive."""
    assert kind in kinds(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "She left [Georgia] on Monday.",
        "the river. [Paris] was dry",
        "[Paris], mayor of nothing",
        "the mayor said; [Paris] slept",
        "[Lima]",
    ],
)
def test_words_of_another_clause_say_nothing(marked):
    """A mark between them and the name ends what they speak of."""
    assert kinds(marked) == frozenset()


def test_a_word_that_two_kinds_share_speaks_of_both():
    """Resolution weighs them with all else it knows."""
    assert kinds("the port of [Aden]") == {Kind.CITY, Kind.PORT}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("ships in the southern Red Sea", "Red Sea", Kind.SEA),
        ("the River Nile rose", "River Nile", Kind.RIVER),
        ("then the Nile rose", "Nile", Kind.RIVER),
        ("she left Kansas City on foot", "Kansas City", Kind.CITY),
    ],
)
def test_a_name_may_say_its_own_kind(text, name, kind):
    """Its own word counts more than those around it; an article stands before rivers and seas, not before towns."""
    start = text.index(name)

    assert kind in cued_kinds(text, start, start + len(name))
    assert not cued_kinds("in Nile", 3, 7)
