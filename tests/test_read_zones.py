"""Zones told as articles: each line of a table is one paragraph and the kind it should be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.model import ZoneKind
from geomap.read.zones import RULES, zones_of

BODY, CREDIT, DATELINE = ZoneKind.BODY, ZoneKind.CREDIT, ZoneKind.DATELINE
FURNITURE, HEADLINE, REPEATED = ZoneKind.FURNITURE, ZoneKind.HEADLINE, ZoneKind.REPEATED

NEWS = "Fishermen on the southern coast said on Tuesday that two patrol boats had turned them back near the harbour."

ARTICLE = (
    ("close", FURNITURE),
    ("Harbour stays shut as talks with the port workers fail", HEADLINE),
    ("Harbour stays shut as talks with the port workers fail", REPEATED),
    ("By Marta Lindqvist and Yusuf al-Amrani", CREDIT),
    ("Updated 10:30 GMT, March 3, 2024", FURNITURE),
    ("ADEN, Yemen (Reuters) –", DATELINE),
    (NEWS, BODY),
    ("Advertisement", FURNITURE),
    ("The port has been shut since Friday.", BODY),
    ("Read more: Port workers vote to strike", FURNITURE),
    ("Additional reporting by Omar Haddad in Djibouti", CREDIT),
    ("(Reporting by Marta Lindqvist in Aden; Editing by Paul Brandt)", CREDIT),
)


def read(text, title=""):
    return [(text[zone.start : zone.end], zone.kind) for zone in zones_of(text, title=title)]


def after(paragraph):
    """Return the kind of a paragraph that follows the beginning of an article."""
    return read(f"{NEWS}\n\n{paragraph}\n\n{NEWS}")[1][1]


def opening(paragraph):
    """Return the zones of a paragraph that opens the body of an article."""
    return read(f"{paragraph}\n\n{NEWS}")[:-1]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("blank", [1, 2])
def test_every_part_of_a_wire_story_is_told_apart(newline, blank):
    """Furniture, headline, its repetition, byline, dateline and credits are found, whatever ends a line."""
    text = (newline * blank).join(words for words, _ in ARTICLE).replace(f"–{newline * blank}", "– ")

    assert read(text) == list(ARTICLE)


@pytest.mark.parametrize(
    ("paragraph", "dateline"),
    [
        ("BAGHDAD (Reuters) – Guards fired shots.", "BAGHDAD (Reuters) –"),
        ("WASHINGTON, March 3 (AP) — Guards fired shots.", "WASHINGTON, March 3 (AP) —"),
        ("LONDON — Guards fired shots.", "LONDON —"),
        ("LONDON—Guards fired shots.", "LONDON—"),
        ("Baghdad, Iraq (CNN) -- Guards fired shots.", "Baghdad, Iraq (CNN) --"),
        ("GAZA CITY, Gaza Strip (AP) — Guards fired shots.", "GAZA CITY, Gaza Strip (AP) —"),
        ("JERUSALEM/GAZA (Reuters) - Guards fired shots.", "JERUSALEM/GAZA (Reuters) -"),
        ("SOUTH CHARLESTON, W.Va. -- Guards fired shots.", "SOUTH CHARLESTON, W.Va. --"),
        ("PORT-AU-PRINCE, Haiti (AFP) - Guards fired shots.", "PORT-AU-PRINCE, Haiti (AFP) -"),
        ("NAIROBI, Kenya, Apr 5 – Guards fired shots.", "NAIROBI, Kenya, Apr 5 –"),
        ("Tbilisi, 5 April – Guards fired shots.", "Tbilisi, 5 April –"),
        ("ISLAMABAD: Guards fired shots.", "ISLAMABAD:"),
        ("SOUTH WAZIRISTAN, April 5 (APP):Guards fired shots.", "SOUTH WAZIRISTAN, April 5 (APP):"),
        ("Moscow, SANA- Guards fired shots.", "Moscow, SANA-"),
        ("EDMONTON, Ky. (WBKO) -- Guards fired shots.", "EDMONTON, Ky. (WBKO) --"),
        ("MEXICO CITY (AP) Guards fired shots.", "MEXICO CITY (AP)"),
        ("March 3 (Reuters) - Guards fired shots.", "March 3 (Reuters) -"),
        ("(NEW YORK) — Guards fired shots.", "(NEW YORK) —"),
        ("DETROIT The U.S. guards fired shots.", "DETROIT"),
        ("DeKALB – Guards fired shots.", "DeKALB –"),
        ("SÃO PAULO (AFP) — “Guards fired,” they said.", "SÃO PAULO (AFP) —"),
    ],
)
def test_a_dateline_opens_a_paragraph(paragraph, dateline):
    """Place, agency, date and dash are taken together, and the news after them is body."""
    (words, kind), (rest, body) = opening(paragraph)

    assert (words, kind, body) == (dateline, DATELINE, BODY)
    assert paragraph == dateline + paragraph[len(dateline) : len(paragraph) - len(rest)] + rest


@pytest.mark.parametrize(
    "paragraph",
    [
        "LONDON — a city of nine million people — slept through the first snow of the year.",
        "BREAKING NEWS — Guards fired shots at the gate of the harbour.",
        "ANALYSIS: The guards at the gate fired because they had no orders.",
        "Democracy — The guards at the gate fired because they had no orders.",
        "The guards (Reuters counted nine of them) - and their captain - left.",
        "Senator Jim Jordan (R-Ohio) - The chairman left before the vote was over.",
        "In Paris, the mayor (a former judge) said nothing at all.",
        "NATO - The alliance has sent two ships to the strait.",
        "london (ap) - guards fired shots at the gate of the harbour.",
    ],
)
def test_a_dash_alone_is_no_dateline(paragraph):
    """A sentence that begins with a place, a label or a dash stays whole."""
    assert opening(paragraph) == [(paragraph, BODY)]


def test_a_bare_place_and_dash_is_a_dateline_only_where_the_body_begins():
    """Further down, capitals and a dash are the entry of a list."""
    assert after("CARDIFF — Three goals in the second half settled the match.") is BODY
    assert after("CARDIFF (AP) — Three goals in the second half settled the match.") is DATELINE


@pytest.mark.parametrize(
    "paragraph",
    [
        "By Jane Doe",
        "By Jane Doe, Staff Writer",
        "BY JANE DOE AND OMAR HADDAD",
        "By Jane Doe and Jan van der Berg, The Associated Press",
        "By Jane Doe | jane.doe@example.org",
        "Associated Press",
        "Jane Doe, The Associated Press.",
        "(Reporting by Jane Doe in Aden, Omar Haddad and the Cairo newsroom; Editing by Paul Brandt)",
        "Reporting by Jane Doe; Editing by Paul Brandt",
        "Additional reporting by Jane Doe in Aden",
        "Jane Doe in Aden and Omar Haddad in Cairo contributed to this report.",
        "Haddad reported from Aden. Reuters journalists in Cairo contributed to this story.",
        "Photo: Jane Doe/AFP",
        "Photo credit: Jane Doe",
        "Image copyright AFP",
        "Copyright 2024 The Associated Press. All rights reserved.",
        "© 2024 Example News",
        "Follow Jane Doe on Twitter: @janedoe",
    ],
)
def test_who_wrote_or_owns_a_text_is_credit(paragraph):
    """Bylines, closing credits, pictures, owners and addresses are credits."""
    assert after(paragraph) is CREDIT


@pytest.mark.parametrize(
    "paragraph",
    [
        "By Tuesday, rebels held both ends of the bridge.",
        "By Monday Evening",
        "By all accounts the bridge was empty.",
        "By Jordan Street the crowd turned back.",
        "Photo of the day",
        "Photos of the bridge filled the front pages.",
        "Photo: The bridge at Mostar was rebuilt in 2004.",
        "Reporting by aid groups suggests that the toll is higher.",
        "Editing by the censor took out three pages on Myanmar.",
        "Copyright law in Canada protects the map.",
        "Source of the Nile expedition returns",
        "Syria contributed to this crisis.",
        "Nine aid workers reported from Aleppo that the bridge was empty.",
        "Contact between Cairo and Ankara resumed.",
        "Close to the border, guards fired shots.",
        "Share prices in Tokyo fell.",
        "Related attacks were reported in Mali.",
        "Subscribe now, the minister told voters in Ghana.",
        "More than 20 people died in Kano.",
    ],
)
def test_news_that_begins_like_a_credit_or_a_button_stays_news(paragraph):
    """One ordinary word outside the grammar of credits makes a paragraph body."""
    assert after(paragraph) is BODY


@pytest.mark.parametrize(
    "words",
    ["close", "CLOSE", "Share this article", "ADVERTISEMENT", "Sign up for our newsletter", "* * *", "Read more »"],
)
def test_what_pages_print_around_articles_is_furniture(words):
    """Buttons, calls to subscribe and rules of stars are no news, in any case and with any arrow."""
    assert after(words) is FURNITURE


def test_a_credit_at_the_end_of_the_last_sentence_is_cut_off():
    """Where line breaks were lost, the closing credit hangs on the news."""
    text = f"{NEWS} (Reporting by Jane Doe in Boston; Editing by Paul Brandt)"

    assert read(text) == [(NEWS, BODY), ("(Reporting by Jane Doe in Boston; Editing by Paul Brandt)", CREDIT)]


def test_a_byline_that_runs_into_a_dateline_is_cut_off():
    """By Jane Doe. BOSTON (Reuters) - ... is a byline, a dateline and news."""
    text = f"By Jane Doe. BOSTON (Reuters) - {NEWS}"

    assert read(text) == [("By Jane Doe.", CREDIT), ("BOSTON (Reuters) -", DATELINE), (NEWS, BODY)]


@pytest.mark.parametrize(
    "byline",
    [
        "By Victoria Vienne in Brussels and Lorraine Prague in Warsaw",
        "By Victoria Vienne in Brussels, Belgium, and Lorraine Prague",
        "By Victoria Vienne in Rio de Janeiro and Sanaa",
        "By Victoria Vienne, Foreign Correspondent, and Lorraine Prague in Warsaw",
    ],
)
def test_a_byline_names_where_its_writers_are(byline):
    """Places of writers belong to the byline, on a line of its own or running into the dateline."""
    assert after(byline) is CREDIT
    kinds = [(byline, CREDIT), ("BRUSSELS (Reuters) -", DATELINE), (NEWS, BODY)]
    assert read(f"{byline}\n\nBRUSSELS (Reuters) - {NEWS}") == kinds
    assert read(f"{byline} BRUSSELS (Reuters) - {NEWS}") == kinds


@pytest.mark.parametrize(
    "sentence",
    [
        "By Monday in Brussels the talks had failed.",
        "By Monday in Brussels, Warsaw had given in.",
        "By Late March in Brussels and Warsaw",
        "By Jane Doe in March and Omar Haddad in May spoke.",
        "By Jane Doe in Monday",
        "Jane Doe in Brussels and Omar Haddad in Warsaw",
        "By far in Brussels",
    ],
)
def test_a_sentence_about_a_place_is_no_byline(sentence):
    """A day, an ordinary word, or nobody named as the writer: it is the news."""
    assert after(sentence) is BODY


def test_a_headline_that_begins_with_a_place_is_a_headline():
    """Capitals and a colon over a story are no dateline; with an agency they are one."""
    assert read(f"GAZA: Twelve killed at the crossing\n\n{NEWS}")[0][1] is HEADLINE
    assert read(f"GAZA (AP): Twelve killed at the crossing\n\n{NEWS}")[0][1] is DATELINE


def test_a_paragraph_has_one_dateline():
    """What follows a dateline is news, whatever it looks like."""
    assert [kind for _, kind in read("ADEN (AP) - SANAA (AP) - Guards fired shots.")] == [DATELINE, BODY]


def test_the_paper_stands_under_the_byline():
    """A line between byline and dateline is the writer's paper, and hides no dateline."""
    text = f"Harbour stays shut as talks fail\n\nBy Jane Doe\nGulf Ledger\n\nHOUMA, La. -- {NEWS}"

    assert [kind for _, kind in read(text)] == [HEADLINE, CREDIT, CREDIT, DATELINE, BODY]


def test_a_line_under_the_headline_hides_no_dateline():
    """What is neither headline nor sentence is body, but the body has not begun."""
    text = f"Harbour stays shut as talks fail\n\nFishermen wait for word from the capital\n\nADEN - {NEWS}"

    assert [kind for _, kind in read(text)] == [HEADLINE, BODY, DATELINE, BODY]


def test_a_title_at_the_beginning_of_the_text_is_its_headline():
    """A title that runs into the text is cut off, with its full stop; one that is a sentence's start is not."""
    text = f"Harbour stays 'shut'. ADEN — {NEWS}"

    assert read(text, title="Harbour stays ‘shut’")[:2] == [("Harbour stays 'shut'.", HEADLINE), ("ADEN —", DATELINE)]
    assert read(NEWS, title="Fishermen") == [(NEWS, BODY)]


def test_a_title_that_comes_again_later_is_repeated():
    """The title is the headline even when it stands only beside the text."""
    title = "Harbour stays shut as talks fail"

    assert read(f"{NEWS}\n\n{title}\n\n{NEWS}", title=title)[1] == (title, REPEATED)


def test_a_text_of_one_paragraph_is_body():
    """Without anything after it, a short line is the news itself."""
    assert read("Bombs fell on the harbour of Aden") == [("Bombs fell on the harbour of Aden", BODY)]


def test_no_line_is_a_headline_once_the_news_has_begun():
    """A first paragraph torn off in mid-sentence is the news all the same."""
    torn = f"{NEWS} {NEWS.removesuffix('.')} and"

    assert [kind for _, kind in read(f"{torn}\n\nA line between paragraphs\n\n{NEWS} {NEWS} {NEWS}")] == [BODY] * 3


def test_wrapped_lines_are_one_paragraph():
    """A line break inside a sentence does not cut it, but a credit on a line of its own stands alone."""
    text = (
        "Harbour stays shut as talks with the port workers fail\n"
        "By Jane Doe\n"
        "ADEN (AP) — Fishermen on the southern coast said on Tuesday that two\n"
        "patrol boats had turned them back near the harbour, which has been shut\n"
        "since Friday. Talks failed.\n"
        "(Reporting by Jane Doe)"
    )

    assert [kind for _, kind in read(text)] == [HEADLINE, CREDIT, DATELINE, BODY, CREDIT]


def test_lines_without_blank_lines_between_them_are_paragraphs():
    """A text with one paragraph a line needs no blank lines."""
    assert [kind for _, kind in read("\n".join([NEWS] * 3))] == [BODY] * 3


@pytest.mark.parametrize(
    "text", ["", " \n\t ", "\u200b", "\x00", "—", "(", "By", "(Reuters) –", "A\n" * 50, "—\n(\n:\n"]
)
def test_odd_texts_do_not_fail(text):
    """Whatever the text, zones are found, and they hold everything but white space."""
    assert "".join("".join(words for words, _ in read(text)).split()) == "".join(text.split())


PIECES = st.sampled_from([words for words, _ in ARTICLE] + ["LONDON — a city", "Close", "—", "(", ")", "By ", "\u2028"])
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=30))).flatmap(
    lambda parts: st.sampled_from(["\n", "\n\n", " ", "\r\n"]).map(lambda gap: gap.join(parts))
)


@given(TEXTS, st.one_of(st.just(""), PIECES))
def test_zones_are_in_order_trimmed_and_leave_out_only_white_space(text, title):
    """Every character but white space lies in exactly one zone."""
    last = 0
    for zone in zones_of(text, title=title):
        words = text[zone.start : zone.end]
        assert not text[last : zone.start].strip()
        assert words
        assert words == words.strip()
        last = zone.end
    assert not text[last:].strip()


def test_every_rule_says_what_it_does():
    """A rule without a docstring could not be explained to a reader."""
    assert all(rule.__doc__ for rule, _ in RULES)
