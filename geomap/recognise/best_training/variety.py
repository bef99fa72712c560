"""Show the tagger every sentence in ever new forms: other names in the same places, datelines, headlines.

The sources are small and name the same towns over and over.  Names of the gazetteer put into their
sentences teach it to read the sentence instead of remembering the name.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from geomap.recognise.augment import dateline, flat, shouted, strangers, titled
from geomap.recognise.best_training.names import NAME_MAX_WORDS, Names
from geomap.recognise.features import listed
from geomap.recognise.tags import TaggedSpan, spans
from geomap.recognise.training_data import Sentence

__all__ = ["varied"]

_STATES_SHORT = """
    Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn
    Tex Vt Va Wash Wis Wyo Ont Que Alta
""".split()  # noqa: SIM905 - reads as the list it is
# The lists of places that a word of an organisation's name may be in.
_PLACED = ("city", "country", "region")
_AGENCIES = ("AP", "Reuters", "AFP", "Xinhua", "CNN", "BBC", "UPI", "Bloomberg", "WAM", "TASS", "DPA", "EFE", "IRIN")
_MONTHS = ("Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")


def varied(sentence: Sentence, names: Names, random: Random) -> Sentence:
    """Return a sentence in a form that chance picks: mostly as it is, or with some names exchanged."""
    if len(sentence.words) < 4:
        return sentence
    lot = random.random()
    if lot < 0.08:
        sentence = strangers(sentence)
    elif lot < 0.6:
        sentence = _exchanged(sentence, names, random)
    if random.random() < 0.04:
        sentence = _reported(sentence, names, random)
    if sentence.words[-1] == "." and sentence.tags[-1] == "O" and random.random() < 0.1:
        sentence = Sentence(sentence.words[:-1], sentence.tags[:-1])
    lot = random.random()
    for form, share in ((shouted, 0.05), (titled, 0.05), (flat, 0.04), (dateline, 0.02)):
        if 0 <= lot < share:
            return form(sentence)
        lot -= share
    return sentence


# How often a name is exchanged, in a sentence where names are.
EXCHANGED = {"LOC": 0.45, "NORP": 0.5, "ORG": 0.5, "PER": 0.7}


def _exchanged(sentence: Sentence, names: Names, random: Random) -> Sentence:
    """Put other names into about half of the slots."""
    new_words: list[str] = []
    new_tags: list[str] = []
    done = 0
    for span in spans(sentence.tags):
        new_words += sentence.words[done : span.start]
        new_tags += sentence.tags[done : span.start]
        done = span.end
        old = sentence.words[span.start : span.end]
        name = _other(old, span, names, random) if random.random() < EXCHANGED[span.label] and _proper(old) else old
        new_words += name
        new_tags += [f"B-{span.label}"] + [f"I-{span.label}"] * (len(name) - 1)
        follows = sentence.words[done] if done < len(sentence.words) else ""
        if span.label == "LOC" and name != old and follows != "," and random.random() < 0.1:
            for word, tag in _whereabouts(names, random):
                new_words.append(word)
                new_tags.append(tag)
    new_words += sentence.words[done:]
    new_tags += sentence.tags[done:]
    return Sentence(tuple(new_words), tuple(new_tags))


def _proper(name: Sequence[str]) -> bool:
    return name[0][0].isupper()


def _telling(word: str) -> bool:
    return any(listed(word, kind) for kind in ("place", "organisation", "preposition")) or not word[0].isalpha()


def _other(old: tuple[str, ...], span: TaggedSpan, names: Names, random: Random) -> tuple[str, ...]:
    """Return another name of the same kind."""
    match span.label:
        case "NORP":
            return random.choice(names.peoples) if len(old) == 1 else old
        case "PER":
            return names.person(random, len(old))
        case "LOC":
            return _other_place(old, names, random)
        case _:
            return _other_body(old, names, random)


def _other_place(old: tuple[str, ...], names: Names, random: Random) -> tuple[str, ...]:
    if any(_telling(word) for word in old):
        return _around(old, names, random)
    if len(old) == 1 and listed(old[0], "country") and random.random() < 0.7:
        return names.country(random)
    return names.place(random) if len(old) <= NAME_MAX_WORDS else old


def _other_body(old: tuple[str, ...], names: Names, random: Random) -> tuple[str, ...]:
    """Return an organisation of another town or, where it names none, any other."""
    if len(old) == 1 and random.random() < 0.4:
        return names.acronym(random) if old[0].isupper() else random.choice(names.short_places)
    moved = tuple(
        random.choice(names.short_places)[0] if any(listed(word, kind) for kind in _PLACED) else word for word in old
    )
    if moved != old:
        return moved
    return random.choice(names.pools["ORG"]) if random.random() < 0.5 else old


def _around(old: tuple[str, ...], names: Names, random: Random) -> tuple[str, ...]:
    """Exchange the words that tell nothing: "Tigris River" becomes "Ardabil River"."""
    open_words = [i for i, word in enumerate(old) if not _telling(word) and word[0].isupper()]
    if not open_words or open_words[-1] - open_words[0] + 1 != len(open_words):
        return old
    return old[: open_words[0]] + random.choice(names.short_places) + old[open_words[-1] + 1 :]


def _whereabouts(names: Names, random: Random) -> list[tuple[str, str]]:
    """Return ", Ohio" or ", Tex." as it may follow a town's name."""
    lot = random.random()
    if lot < 0.3:
        return [(",", "O"), (random.choice(_STATES_SHORT), "B-LOC"), (".", "O")]
    name = random.choice(names.states if lot < 0.7 else names.countries)
    return [(",", "O"), *zip(name, ["B-LOC"] + ["I-LOC"] * (len(name) - 1), strict=True)]


def _reported(sentence: Sentence, names: Names, random: Random) -> Sentence:
    """Put a dateline before a sentence, as agencies do."""
    name = names.place(random)
    if random.random() < 0.6:
        name = tuple(word.upper() for word in name)
    head = list(zip(name, ["B-LOC"] + ["I-LOC"] * (len(name) - 1), strict=True))
    if random.random() < 0.5:
        head += _whereabouts(names, random)
    if random.random() < 0.4:
        month = random.choice(_MONTHS)
        head += [(",", "O"), (month, "O"), *([(".", "O")] if len(month) < 5 else []), (str(random.randint(1, 31)), "O")]
    if random.random() < 0.6:
        agency = random.choice(_AGENCIES)
        head += [("(", "O"), (agency, "B-ORG"), (")", "O")]
    if random.random() < 0.85:
        head.append((random.choice(("-", "–", "—", ":")), "O"))
    first, tags = zip(*head, strict=True)
    return Sentence((*first, *sentence.words), (*tags, *sentence.tags))
