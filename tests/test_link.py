"""Links told as sentences: each case is one way English binds an actor to a place.

`[Gaza]` marks a place, `{Tehran}` a place that stands for its government, `*Karim Aziz*` a person,
`_Tigris Institute_` an organisation, `_[Mosul] University_` one with a place in its name.  Known actors are
found by the table.
"""

import random
import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from geomap.errors import InputError
from geomap.link import grammar
from geomap.link.actors import ActorTable
from geomap.link.linker import NO_PARSER, LinkResult, link
from geomap.link.parse import Parser, load_parser
from geomap.link.stated import RULES
from geomap.link.tree import Token, Tree
from geomap.model import (
    Candidate,
    Document,
    Kind,
    Label,
    Mention,
    NameKind,
    Outcome,
    Place,
    Relation,
    Resolution,
    Role,
    Span,
    Tier,
    Zone,
    ZoneKind,
)
from geomap.words import Word, words

COUNTRIES = {
    "Iraq": "IQ", "Iran": "IR", "Israel": "IL", "Lebanon": "LB", "Syria": "SY", "Ukraine": "UA", "Russia": "RU",
    "France": "FR", "Mali": "ML", "Sudan": "SD", "Kenya": "KE", "China": "CN", "Japan": "JP", "Turkey": "TR",
    "Nigeria": "NG", "Somalia": "SO", "Yemen": "YE", "Egypt": "EG", "Libya": "LY", "US": "US", "Jordan": "JO",
}  # fmt: skip
DEMONYMS = {
    "Iraqi": "Iraq", "Iranian": "Iran", "Israeli": "Israel", "Syrian": "Syria", "Russian": "Russia", "French": "France",
    "Malian": "Mali", "Kenyan": "Kenya", "Turkish": "Turkey", "Ukrainian": "Ukraine", "Lebanese": "Lebanon",
    "Chinese": "China", "Japanese": "Japan", "Egyptian": "Egypt",
}  # fmt: skip
CAPITALS = {"Tehran": "IR", "Baghdad": "IQ", "Moscow": "RU", "Paris": "FR", "Kyiv": "UA", "Cairo": "EG", "Beirut": "LB"}
MARK = re.compile(r"\[([^\]]+)\]|\{([^}]+)\}|\*([^*]+)\*|_([^_]+)_|(?<!\w)(" + "|".join(DEMONYMS) + r")(?!\w)")

TAGS = ("NN", "NNS", "NNP", "VB", "VBD", "VBN", "VBG", "PRP", "PRP$", "WDT", "JJ", "IN", "MD")
DEPS = (
    "nsubj", "nsubjpass", "dobj", "pobj", "prep", "agent", "conj", "relcl", "acl", "advcl", "xcomp", "ccomp", "pcomp",
    "poss", "amod", "compound", "nmod", "appos", "aux", "mark", "neg", "advmod", "npadvmod", "attr",
)  # fmt: skip


def place(name: str) -> Place:
    name = DEMONYMS.get(name, name)
    if name in COUNTRIES:
        return Place(f"test:{name}", name, Kind.COUNTRY, 0.0, 0.0, country=COUNTRIES[name])
    capital = CAPITALS.get(name, "")
    return Place(f"test:{name}", name, Kind.CITY, 0.0, 0.0, country=capital, feature="PPLC" if capital else "PPL")


def read(marked: str, kind: ZoneKind = ZoneKind.BODY) -> tuple[Document, list[Mention], list[Resolution]]:
    """Take the marks out of a text and return what recognition and resolution would give."""
    text, mentions = "", []
    last = 0
    for match in MARK.finditer(marked):
        text += marked[last : match.start()]
        group = match.lastindex or 1
        name = match[group]
        label = {3: Label.PERSON, 4: Label.ORGANISATION}.get(group, Label.PLACE)
        role = {2: Role.METONYM, 5: Role.DEMONYM}.get(group, Role.LITERAL)
        if inside := re.search(r"\[(.+)\]", name):
            name = name.replace(inside[0], inside[1])
            start = len(text) + inside.start()
            mentions.append(Mention(start, start + len(inside[1]), inside[1], Label.PLACE, Role.EMBEDDED, "test"))
        mentions.append(Mention(len(text), len(text) + len(name), name, label, role, "test"))
        text += name
        last = match.end()
    text += marked[last:]
    mentions += known_actors(text)
    mentions.sort(key=lambda mention: mention.start)
    resolutions = [resolved(each) for each in mentions if each.label is Label.PLACE]
    return Document("test", text, (Zone(0, len(text), kind),)), mentions, resolutions


def known_actors(text: str) -> list[Mention]:
    table, tokens, found = ActorTable.load(), words(text), []
    texts = [word.text for word in tokens]
    i = 0
    while i < len(tokens):
        count, actor_id = table.longest(texts, i) or (1, "")
        if actor_id:
            start, end = tokens[i].start, tokens[i + count - 1].end
            found.append(
                Mention(start, end, text[start:end], Label.ORGANISATION, Role.LITERAL, "test", actor_id=actor_id)
            )
        i += count
    return found


def resolved(mention: Mention) -> Resolution:
    candidate = Candidate(place(mention.text), 1.0, NameKind.NAME)
    return Resolution(mention, Outcome.RESOLVED, (candidate,), 1.0, "test")


def linked(marked: str, parser: Parser | None, kind: ZoneKind = ZoneKind.BODY) -> LinkResult:
    document, mentions, resolutions = read(marked, kind)
    return link(document, mentions, resolutions, table=ActorTable.load(), parser=parser)


def told(result: LinkResult, tier: Tier = Tier.STATED) -> set[str]:
    """Return links as lines; a plain fact has no mark, belonging to a country is left to its own test."""
    names = {actor.id: actor.name for actor in result.actors}
    return {
        f"{names[each.actor_id]} > {each.relation}{'' if each.status == 'asserted' else ' ' + each.status} > "
        f"{each.place_id.removeprefix('test:')}"
        for each in result.links
        if each.tier is tier and each.relation is not Relation.AFFILIATED
    }


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser()


SENTENCES = {
    "active": ("[Israel] attacked [Lebanon] on Sunday.", {"Israel > assault > Lebanon"}),
    "passive with an agent": ("[Mopti] was attacked by Boko Haram.", {"Boko Haram > assault > Mopti"}),
    "passive without an agent": ("[Mopti] was attacked at dawn.", set()),
    "a name taken for an adverb": ("The [US] forces attacked [Mosul].", {"US forces > assault > Mosul"}),
    "possessor of an act": (
        "The minister condemned [Sudan]'s raids on [Kenya].",
        {"Sudan > assault > Kenya"},
    ),
    "demonym before an act": ("Russian strikes on [Kharkiv] killed four people.", {"Russia > assault > Kharkiv"}),
    "agent of a noun": ("The attack on [Gao] by the Wagner Group failed.", {"Wagner Group > assault > Gao"}),
    "light verb": (
        "Boko Haram carried out attacks on [Maiduguri].",
        {"Boko Haram > assault > Maiduguri"},
    ),
    "origin": (
        "Hezbollah fired rockets at [Haifa] from [Tyre].",
        {"Hezbollah > assault > Haifa", "Hezbollah > assault > Tyre"},
    ),
    "territory of a country": (
        "Hamas launched drones from Syrian territory.",
        {"Hamas > assault > Syria"},
    ),
    "object control: who was asked acts": (
        "{Cairo} urged Kenyan diplomats to intervene in [Sudan].",
        {"Egypt > request > Kenya", "Kenyan diplomats > mobilize requested > Sudan"},
    ),
    "stopping presupposes": (
        "Elders could not convince al-Shabaab to stop shelling [Kismayo].",
        {"al-Shabaab > assault > Kismayo"},
    ),
    "negation": ("[Iran] did not attack [Israel].", {"Iran > assault denied > Israel"}),
    "no relations": (
        "[Japan] has no formal relations with [Mali].",
        {"Japan > consult denied > Mali"},
    ),
    "plan": ("[Sudan] is planning to raid [Libya].", {"Sudan > assault planned > Libya"}),
    "future": ("[France] will deploy troops to [Mali].", {"France > mobilize planned > Mali"}),
    "possibility": ("[Iran] could attack [Israel].", {"Iran > assault hypothetical > Israel"}),
    "possible act": (
        "Envoys spoke of possible Egyptian raids in [Libya].",
        {"Egypt > assault hypothetical > Libya"},
    ),
    "condition": (
        "Oil prices would rise if [Israel] attacked [Iran].",
        {"Israel > assault hypothetical > Iran"},
    ),
    "request": ("[Kenya] urged al-Shabaab to leave [Somalia].", {"al-Shabaab > move requested > Somalia"}),
    "threat": (
        "Hezbollah threatened to attack [Haifa].",
        {"Hezbollah > assault planned > Haifa", "Hezbollah > threaten > Haifa"},
    ),
    "threatened price": (
        "Boko Haram said [Nigeria] and [Kenya] would have to bear a heavy cost.",
        {"Boko Haram > threaten > Nigeria", "Boko Haram > threaten > Kenya"},
    ),
    "threatened consequences": ("[Russia] warned that [Japan] will face consequences.", {"Russia > threaten > Japan"}),
    "threatened with no object": ("The Houthis said [Egypt] would pay dearly.", {"Houthis > threaten > Egypt"}),
    "threatened regret": ("[China] said [Japan] would regret the move.", {"China > threaten > Japan"}),
    "a price that was paid": ("[China] said [Japan] had paid a high price.", set()),
    "a price of one's own": ("[France] said it would pay the price.", set()),
    "two actors": (
        "Hamas and Hezbollah attacked [Haifa].",
        {"Hamas > assault > Haifa", "Hezbollah > assault > Haifa"},
    ),
    "two places": (
        "[Turkey] resumed its offensive in [Manbij] and [Kobani].",
        {"Turkey > assault > Manbij", "Turkey > assault > Kobani"},
    ),
    "names before their noun": (
        "The Hezbollah and Hamas factions, which have begun a raid on [Haifa], were silent.",
        {"Hamas > assault > Haifa", "Hezbollah > assault > Haifa"},
    ),
    "between": (
        "Clashes between the Sudanese Armed Forces and the Rapid Support Forces shook [Khartoum].",
        set(),
    ),
    "between, in a place": (
        "There were clashes in [Khartoum] between the Rapid Support Forces and the army.",
        {"Rapid Support Forces > assault > Khartoum", "army > assault > Khartoum"},
    ),
    "claim": (
        "The Islamic State claimed responsibility for the attack in [Kabul].",
        {"Islamic State > assault > Kabul"},
    ),
    "stationed": (
        "There are [Kenya]-led troops stationed in [Goma].",
        {"Kenya-led troops > located in > Goma"},
    ),
    "visit": ("*Karim Aziz* visited [Ankara].", {"Karim Aziz > consult > Ankara"}),
    "visit as a noun": (
        "A visit to [Kenya] by Malian ministers was brief.",
        {"Malian ministers > consult > Kenya"},
    ),
    "meeting someone of a country": (
        "*Karim Aziz* met Turkish officials in [Oslo].",
        {"Karim Aziz > consult > Turkey", "Karim Aziz > consult > Oslo", "Turkish officials > present > Oslo"},
    ),
    "based": (
        "The [Cairo]-based _Tigris Institute_ published the figures.",
        {"Tigris Institute > located in > Cairo"},
    ),
    "backed": (
        "[Sudan]-backed armed rebels attacked [Faya].",
        {"Sudan-backed armed rebels > assault > Faya"},
    ),
    "actors of a country": ("[US] forces bombed [Raqqa].", {"US forces > assault > Raqqa"}),
    "in a phrase": ("Militants in [Mosul] fled.", {"Militants > located in > Mosul"}),
    "place in a name": (
        "The Islamic Resistance in [Iraq] made no comment.",
        {"Islamic Resistance in Iraq > located in > Iraq"},
    ),
    "owned by a country": (
        "[Kenya]'s opposition party is divided.",
        {"Kenya's opposition party > located in > Kenya"},
    ),
    "capital as government": ("A plea by {Kyiv} to {Paris} went unheard.", {"Ukraine > request > Paris"}),
    "seeking help": (
        "A Malian delegation sought {Cairo}'s mediation.",
        {"Malian delegation > request > Cairo"},
    ),
    "seeking help from": ("[Mali] is seeking loans from [China].", {"Mali > request > China"}),
    "seeking harm is no request": ("The Houthis seek [Egypt]'s ruin.", set()),
    "a warm welcome": ("*Karim Aziz* got a warm welcome in [Oslo].", {"Karim Aziz > consult > Oslo"}),
    "whoever gets a threat makes none": ("[Kenya] received a threat against [Somalia].", set()),
    "sanctions": ("The European Union imposed sanctions on [Russia].", {"European Union > sanction > Russia"}),
    "withdrawal": ("[France] withdrew its troops from [Mali].", {"France > retreat > Mali"}),
    "capture": ("M23 captured the city of [Goma].", {"March 23 Movement > control > Goma"}),
    "protest": ("Protesters marched in [Nairobi].", {"Protesters > protest > Nairobi"}),
    "aid": ("The World Food Programme delivered aid to [Gaza].", {"World Food Programme > aid > Gaza"}),
    "any act in a place": ("UNICEF opened two clinics in [Aden].", {"UNICEF > present > Aden"}),
    "accusation": (
        "[Syria] accused [Israel] of bombing [Homs].",
        {"Syria > accuse > Israel", "Israel > assault > Homs"},
    ),
    "headline": ("Rebels shell [Bangui] while troops flee", {"Rebels > assault > Bangui"}),
    "speaker's pronoun": (
        "[Ukraine]'s military said it had struck a depot in [Rostov].",
        {"Ukraine's military > assault > Rostov"},
    ),
    "speaker's forces": (
        "[Russia] said its forces had captured the village of [Bakhmut].",
        {"Russia > control > Bakhmut"},
    ),
    "told future": (
        "NATO said it would send troops to [Riga].",
        {"NATO > mobilize planned > Riga"},
    ),
    "denial": ("NATO denied that it had bombed [Tripoli].", {"NATO > assault denied > Tripoli"}),
    "killed in somebody's strike": (
        "Nine men died or were killed in a Turkish airstrike on a mill in [Afrin].",
        {"Turkey > assault > Afrin"},
    ),
    "a backed act is not the backer's": ("The [Sudan]-backed offensive in [Abeche] goes on.", set()),
    "a led act is the leader's": ("The [Kenya]-led offensive in [Somalia] goes on.", {"Kenya > assault > Somalia"}),
    "somebody else's act": (
        "[Kenya] demanded ending the merchants' siege of [Baidoa].",
        set(),
    ),
    "asked whether": (
        "Asked whether the Malian navy will attack [Mopti], she smiled.",
        {"Malian navy > assault planned > Mopti"},
    ),
    "purpose": (
        "[Sudan] sent gunmen to [Libya] to storm [Sabha].",
        {"Sudan > mobilize > Libya", "Sudan > assault planned > Sabha"},
    ),
    "should": ("Those fighters should return to [Gao].", {"fighters > move hypothetical > Gao"}),
    "call on": (
        "The UN called on [Turkey] to halt its bombardment of [Afrin].",
        {"United Nations > request > Turkey", "Turkey > assault > Afrin"},
    ),
    "victims are there": (
        "The army killed ISIS fighters in [Raqqa].",
        {"army > assault > Raqqa", "Islamic State > located in > Raqqa"},
    ),
    "born and living": (
        "*Anna Weber* was born in [Paris] and lives in [Nairobi].",
        {"Anna Weber > present > Paris", "Anna Weber > located in > Nairobi"},
    ),
    "leader abroad": (
        "French President *Luc Moreau* will travel to [China] next week.",
        {"Luc Moreau > move planned > China"},
    ),
    "time, not place": ("[Israel] attacked after the talks in [Oslo].", set()),
    "embassy is where it is": ("The [Japan] consulate in [Lagos] shut.", {"Japan consulate > located in > Lagos"}),
    "a city named by its country": ("M23 seized the Malian town of [Gao].", {"March 23 Movement > control > Gao"}),
    "broken off": ("[Egypt] cut ties with [Turkey].", {"Egypt > cooperate denied > Turkey"}),
    "people are not located": (
        "*Karim Aziz* is a nurse at the clinic, located in [Erbil].",
        set(),
    ),
    "an institution's town": (
        "Gunmen attacked _[Mosul] University_.",
        {"Gunmen > assault > Mosul", "Mosul University > located in > Mosul"},
    ),
    "two phrases": (
        "[Turkey] struck targets in [Aleppo] and in [Homs].",
        {"Turkey > assault > Aleppo", "Turkey > assault > Homs"},
    ),
    "dozens of": (
        "The Houthis have launched dozens of attacks on ships in [Hodeidah].",
        {"Houthis > assault > Hodeidah"},
    ),
    "both are at a meeting": (
        "*Karim Aziz* met *Lea Novak* in [Oslo].",
        {"Karim Aziz > consult > Oslo", "Lea Novak > present > Oslo"},
    ),
    "fighting for control": (
        "The Rapid Support Forces are fighting for control of [Khartoum].",
        {"Rapid Support Forces > assault > Khartoum"},
    ),
    "sending food is aid": ("Oxfam sent food to [Aden].", {"Oxfam > aid > Aden"}),
    "catching someone": (
        "Police captured a rebel leader in [Goma].",
        {"Police > coerce > Goma", "rebel leader > located in > Goma"},
    ),
    "claimed attack": (
        "A bombing in [Kabul] claimed by Boko Haram killed ten.",
        {"Boko Haram > assault > Kabul"},
    ),
    "led by a group": (
        "Hamas-led militants stormed [Sderot].",
        {"Hamas-led militants > assault > Sderot"},
    ),
    "ambassador": (
        "[France] said it would recall its ambassador from [Mali].",
        {"France > retreat planned > Mali"},
    ),
    "a peaceful operation": ("The UN began a relief operation in [Darfur].", {"United Nations > present > Darfur"}),
    "not a place to hold": (
        "_Alba Bank_ seized three cars in [Oslo].",
        {"Alba Bank > present > Oslo"},
    ),
    "nobody in particular": ("Residents in [Sharon] are happy.", set()),
    "title case": ("Suicide Bomber Kills Dozens In [Kabul]", {"Suicide Bomber > assault > Kabul"}),
    "a headline's future": ("[France] to withdraw troops from [Mali] by year end", {"France > retreat planned > Mali"}),
    "killing in an attack": (
        "Boko Haram kills 30 in attack on [Maiduguri] market",
        {"Boko Haram > assault > Maiduguri"},
    ),
    "nobody acts": ("It rained in [Mosul].", set()),
}


@pytest.mark.parser
@pytest.mark.parametrize(("text", "links"), SENTENCES.values(), ids=SENTENCES)
def test_a_sentence_states_its_links_and_no_others(text: str, links: set[str], parser: Parser) -> None:
    """What the sentence says is found with its status; nothing is found that it does not say."""
    assert told(linked(text, parser)) == links


@pytest.mark.parser
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Iraqi lawmaker *Ahmed Karim* left.", "Ahmed Karim > IQ"),
        ("[Lebanon]'s Hezbollah was silent.", "Hezbollah > LB"),
        ("*Maria Lopez*, the president of [Kenya], was silent.", "Maria Lopez > KE"),
    ],
)
def test_who_is_of_a_country_is_affiliated_with_it(text: str, line: str, parser: Parser) -> None:
    """A demonym, an owner and an office bind a name to a country, and give it its base."""
    result = linked(text, parser)

    (found,) = [each for each in result.links if each.relation is Relation.AFFILIATED]
    (actor,) = [each for each in result.actors if each.id == found.actor_id]
    assert f"{actor.name} > {COUNTRIES[found.place_id.removeprefix('test:')]}" == line


@pytest.mark.parser
@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Three army doctors said Hamas attacked [Haifa].", "Three army doctors"),
        ("Hamas attacked [Haifa], according to two officials.", "two officials"),
        ("Hamas attacked [Haifa].", ""),
    ],
)
def test_a_report_keeps_its_source_and_its_status(text: str, speaker: str, parser: Parser) -> None:
    """Who says so is noted; being said makes nothing doubtful."""
    (found,) = [each for each in linked(text, parser).links if each.relation is Relation.ASSAULT]

    assert (found.attribution, found.status) == (speaker, "asserted")


@pytest.mark.parser
def test_every_span_of_a_link_cuts_the_words_it_means(parser: Parser) -> None:
    """Curly quotes and sentences before do not shift what a link points at."""
    text = "It was quiet. “We know,” a man said. The minister condemned [Sudan]’s raids on [Kenya]."
    document, mentions, resolutions = read(text)

    result = link(document, mentions, resolutions, table=ActorTable.load(), parser=parser)

    (found,) = [each for each in result.links if each.tier is Tier.STATED]
    assert found.trigger_span is not None
    spans = (found.actor_span, found.trigger_span, found.place_span, found.evidence)
    assert [document.text[start:end] for start, end in spans] == [
        "Sudan", "raids", "Kenya", "The minister condemned Sudan’s raids on Kenya.",
    ]  # fmt: skip


@pytest.mark.parser
@pytest.mark.parametrize("kind", [ZoneKind.REPEATED, ZoneKind.DATELINE, ZoneKind.CREDIT, ZoneKind.FURNITURE])
def test_only_the_news_itself_binds(kind: ZoneKind, parser: Parser) -> None:
    """Repeated headlines, datelines, credits and furniture carry no link and no actor."""
    result = linked("Hamas attacked [Haifa].", parser, kind)

    assert (result.actors, result.links) == ((), ())


@pytest.mark.parser
def test_a_place_in_no_gazetteer_gets_no_link(parser: Parser) -> None:
    """Only a resolved place can be drawn, so only it is bound."""
    document, mentions, (known,) = read("Hamas attacked [Haifa].")
    unknown = Resolution(known.mention, Outcome.UNKNOWN, (), 0.0, "not found")

    assert link(document, mentions, [unknown], table=ActorTable.load(), parser=parser).links == ()


@pytest.mark.parser
def test_a_capital_means_its_country_where_the_text_names_that(parser: Parser) -> None:
    """An appeal to the government in Moscow is an appeal to Russia."""
    result = linked("[Russia] is silent. [Mali] appealed to {Moscow}.", parser)

    assert told(result) == {"Mali > request > Russia"}


@pytest.mark.parser
def test_those_groups_are_the_ones_named_before(parser: Parser) -> None:
    """A plural that points back means the last described actor with that noun."""
    result = linked("[Libya]-backed groups attacked [Faya]. Those groups should leave [Bangui].", parser)

    assert "Libya-backed groups > move hypothetical > Bangui" in told(result)


@pytest.mark.parser
def test_a_last_name_means_the_person_named_in_full(parser: Parser) -> None:
    """One person is one actor, however the text calls them."""
    result = linked("*Karim Aziz* visited [Ankara]. *Aziz* then went to [Oslo].", parser)

    assert told(result) == {"Karim Aziz > consult > Ankara", "Karim Aziz > move > Oslo"}


@pytest.mark.parser
def test_a_name_that_two_share_is_neither(parser: Parser) -> None:
    """With two of one family, a bare last name is nobody we know."""
    result = linked("*Karim Aziz* met *Lea Aziz*. *Aziz* went to [Oslo].", parser)

    assert told(result) == {"Aziz > move > Oslo"}


@pytest.mark.parser
def test_a_pair_without_a_stated_link_is_mentioned_together(parser: Parser) -> None:
    """The parser adds relations and takes nothing away."""
    result = linked("Hezbollah was silent while [Haifa] burned.", parser)

    assert told(result) == set()
    assert told(result, Tier.CO_MENTION) == {"Hezbollah > mentioned with > Haifa"}
    assert result.warnings == ()


def test_without_a_parser_nothing_is_stated_and_the_reader_is_told_how() -> None:
    """Actors and counted places of one sentence are paired, never given a relation."""
    result = linked("Hamas attacked [Haifa]. Hezbollah was silent. {Moscow} warned [Iran].", None)

    assert told(result) == set()
    assert told(result, Tier.CO_MENTION) == {"Hamas > mentioned with > Haifa", "Russia > mentioned with > Iran"}
    assert result.warnings == (NO_PARSER,)
    assert "pip install 'geo-mention-mapper[links]'" in NO_PARSER


def test_a_country_is_not_mentioned_with_itself() -> None:
    """A state beside a place of its own country says nothing."""
    assert linked("{Russia} is silent in [Moscow].", None).links == ()


def test_each_person_and_organisation_of_the_news_is_an_actor() -> None:
    """Actors are listed with all their spots even where they are bound to nothing."""
    result = linked("*Karim Aziz* spoke. *Aziz* then left _Tigris Bank_.", None)

    assert [(each.id, each.type, len(each.mentions)) for each in result.actors] == [
        ("org:tigris-bank", "company", 1),
        ("person:karim-aziz", "person", 2),
    ]


@pytest.mark.parser
def test_an_unknown_model_is_one_clear_error() -> None:
    """Whoever names a parser that is not there is told so."""
    with pytest.raises(InputError, match="no_such_model"):
        load_parser("no_such_model")


def test_every_rule_says_what_it_reads() -> None:
    """Rules explain themselves, and no two have one name."""
    assert all(rule.__doc__ for rule in RULES)
    assert len({rule.__name__ for rule in RULES}) == len(RULES)


def test_no_word_triggers_two_relations() -> None:
    """A verb or noun stands under one trigger, so the order of the grammar file decides nothing."""
    raw = tomllib.loads((Path(grammar.__file__).parent / "data" / "grammar.toml").read_text(encoding="utf-8"))

    for kind in ("verbs", "nouns"):
        lemmas = [lemma for trigger in raw["trigger"] for lemma in trigger[kind]]
        assert sorted(lemmas) == sorted(set(lemmas))


@pytest.mark.parametrize("seed", range(40))
def test_any_tree_is_read_without_an_error(seed: int) -> None:
    """A parser may return nonsense; the grammar then finds little, and never loops or fails."""
    dice = random.Random(seed)
    document, mentions, resolutions = read(
        "Hamas and the bands that it called [Sudan]-trained hit squads of Malian fighters on [Haifa] "
        "begged it to march on {Moscow}."
    )

    class Nonsense:
        name = "nonsense"

        def parse(self, text: str, spans: Sequence[Span]) -> list[Tree]:
            return [tree(words(text, *span)) for span in spans]

    def tree(tokens: list[Word]) -> Tree:
        order = list(range(len(tokens)))
        dice.shuffle(order)
        heads = {order[0]: order[0]} | {i: dice.choice(order[:n]) for n, i in enumerate(order) if n}
        return Tree(
            tuple(
                Token(
                    i,
                    heads[i],
                    word.start,
                    word.end,
                    word.text,
                    word.text.lower(),
                    dice.choice(TAGS),
                    dice.choice(DEPS),
                )
                for i, word in enumerate(tokens)
            )
        )

    result = link(document, mentions, resolutions, table=ActorTable.load(), parser=Nonsense())

    known = {resolution.place.id for resolution in resolutions if resolution.place}
    assert ("hamas", "test:Haifa") in {(each.actor_id, each.place_id) for each in result.links}
    assert all(each.place_id in known for each in result.links)


@pytest.mark.parser
def test_a_span_that_begins_on_a_blank_is_the_name_in_it(parser: Parser) -> None:
    """An input may bring its own spans, and they need not be cut at words."""
    document, mentions, resolutions = read("The [US] forces bombed [Raqqa].")
    wide = replace(resolutions[0].mention, start=3, text=" US")

    result = link(
        document,
        [wide, *mentions[1:]],
        [replace(resolutions[0], mention=wide), *resolutions[1:]],
        table=ActorTable.load(),
        parser=parser,
    )

    assert told(result) == {"US forces > assault > Raqqa"}


@pytest.mark.parser
def test_any_span_of_a_text_can_be_a_place(parser: Parser) -> None:
    """Blanks, halves of words and several words bind little, and nothing fails."""
    document, _, (iran, haifa) = read("The pro-[Iran] forces shelled [Haifa].")
    name_end = document.text.index(" shelled")

    for start, end in combinations(range(name_end + 1), 2):
        odd = replace(iran, mention=replace(iran.mention, start=start, end=end, text=document.text[start:end]))
        result = link(document, [], [odd, haifa], table=ActorTable.load(), parser=parser)
        assert {each.place_id for each in result.links} <= {"test:Iran", "test:Haifa"}


def test_names_without_letters_stay_apart() -> None:
    """What a name cannot say in an id, its characters' numbers say."""
    result = linked("*!!* met *?!* and _%_.", None)

    assert [each.id for each in result.actors] == ["org:25", "person:21-21", "person:3f-21"]


@pytest.mark.parser
def test_a_model_without_a_parser_is_refused(tmp_path: Path) -> None:
    """A tokenizer alone would find nothing, in silence."""
    import spacy

    spacy.blank("en").to_disk(tmp_path / "blank")

    with pytest.raises(InputError, match="has no dependency parser"):
        load_parser(str(tmp_path / "blank"))


@pytest.mark.parser
def test_the_same_text_gives_the_same_links(parser: Parser) -> None:
    """Nothing depends on the order of sets."""
    text = " ".join(sentence for sentence, _ in SENTENCES.values())

    assert linked(text, parser) == linked(text, load_parser())
