"""One place, however its name is written: the index answers to Saint and St., Al- and Ar-, hyphens and marks."""

from __future__ import annotations

import pytest

from geomap.gazetteer.store import Store
from geomap.geo import distance_km
from geomap.words import name_key

# A city and the district named after it are one spot.
SAME_SPOT_KM = 50

ONE_PLACE = [
    "Saint Petersburg | St. Petersburg | St Petersburg | Saint-Petersburg",
    "St. Louis | Saint Louis | St Louis",
    "St. John's | Saint John's | St Johns | Saint Johns",
    "Saint-Denis | Saint Denis | St. Denis | St-Denis",
    "Sainte-Foy | Ste. Foy | Ste-Foy | Sainte Foy",
    "Sault Ste. Marie | Sault Sainte Marie | Sault Ste Marie",
    "Saint-Étienne | St. Etienne | Saint Etienne | St-Étienne",
    "Saint-Tropez | St. Tropez | St Tropez",
    "Port Saint Lucie | Port St. Lucie | Port St Lucie",
    "Bury St Edmunds | Bury St. Edmunds | Bury Saint Edmunds",
    "East St. Louis | East Saint Louis",
    "Saint Paul | St. Paul | St Paul",
    "Saint Helier | St. Helier | St Helier",
    "Saint Vincent and the Grenadines | St. Vincent and the Grenadines | Saint Vincent & the Grenadines",
    "Saint Kitts and Nevis | St. Kitts and Nevis | St Kitts & Nevis",
    "Saint Lucia | St. Lucia | St Lucia",
    "Trinidad and Tobago | Trinidad & Tobago",
    "Bosnia and Herzegovina | Bosnia & Herzegovina | Bosnia-Herzegovina",
    "Antigua and Barbuda | Antigua & Barbuda",
    "Newfoundland and Labrador | Newfoundland & Labrador",
    "Mount Vernon | Mt. Vernon | Mt Vernon",
    "Mount Pleasant | Mt. Pleasant | Mt Pleasant",
    "Mount Everest | Mt. Everest | Mt Everest",
    "Mount Lebanon | Mt. Lebanon | Mt Lebanon",
    "Mount Isa | Mt. Isa | Mt Isa",
    "Fort Worth | Ft. Worth | Ft Worth",
    "Fort Lauderdale | Ft. Lauderdale | Ft Lauderdale",
    "Fort Collins | Ft. Collins",
    "Fort-de-France | Fort de France",
    "Port-au-Prince | Port au Prince",
    "Al-Hasakah | Al Hasakah | Hasakah | al-Hasakah",
    "Al-Qaim | Al Qaim | Qaim | Al-Qa'im | al-Qaim",
    "Ar-Raqqah | Ar Raqqah | Raqqah | Raqqa | Al-Raqqah | Al-Raqqa",
    "As-Suwayda | As Suwayda | Suwayda | Al-Suwayda",
    "An-Najaf | An Najaf | Najaf | Al-Najaf",
    "Ash-Shatrah | Ash Shatrah | Shatrah | Al-Shatrah",
    "Al-Fallujah | Al Fallujah | Fallujah | Falluja",
    "Ar-Ramadi | Ar Ramadi | Ramadi | Al-Ramadi",
    "Al-Bab | Al Bab | El Bab",
    "El-Arish | El Arish | Al-Arish | Arish | Al Arish",
    "Az-Zawiyah | Az Zawiyah | Zawiyah | Al-Zawiyah",
    "Ad-Diwaniyah | Ad Diwaniyah | Diwaniyah | Al-Diwaniyah",
    "An-Nasiriyah | An Nasiriyah | Nasiriyah | Al-Nasiriyah",
    "As-Samawah | As Samawah | Samawah | Al-Samawah",
    "Al-Amarah | Al Amarah | Amarah",
    "Al-Kut | Al Kut | Kut",
    "At-Tanf | Al-Tanf | At Tanf",
    "Deir ez-Zor | Deir ez Zor | Deir Ez-Zor | Deir al-Zor",
    "El Fasher | El-Fasher | Al-Fashir | Al Fashir",
    "El Obeid | El-Obeid | Al-Ubayyid | Al Ubayyid",
    "Abu Ghraib | Abu-Ghraib",
    "Sana'a | Sanaa | Sana’a | Şan‘ā'",
    "Ma'rib | Marib | Ma’rib",
    "Ta'izz | Taizz | Taiz | Ta’izz",
    "Be'er Sheva | Beersheba | Beer Sheva | Be’er Sheva",
    "Zaporizhzhia | Zaporizhzhya | Zaporizhia",
    "Sloviansk | Slov'yansk | Slovyansk",
    "Kup'yans'k | Kupiansk | Kupyansk",
    "São Paulo | Sao Paulo",
    "Bogotá | Bogota",
    "Zürich | Zurich",
    "Malmö | Malmo",
    "Łódź | Lodz",
    "Đà Nẵng | Da Nang",
    "Reykjavík | Reykjavik",
    "N'Djamena | Ndjamena | N’Djamena",
    "Coeur d'Alene | Coeur d’Alene | Coeur dAlene",
    "Winston-Salem | Winston Salem",
    "Guinea-Bissau | Guinea Bissau",
    "Timor-Leste | Timor Leste",
    "Baden-Württemberg | Baden Wurttemberg | Baden-Wurttemberg",
    "Brighton and Hove | Brighton & Hove",
    "Tyne and Wear | Tyne & Wear",
    "Dumfries and Galloway | Dumfries & Galloway",
    "Saint-Louis | Saint Louis",
    "Xi'an | Xian | Xi’an",
    "O'Fallon | O’Fallon | OFallon",
    "Côte d'Ivoire | Cote d'Ivoire | Côte d’Ivoire | Cote dIvoire",
    "Île-de-France | Ile-de-France | Ile de France",
    "Provence-Alpes-Côte d'Azur | Provence Alpes Cote d'Azur",
    "'Ajlun | Ajlun",
    "Al-Mukalla | Al Mukalla | Mukalla | Al Mukallā",
    "Ash-Shihr | Ash Shihr | Al-Shihr | Shihr",
    "Ad-Dali | Al-Dali | Ad Dali' | Dhale | Al-Dhale",
    "Ar-Rutbah | Ar Rutbah | Rutbah | Al-Rutbah | Rutba",
    "Az-Zubayr | Az Zubayr | Zubayr | Al-Zubayr",
    "Bani Walid | Bani-Walid",
    "At-Tall | At Tall | Al-Tall",
    "Ed Daein | Ed-Daein | Ad-Du'ayn | Al Daein",
    "Es Semara | Es-Semara",
    "Mazar-i-Sharif | Mazar-e Sharif | Mazar-e-Sharif | Mazar i Sharif",
    "Lashkar Gah | Lashkar-Gah | Lashkargah",
    "Pul-e Khumri | Pul-e-Khumri | Pul-i-Khumri",
    "Qal'at Sukkar | Qalat Sukkar",
    "Ra's al-'Ayn | Ras al-Ayn | Ras al Ayn | Ra's al 'Ayn",
    "Jisr ash-Shughur | Jisr al-Shughur | Jisr ash Shughur | Jisr al Shughur",
    "Ma'arrat an-Nu'man | Maarrat an Numan | Maarat al-Numan | Maarrat al-Numan",
    "Tall Abyad | Tell Abyad | Tal Abyad",
    "Shahr-e Kord | Shahr-e-Kord | Shahrekord",
    "Rostov-on-Don | Rostov on Don | Rostov-na-Donu",
    "Saint-Malo | St. Malo | St Malo",
    "Mount Gambier | Mt. Gambier | Mt Gambier",
    "Fort Smith | Ft. Smith | Ft Smith",
    "Frankfurt am Main | Frankfurt-am-Main",
    "Ciudad Juárez | Ciudad Juarez",
    "Asunción | Asuncion",
    "Tolyatti | Togliatti",
]


@pytest.fixture(scope="module")
def store():
    return Store.open()


@pytest.mark.parametrize("spellings", ONE_PLACE)
def test_every_way_of_writing_a_name_finds_the_place(spellings, store):
    """Nobody needs to know how the gazetteer writes a name."""
    first, *others = spellings.split(" | ")
    found = [named.place for named in store.lookup(name_key(first))]

    assert found
    for other in others:
        places = [named.place for named in store.lookup(name_key(other))]
        assert any(
            distance_km(a_lat=a.lat, a_lon=a.lon, b_lat=b.lat, b_lon=b.lon) < SAME_SPOT_KM
            for a in found
            for b in places
        ), other
