"""Names as people write them: transliterations, and words joined to names in other scripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.gazetteer.spelling import RULES, TRANSLITERATED, spelling_key, without_clitics
from geomap.model import Kind, Label, Mention, NamedPlace, NameKind, Place, Role
from geomap.resolve.options import all_options
from geomap.words import name_key
from tests.articles import SmallWorld

ONE_NAME = [
    "Deir ez-Zor | Dayr az-Zawr | Deir Ezzor | Deir al-Zour | Dayr az Zawr | Der ez-Zor",
    "Qamishli | Al Qamishli | Kamishli | Qamishly | Al-Qāmishlī",
    "Hawija | Al-Hawijah | Haweeja",
    "Al-Hol | al-Hawl | Al Howl",
    "Maarat al-Numan | Ma'arrat an-Nu'man | Maarrat al-Nu’man | Ma`arrat al-Numan",
    "Jisr al-Shughur | Jisr ash-Shughour | Jisr al Shugour",
    "Kfar Azza | Kfar Aza | Kefar Aza | Kafr Azza",
    "Hodeidah | Hudaydah | Al Hudaydah | Hodeida | Al-Hudaida",
    "Jabalia | Jabaliya | Jabalya | Jabaliyah | Jabaliyya",
    "Nabatieh | Nabatiyeh | An Nabatiyah | Nabatiye | Nabatiyyeh",
    "Sweida | Suwayda | As-Suwayda | Soueida | Assuwayda | Suweida",
    "Hasakah | Hasaka | Al-Hasakeh | Al Hasakah",
    "Daraa | Deraa | Dar'a | Dar’ā",
    "Tell Abyad | Tall Abyad | Tel Abiad",
    "Tal Afar | Tall 'Afar | Tel Afar",
    "Ersal | Arsal | Aarsal",
    "Aita al-Shaab | Aita al-Chaab | Ayta ash Sha'b",
    "Erbil | Arbil | Irbil",
    "Khan Younis | Khan Yunis | Khan Yoonis",
    "Riyadh | Riyad | Ar Riyad",
    "Sanaa | Sana'a | San'a",
    "Taiz | Ta'izz | Taizz",
    "Zawiya | Zaouia | Az Zawiyah | Zawia",
    "Ouargla | Wargla",
    "Djanet | Janet",
    "Nur ad-Din | Nureddin | Nuruddine",
    "Tebnin | Tebnine | Tibnin",
    "El Fasher | Al-Fashir",
    "El Obeid | Al Ubayyid",
    "Mazar-i-Sharif | Mazar-e Sharif | Mazar Sharif",
    "Ahvaz | Ahwaz",
    "Isfahan | Esfahan",
    "Mekelle | Mek'ele | Mekele",
    "Kupiansk | Kupyansk | Kup'yans'k",
    "Zaporizhzhia | Zaporizhzhya | Zaporizhia",
    "Sloviansk | Slovyansk | Slov'yans'k",
    "Mykolaiv | Mykolayiv",
    "Avdiivka | Avdeevka | Avdiyivka",
]
OTHER_NAMES = ["Homs | Hama", "Rada | Raydah", "Tartus | Tarsus", "Khan | Kan", "Suwayr | Sur", "Kharkiv | Kherson"]


@pytest.mark.parametrize("spellings", ONE_NAME)
def test_transliterations_of_one_name_share_a_key(spellings):
    """Whoever writes the article, the vowels or the consonants otherwise still means the same name."""
    keys = {spelling_key(name) for name in spellings.split(" | ")}

    assert len(keys) == 1
    assert "" not in keys


@pytest.mark.parametrize("names", OTHER_NAMES)
def test_other_names_keep_other_keys(names):
    """What differs in its consonants, or in a diphthong, is another name."""
    one, other = map(spelling_key, names.split(" | "))

    assert one != other


@pytest.mark.parametrize("name", ["", "Al", "Aya", "Ur", "US", "U.S.", "北京", "بغداد", "...", "Washington, D.C."])
def test_what_is_too_little_to_tell_apart_has_no_key(name):
    """A short name, an acronym or another script cannot be looked up by its spelling."""
    assert spelling_key(name) == ""


@given(st.text())
def test_any_text_gives_a_plain_key(text):
    """The key is of plain lower-case letters and digits, for whatever text."""
    key = spelling_key(text)

    assert key == "" or (key.isascii() and key.isalnum() and key == key.lower())


@given(st.text(alphabet="abdehiklmnorstuwyz'- ", max_size=24))
def test_a_stored_name_is_found_by_its_key(name):
    """The index holds keys made from folded names, the text asks with the name as written."""
    assert spelling_key(name_key(name)) == spelling_key(name)


@pytest.mark.parametrize("spellings", ONE_NAME)
def test_marks_and_capitals_do_not_matter(spellings):
    """Accents and letter case are gone before the rules begin."""
    name = spellings.split(" | ")[0]

    assert spelling_key(name.upper() + " Camp") == spelling_key(name + " camp")


def test_every_rule_says_what_it_does():
    """The rules are one visible list, each with a line for readers."""
    assert all(rule.__doc__ for rule in RULES)
    assert all(len(code) == 2 and code.isupper() for code in TRANSLITERATED)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("وبغداد", "بغداد"),
        ("بالموصل", "الموصل"),
        ("بالموصل", "موصل"),
        ("للبصرة", "البصرة"),
        ("وبالبصرة", "البصرة"),
        ("فحلب", "حلب"),
        ("ودير الزور", "دير الزور"),
        ("בחיפה", "חיפה"),
        ("ובירושלים", "ירושלים"),
        ("שבחיפה", "חיפה"),
        ("מתל אביב", "תל אביב"),
        ("לעכו", "עכו"),
    ],
)
def test_small_words_before_a_name_are_taken_off(written, name):
    """Arabic and Hebrew write "and in Basra" as one word."""
    assert name in without_clitics(written)


def test_the_longest_rest_is_tried_first():
    """The article belongs to many names, so it goes last."""
    assert without_clitics("وبالبصرة") == ("بالبصرة", "البصرة", "بصرة")


@pytest.mark.parametrize("key", ["", "and baghdad", "قم", "ובב", "москва"])
def test_what_has_no_small_words_is_left_alone(key):
    """Other scripts have none, and a short word is all name."""
    assert without_clitics(key) == ()


@given(st.text(alphabet="وفبلكالمن דהבתשםשכמ ", max_size=12))
def test_every_rest_is_an_end_of_the_key(key):
    """Nothing is made up but the article that "to the" has swallowed."""
    for rest in without_clitics(key):
        assert rest != key
        assert len(rest) <= len(key)
        assert key.endswith(rest) or rest.startswith("ال")


# --- the fall-back ---------------------------------------------------------------------------------


def place(number, name, country, kind=Kind.CITY):
    return Place(f"geonames:{number}", name, kind, 35.0, 40.0, country)


SYRIA, ALEPPO = place(1, "Syria", "SY", Kind.COUNTRY), place(2, "Aleppo", "SY")
QAMISHLI, ELSEWHERE = place(3, "Qamishli", "SY"), place(4, "Kamishly", "KZ")


class SpeltWorld(SmallWorld):
    """A gazetteer that knows one name in other spellings, and may block names."""

    blocked: frozenset[str] = frozenset()

    def spelt_like(self, name: str, /) -> tuple[NamedPlace, ...]:
        alike = spelling_key(name) == spelling_key("Qamishli")
        return tuple(NamedPlace(found, NameKind.ALIAS, common_word=False) for found in (ELSEWHERE, QAMISHLI) if alike)

    def blocks(self, key: str, /) -> bool:
        return key in type(self).blocked


WORLD = SpeltWorld(
    {
        "syria": (NamedPlace(SYRIA, NameKind.NAME, common_word=False),),
        "aleppo": (NamedPlace(ALEPPO, NameKind.NAME, common_word=False),),
    }
)


def options_of(*names, role=Role.LITERAL, world=WORLD):
    mentions = [Mention(i, i + 1, name, Label.PLACE, role, "given") for i, name in enumerate(names)]
    return [[entry.place for entry in found] for found in all_options(mentions, world)]


def test_an_unknown_name_is_found_where_the_story_plays():
    """Only places of a country that the other names point to count."""
    assert options_of("Syria", "Kamishli") == [[SYRIA], [QAMISHLI]]


def test_the_place_that_is_called_so_comes_first():
    """A province that is also called like its town stands behind the town."""
    province = place(5, "Hasakah", "SY", Kind.ADMIN1)

    class Province(SpeltWorld):
        def spelt_like(self, name: str, /) -> tuple[NamedPlace, ...]:
            return (NamedPlace(province, NameKind.ALIAS, common_word=False), *super().spelt_like(name))

    assert options_of("Syria", "Kamishli", world=Province(WORLD.names))[1] == [QAMISHLI, province]


def test_a_shorter_form_is_respelt_too():
    """What stands around a name does not hide its other spellings."""
    assert options_of("Aleppo", "northern Kameeshly")[1] == [QAMISHLI]


@pytest.mark.parametrize(
    ("names", "role"),
    [
        pytest.param(["Kamishli"], Role.LITERAL, id="no other name says where"),
        pytest.param(["Syria", "Kamishli"], Role.DEMONYM, id="a people"),
        pytest.param(["Syria", "Kamishli"], Role.EMBEDDED, id="inside another name"),
        pytest.param(["Syria", "Kamishli-"], Role.LITERAL, id="half a word"),
        pytest.param(["Syria", "KMSHL"], Role.LITERAL, id="an acronym"),
    ],
)
def test_an_unknown_name_may_stay_unknown(names, role):
    """Without the story's country, or for what is no place name, nothing is guessed."""
    assert options_of(*names, role=role)[-1] == []


def test_a_country_named_in_passing_is_no_story():
    """One name in six does not make a country the place to look in."""
    france = {
        name.lower(): (NamedPlace(place(10 + i, name, "FR"), NameKind.NAME, common_word=False),)
        for i, name in enumerate(["Paris", "Lyon", "Nantes", "Lille", "Brest"])
    }
    world = SpeltWorld(WORLD.names | france)

    assert options_of("Syria", "Paris", "Lyon", "Nantes", "Lille", "Brest", "Kamishli", world=world)[-1] == []


@pytest.mark.parametrize("name", ["Aleppo", "the Aleppo", "northern Aleppo"])
def test_a_blocked_name_has_no_options(name):
    """Whoever blocks a name blocks it shortened and respelt, too."""

    class Blocking(SpeltWorld):
        blocked = frozenset({"aleppo"})

    assert options_of("Syria", name, world=Blocking(WORLD.names))[1] == []
