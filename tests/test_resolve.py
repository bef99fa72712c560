"""Resolution told as articles: brackets mark the mentions, the table says what they name."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from geomap.gazetteer.shortening import SHORTENINGS
from geomap.model import Kind, Label, Mention, NamedPlace, NameKind, Outcome, Place, Role
from geomap.resolve.features import CONTEXT, NEEDS, NO_COMPANY, STANDING, Context
from geomap.resolve.grouping import grouped
from geomap.resolve.options import options
from geomap.resolve.reasons import _PHRASES
from geomap.resolve.resolver import decide, scored
from geomap.resolve.weights import shipped_weights
from tests.articles import FRANCE, PARIS, PARIS_TEXAS, SMALL_WORLD, TEXAS, SmallWorld


def read(marked):
    """Return the text without brackets, and a mention for each pair."""
    text = marked.replace("[", "").replace("]", "")
    mentions = []
    for n, match in enumerate(re.finditer(r"\[(.+?)\]", marked)):
        start = match.start() - 2 * n
        name = match.group(1)
        mentions.append(Mention(start, start + len(name), name, Label.PLACE, Role.LITERAL, "given"))
    return text, mentions


def resolved(marked):
    text, mentions = read(marked)
    groups = grouped(mentions, SMALL_WORLD, text)
    return decide(mentions, groups, scored(groups))


@pytest.mark.parametrize(
    ("article", "paris"),
    [
        pytest.param("Fire in [Paris]", PARIS, id="alone: the larger place"),
        pytest.param("From [Paris] to [France]", PARIS, id="company agrees"),
        pytest.param("Hail in [Paris], [Texas]", PARIS_TEXAS, id="the region behind it overrules size"),
        pytest.param("Hail in [Paris] in [Texas]", PARIS_TEXAS, id="so does a region behind 'in'"),
        pytest.param("[Paris] is wet. Hail hit [Paris], [Texas].", PARIS_TEXAS, id="one sense per discourse"),
    ],
)
def test_paris_is_read_in_context(article, paris):
    """The larger place wins until the rest of the article says otherwise."""
    first, *_ = resolved(article)

    assert first.outcome is Outcome.RESOLVED
    assert first.place == paris
    assert 0 < first.confidence <= 1


def test_two_places_of_one_name_live_in_one_sentence():
    """A name with two regions behind it means two places."""
    found = resolved("From [Paris], [France] to [Paris], [Texas]")

    assert [r.place for r in found] == [PARIS, FRANCE, PARIS_TEXAS, TEXAS]


def test_an_unknown_name_gets_no_place():
    """No pin is better than a wrong pin."""
    (found,) = resolved("Rain in [Xanadu]")

    assert (found.outcome, found.place, found.confidence) == (Outcome.UNKNOWN, None, 0.0)


def test_a_poor_fit_is_no_answer():
    """NIL is an answer: a hamlet that nothing in the text speaks for is not pinned, but stays to be seen."""
    hamlet = Place("geonames:1", "Katrina", Kind.CITY, -30.0, 10.0, "ZZ")
    world = SmallWorld({"katrina": (NamedPlace(hamlet, NameKind.ALIAS, common_word=True),)})
    text, mentions = read("Homes lost to [Katrina] stood empty.")
    weights = replace(shipped_weights(), elsewhere=50.0)
    groups = grouped(mentions, world, text)
    (found,) = decide(mentions, groups, scored(groups, weights), weights=weights)

    assert (found.outcome, found.place, found.confidence) == (Outcome.UNKNOWN, None, 0.0)
    assert found.candidates[0].place == hamlet
    assert "does not fit well enough; the likeliest is Katrina" in found.why


def test_one_resolution_a_mention_in_the_order_given():
    """Nothing is lost and nothing is moved."""
    text, mentions = read("[Texas], [Paris], [Xanadu], [Paris], [Texas] and [France]")

    groups = grouped(mentions, SMALL_WORLD, text)

    assert [r.mention for r in decide(mentions, groups, scored(groups))] == mentions


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("the United States", "United States"),
        ("northern France", "France"),
        ("State of Texas", "Texas"),
        ("Paris, Tex.", "Paris"),
        ("Texas's", "Texas"),
    ],
)
def test_what_stands_around_a_name_is_taken_away(name, place):
    """An unknown whole is looked up by its known part."""
    mention = Mention(0, len(name), name, Label.PLACE, Role.LITERAL, "given")

    assert options(mention, SMALL_WORLD)[0].place.name == place


def test_a_demonym_means_its_country():
    """An adjective of a people looks up demonyms, a name does not."""
    mention = Mention(0, 6, "French", Label.PLACE, Role.DEMONYM, "people", "french")

    assert options(mention, SMALL_WORLD)[0].place == FRANCE


def test_the_reason_names_the_runner_up():
    """A reader is told what was decided against, and by what."""
    first, _ = resolved("Hail in [Paris] and all of [France]")

    assert "Paris (city, Île-de-France, France), not Paris (city, Texas, United States)" in first.why
    reasons = first.why.split(": ", 1)[1].split("; ")
    worth = dict(first.candidates[0].features)
    told = {phrase(PARIS): name for name, phrase in _PHRASES.items()}
    assert all(worth[told[each]] > 0 for each in reasons)


def test_a_feature_that_is_not_asked_would_have_said_nothing():
    """Where what it needs is lacking, a context feature is 0 for every place."""
    empty = Context("paris", NO_COMPANY, frozenset(), ())
    sea = Place("geomap:sea", "Paris Sea", Kind.SEA, 1.0, 2.0, source="geomap")

    assert set(NEEDS) == set(CONTEXT)
    assert not any(NEEDS[feature](empty) for feature in CONTEXT)
    for place in (PARIS, TEXAS, FRANCE, sea):
        assert [feature(place, empty) for feature in CONTEXT] == [0.0] * len(CONTEXT)


def test_every_feature_has_a_weight_a_docstring_and_a_phrase():
    """The table of weights, the features and the explanations name the same things."""
    weights = shipped_weights()

    assert (len(weights.standing), len(weights.context)) == (len(STANDING), len(CONTEXT))
    assert {feature.__name__ for feature in (*STANDING, *CONTEXT)} | {"own"} == set(_PHRASES)
    assert all(rule.__doc__ for rule in (*STANDING, *CONTEXT, *SHORTENINGS))
