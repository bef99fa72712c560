"""Figures: the same as the reference scorer's on a small corpus, and right where they can be counted by hand."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from geomap.errors import InputError
from geomap.evaluate.calibration import calibration
from geomap.evaluate.countries import Countries
from geomap.evaluate.figures import count, figures
from geomap.evaluate.floors import below_floors, read_floors
from geomap.evaluate.gold import GoldDocument, GoldLink, GoldToponym, read_gold
from geomap.evaluate.groups import by_label, by_role
from geomap.evaluate.links import score_links
from geomap.evaluate.matching import Match, judge
from geomap.evaluate.measures import FARTHEST_KM
from geomap.evaluate.predicted import FoundLink, Predicted, read_predictions
from geomap.evaluate.report import Filters, Report, report, score
from geomap.gazetteer.store import Store

GOLD = Path(__file__).parent / "gold"
# Figures of the reference scorer, by what was asked of it; see docs/evaluation.md.
EXPECTED = json.loads((GOLD / "agreement.expected.json").read_text(encoding="utf-8"))
ASKED = {
    "plain": Filters(),
    "types": Filters(types=frozenset({"city", "sea"})),
    "groups": Filters(groups=frozenset({"literal"})),
    "with_id": Filters(with_id=True),
    "surface": Filters(without=frozenset({"ghanaian", "south korea"})),
    "ids": Filters(),
    "km": Filters(),
}
PARIS = {"lat": 48.85, "lon": 2.35}
TEXAS = {"lat": 33.66, "lon": -95.55}


@pytest.fixture(scope="module")
def countries():
    """The rules for countries, with the gazetteer that comes with geomap."""
    return Countries(Store.open())


def close(value):
    """Return a figure, or all in a dict, to be compared but for the last bit: versions of Python add differently."""
    if isinstance(value, dict):
        return {name: close(each) for name, each in value.items()}
    return value if value is None else pytest.approx(value, rel=1e-12)


def toponym(start, end, lat=None, lon=None, geonameid="", *, text="Name", **labels):
    return GoldToponym(start, end, text, lat, lon, geonameid, labels.pop("country", ""), labels)


def found(start, end, lat=None, lon=None, **more):
    return Predicted(start, end, lat, lon, **more)


def judged(gold, predicted, match=Match.STRICT, keep=lambda _: True, same_country=None):
    return judge(gold, predicted, match=match, keep=keep, same_country=same_country)


def agreement(asked, countries):
    """Score the small corpus as `asked`."""
    gold = read_gold(GOLD / "agreement.gold.jsonl")
    if asked == "ids":
        gold = gold.only([f"d{number}" for number in range(0, 14, 2)], where="ids")
    predictions = read_predictions(GOLD / "agreement.pred.jsonl")
    scored = score(gold, predictions, filters=ASKED[asked], countries=countries)
    return report("x", [scored], countries=countries, km=25 if asked == "km" else 161, resamples=100)


@pytest.mark.parametrize("asked", ASKED)
def test_the_figures_are_those_of_the_reference_scorer(asked, countries):
    """Strict and overlapping, with every filter, intervals and types included, to the last digit."""
    ours, theirs = agreement(asked, countries), EXPECTED[asked]

    for match in Match:
        assert asdict(getattr(ours, match)) == close(theirs[match]), match
        assert {name: list(bounds) for name, bounds in ours.intervals[match].items()} == {
            name: close(bounds) for name, bounds in theirs["intervals"][match].items()
        }
    for value, group in ours.by_gold["type"].items():
        assert asdict(group) == close(theirs["by_type"][value])


def test_every_kind_of_mistake_is_counted_once():
    """A wrong place, a wrong span, a name that is none, and a place that nobody can judge."""
    gold = [toponym(0, 5, **PARIS), toponym(10, 16, 51.5, -0.1), toponym(21, 25)]
    predicted = [found(0, 5, **TEXAS), found(10, 13, 51.5, -0.1), found(6, 9, 0.0, 0.0), found(21, 25, 41.9, 12.5)]

    strict = figures([count(judged(gold, predicted), km=161)], partial=False)
    overlap = figures([count(judged(gold, predicted, Match.OVERLAP), km=161)], partial=False)

    assert (strict.matched, strict.rec_p, strict.rec_r, strict.acc, strict.e2e_f1) == (2, 0.5, close(2 / 3), 0, 0)
    assert (overlap.matched, overlap.rec_p, overlap.acc) == (3, 0.75, 0.5)
    assert (overlap.e2e_p, overlap.e2e_r) == (close(1 / 3), 0.5)


def test_a_name_without_a_place_is_as_far_off_as_can_be():
    """It counts as found, as half the earth in the mean, and as no answer end to end."""
    one = figures([count(judged([toponym(0, 5, **PARIS)], [found(0, 5)]), km=161)], partial=False)

    assert (one.rec_f1, one.mean_km, one.auc, one.answered) == (1, FARTHEST_KM, 1, 0)
    assert (one.e2e_p, one.e2e_r, one.e2e_f1) == (None, 0, None)


def test_of_overlapping_names_the_one_that_shares_most_is_the_pair():
    """One gold name has one prediction, whatever their order."""
    gold = [toponym(0, 18, **PARIS)]
    predicted = [found(14, 18, **TEXAS), found(0, 12, **PARIS)]

    (pair,) = judged(gold, predicted, Match.OVERLAP).pairs

    assert pair.predicted is predicted[1]


def test_what_touches_gold_left_out_is_no_mistake():
    """Demonyms left out of the gold do not make a system wrong that finds them."""
    gold = [toponym(0, 5, **PARIS), toponym(10, 16, text="French", **PARIS)]
    predicted = [found(0, 5, **PARIS), found(10, 16, **PARIS), found(30, 33, **PARIS)]

    one = judged(gold, predicted, keep=Filters(without=frozenset({"french"})).keep)

    assert [each.start for each in one.predicted] == [0, 30]


def test_partial_gold_gives_no_precision():
    """Where not every toponym is marked, a prediction without gold is not wrong."""
    one = figures([count(judged([toponym(0, 5, **PARIS)], [found(0, 5, **PARIS), found(8, 9)]), km=161)], partial=True)

    assert (one.rec_p, one.rec_f1, one.e2e_p, one.rec_r, one.acc) == (None, None, None, 1, 1)


@pytest.mark.parametrize(
    ("gold", "geonameid", "same"),
    [
        # Another point of the United States, without and with its number.
        (toponym(0, 3, 38.0, -97.0, text="US"), "6252001", True),
        (toponym(0, 3, 38.0, -97.0, "6252001", text="US"), "6252001", True),
        # Georgia the state is not Georgia the country, and Boise is not the United States.
        (toponym(0, 7, 32.75, -83.5, "4197000", text="Georgia"), "614540", False),
        (toponym(0, 7, 32.75, -83.5, text="Georgia"), "614540", False),
        (toponym(0, 5, 43.6, -116.2, "5586437", text="Boise"), "6252001", False),
        # A place in the country does not stand for it.
        (toponym(0, 3, 38.0, -97.0, text="US"), "5586437", False),
    ],
)
def test_two_points_of_one_country_are_the_same_place(gold, geonameid, same, countries):
    """Both must stand for the country itself: by its number, or by its name and a point in its box."""
    one = found(gold.start, gold.end, 39.76, -98.5, geonameid=geonameid)

    (pair,) = judged([gold], [one], same_country=countries.same).pairs

    assert (pair.km == 0) is same


def test_counts_by_country_are_compared(countries):
    """Two of three names agree; what lies in no country is left out on both sides."""
    gold = [
        toponym(0, 5, text="Lagos", country="NG", lat=6.45, lon=3.39),
        toponym(6, 9, 51.5, -0.12, "2643743", text="London"),
        toponym(10, 14, -12.04, -77.03, text="Lima"),
        toponym(20, 27, 20.0, 38.0, text="Zqxr Sea"),
    ]
    predicted = [found(0, 5, **PARIS, country=code) for code in ("NG", "GB", "CA", "")]

    overlap = countries.overlap([judged(gold, predicted)])

    assert overlap.overlap == 2 / 4
    assert (overlap.gold, overlap.predicted, overlap.unknown) == (3, 3, 1)


def test_confidence_is_held_to_what_it_says():
    """Two names said to be sure at .9 and .7, one of them right."""
    gold = [toponym(0, 5, **PARIS), toponym(10, 15, **PARIS)]
    predicted = [found(0, 5, **PARIS, confidence=0.9), found(10, 15, **TEXAS, confidence=0.7)]

    result = calibration([judged(gold, predicted)], km=161)

    assert result.brier == close((0.1**2 + 0.7**2) / 2)
    assert result.expected_error == close((0.1 + 0.7) / 2)
    assert (result.sure, result.sure_names) == (1, 1)
    assert [(step.low, step.names, step.right) for step in result.steps] == [(0.7, 1, 0), (0.9, 1, 1)]


def test_groups_divide_the_whole():
    """By what the gold says there is recall, by the role predicted there is precision."""
    gold = [toponym(0, 5, **PARIS, type="city"), toponym(10, 15, type="river"), toponym(20, 25, **PARIS, type="city")]
    predicted = [found(0, 5, **TEXAS, role="literal"), found(10, 15, **PARIS, role="metonym"), found(30, 35, role="x")]
    one = [judged(gold, predicted)]

    types, roles = by_label(one, "type", km=161), by_role(one, km=161)

    assert {name: (each.gold, each.recall, each.acc, each.e2e_r) for name, each in types.items()} == {
        "city": (2, 0.5, 0, 0),
        "river": (1, 1, None, None),
    }
    assert {name: (each.predicted, each.precision, each.acc, each.e2e_p) for name, each in roles.items()} == {
        "literal": (1, 1, 0, 0),
        "metonym": (1, 1, None, None),
        "x": (1, 0, None, None),
    }
    assert by_label(one, "group", km=161) == {}


def linked(actor, place, relation="assault", status="asserted", *, core=True):
    return GoldLink(actor, (actor,), place, (place,), "", relation, status, core)


def stated(actor, place, relation="assault", status="asserted", tier="stated"):
    return FoundLink(actor, actor, (), place, (0, 0), "", relation, status, tier)


def test_links_are_scored_level_by_level():
    """A right pair with a wrong status counts as a pair; a co-mention is no claim; a link not `core` costs nothing."""
    gold = GoldDocument(
        "a", "text", "", "", "", "", "", (), partial=False,
        links=(linked("Army", "Goma"), linked("Rebels", "Uvira"), linked("Rebels", "Goma", core=False)),
    )  # fmt: skip
    links = [
        stated("the Army", "Goma", status="denied"),
        stated("Rebels", "Goma"),
        stated("Farmers", "Sake"),
        stated("Rebels", "Uvira", tier="co-mention"),
    ]

    levels = score_links([(gold, links)])

    assert (levels["pairs"].p, levels["pairs"].r) == (0.5, 0.5)
    assert (levels["with status"].p, levels["with status"].r) == (0, 0)
    assert score_links([]) == {}


def reported(countries) -> Report:
    return agreement("plain", countries)


def test_a_figure_below_its_floor_is_a_line(countries, tmp_path):
    """Each with its value and its floor; what holds is silent."""
    one = reported(countries)
    path = tmp_path / "floors.toml"
    path.write_text(
        f'[x]\ndigest = "{one.digest}"\n"strict.rec_f1" = 0.9\n"strict.acc" = 0.1\n"calibration.sure" = 1.0\n',
        encoding="utf-8",
    )

    lines = list(below_floors([one], read_floors(path), where="floors.toml"))

    assert lines[0] == "x: strict.rec_f1 is 0.7188, below its floor of 0.9000"
    assert [line.split()[1] for line in lines] == ["strict.rec_f1", "calibration.sure"]


def test_floors_of_other_gold_do_not_hold(countries):
    """The gold has changed since they were measured."""
    (line,) = below_floors([reported(countries)], {"x": {"digest": "0"}}, where="floors.toml")

    assert "the gold is not that of the floors" in line


@pytest.mark.parametrize(
    "floors",
    [{"y": {"strict.acc": 0.1}}, {"x": {"strict.speed": 0.1}}, {"x": {"strict": 0.1}}, {"x": {"strict.acc": "high"}}],
)
def test_a_floor_for_nothing_is_an_error(floors, countries):
    """A slip in the name of a figure must not pass for a figure that holds."""
    with pytest.raises(InputError):
        list(below_floors([reported(countries)], floors, where="floors.toml"))
