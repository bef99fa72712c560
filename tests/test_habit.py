"""What the other articles of a source are about, told as little papers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geomap.pipeline import Tools, annotate_all
from geomap.resolve.habit import NO_HABIT, Habits, home_country, publisher, share_out
from tests.articles import FRANCE, IRAQ, PARIS, PARIS_TEXAS, TEXAS, article


@pytest.mark.parametrize(
    ("source", "url", "who"),
    [
        ("Paris News", "https://x.example/1", "Paris News"),
        ("", "https://x.example/1", "x.example"),
        ("", "x.example/1", "x.example"),
        ("WWW.X.example", "", "x.example"),
        ("", "", ""),
        ("", "http://[x", ""),
    ],
)
def test_the_publisher_is_the_source_or_the_host(source, url, who):
    """An address that is none names nobody, and stops nothing."""
    assert publisher(source=source, url=url) == who


def test_each_article_weighs_the_same():
    """A long list of places counts no more than one place; what is unlikely does not count at all."""
    assert share_out([(PARIS_TEXAS, 0.9), (TEXAS, 0.9), (PARIS, 0.4), None]) == {TEXAS.id: 1.0}
    assert share_out([(IRAQ, 0.4)]) == {}


def test_an_article_is_not_its_own_witness():
    """Alone it has no habit; beside another only the other counts."""
    habits, mine, theirs = Habits(), {TEXAS.id: 1.0}, {FRANCE.id: 1.0}
    habits.add("paper", mine)
    assert habits.of("paper", own=mine).share(TEXAS.id) == 0.0

    habits.add("paper", theirs)
    assert habits.of("paper", own=mine).share(TEXAS.id) == 0.0
    assert 0 < habits.of("paper", own=mine).share(FRANCE.id) < 1


def test_a_habit_grows_with_the_articles_that_agree():
    """One other article may be chance, thirty are a local paper."""
    habits = Habits()
    shares = []
    for _ in range(30):
        habits.add("paper", {TEXAS.id: 1.0})
        shares.append(habits.of("paper", own={}).share(TEXAS.id))

    assert shares == sorted(shares)
    assert shares[0] < 0.5 < shares[-1] < 1


def test_who_does_not_say_who_he_is_has_no_habit():
    """A folder of texts from anywhere is no paper."""
    habits = Habits()
    habits.add("", {TEXAS.id: 1.0})

    assert habits.of("", own={}) == NO_HABIT
    assert habits.of("unread", own={}).share(TEXAS.id) == 0.0


@pytest.fixture(scope="module")
def tools():
    return Tools.load(links=False)


def test_a_local_paper_means_its_own_towns(tools):
    """Twenty articles about Texas tell which Athens the next one means; alone it is the capital of Greece."""
    local = [
        article(
            f"Voters in Dallas, Tyler and Houston went to the polls. Austin, Texas, was quiet on {n} May.", id=f"{n}"
        )
        for n in range(20)
    ]
    bare = article("A bakery opened in Athens on Monday.", id="bare")
    papers = [replace(document, source="a local paper") for document in (*local, bare)]

    *_, together = annotate_all(papers, tools)
    (alone,) = annotate_all([bare], tools)

    assert [r.place.country for r in together.resolutions] == ["US"]
    assert [r.place.country for r in alone.resolutions] == ["GR"]


@pytest.mark.parametrize(
    ("source", "country"),
    [
        ("paper.ca", "CA"),
        ("PAPER.CA.", "CA"),
        ("https://www.paper.ca:443/news/1", "CA"),
        ("https://desk@paper.com/paper.ca", ""),
        ("www.paper.co.uk", "GB"),
        ("paper.com", ""),
        ("paper.tv", ""),  # rented by anybody
        ("The Paper", ""),
        ("News in brief.", ""),
        ("", ""),
    ],
)
def test_an_address_may_tell_the_country(source, country):
    """Only a domain of a country does, and not one that is rented for what it spells."""
    assert home_country(source) == country


def test_a_paper_at_home_means_its_own_towns(tools):
    """London is in Canada for a paper there that gives no other sign; elsewhere it is in England."""
    text = "London police said a London man was hurt on the road to Hamilton on Monday."
    here, there = (replace(article(text), source=source) for source in ("freepaper.ca", "freepaper.co.uk"))

    found = [annotate_all([document], tools) for document in (here, there)]
    countries = [
        {r.place.country for r in one.resolutions if r.mention.text == "London" and r.place} for (one,) in found
    ]
    assert countries == [{"CA"}, {"GB"}]
