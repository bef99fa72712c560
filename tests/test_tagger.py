"""The name tagger, told as sentences written for these tests."""

import hashlib
import json
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from itertools import pairwise
from random import Random

import pytest

from geomap.recognise.augment import FORMS, examples, flat, read_demonyms, shouted, strangers, titled, with_demonyms
from geomap.recognise.features import VERSION, Case, case_of, sentence_features
from geomap.recognise.tagger import CrfTagger
from geomap.recognise.tags import TaggedSpan, spans
from geomap.recognise.train import train
from geomap.recognise.training_data import SOURCES, Sentence, cut, read
from geomap.recognise.weights import Weights, from_crfsuite
from geomap.words import words

DATA = files("geomap.recognise").joinpath("data")
WEIGHTS = DATA.joinpath("tagger.npz").read_bytes()
PROVENANCE = tomllib.loads(DATA.joinpath("tagger.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def tagger():
    return CrfTagger.load()


def cut_up(text):
    return [word.text for word in words(text)]


def names(tagger, text):
    sentence = cut_up(text)
    (tags,) = tagger.tag([sentence])
    return {(" ".join(sentence[span.start : span.end]), span.label) for span in spans(tags)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("John Smith visited Tehran on Monday.", {("John Smith", "PER"), ("Tehran", "LOC")}),
        ("Protesters gathered in New York and London.", {("New York", "LOC"), ("London", "LOC")}),
        ("She works for the Ministry of Defence in Oslo.", {("Ministry of Defence", "ORG"), ("Oslo", "LOC")}),
        ("Iraqi soldiers crossed the border from Syria.", {("Iraqi", "NORP"), ("Syria", "LOC")}),
        ("President Maria Lopez flew to Bogota.", {("Maria Lopez", "PER"), ("Bogota", "LOC")}),
        ("Nothing at all happened here yesterday.", set()),
    ],
)
def test_plain_sentences(tagger, text, expected):
    """In a plain sentence every name is found, with what it names."""
    assert names(tagger, text) == expected


def test_an_unheard_of_place_is_known_by_its_company(tagger):
    """A name that was never seen is a place when its sentence says so."""
    assert ("Qorvash", "LOC") in names(tagger, "Two people were killed in the town of Qorvash, near Kabul.")


@pytest.mark.parametrize(
    "text",
    ["TWELVE KILLED AS TRAIN DERAILS IN PAKISTAN", "Twelve Killed as Train Derails in Pakistan", "floods in pakistan"],
)
def test_headlines(tagger, text):
    """Places are found where capitals tell nothing."""
    assert {(name.lower(), label) for name, label in names(tagger, text)} == {("pakistan", "LOC")}


@pytest.mark.parametrize(
    ("text", "case"),
    [
        ("The ship sailed from Oslo to Bergen.", Case.PROSE),
        ("SHIP SAILS FROM OSLO", Case.SHOUTED),
        ("Ship Sails From Oslo to Bergen", Case.TITLED),
        ("ship sails from oslo", Case.FLAT),
        ("UN", Case.PROSE),
        ("...", Case.PROSE),
    ],
)
def test_how_a_sentence_uses_capitals(text, case):
    """Headlines are told from prose, and a line of one word is no headline."""
    assert case_of(cut_up(text)) is case


def test_no_sentences_and_empty_ones(tagger):
    """Nothing gives nothing, and an empty sentence keeps its place among the others."""
    assert tagger.tag([]) == []
    assert tagger.tag([[]]) == [[]]
    assert [len(tags) for tags in tagger.tag([[], ["Oslo"], [], ["in", "Oslo"], []])] == [0, 1, 0, 2, 0]


def test_a_sentence_without_end(tagger):
    """Ten thousand words in one sentence get ten thousand tags."""
    (tags,) = tagger.tag([["Oslo", "and", "Bergen", ","] * 2500])

    assert len(tags) == 10_000
    assert tags[4000] == "B-LOC"


@pytest.mark.parametrize(
    "word", ["\0", "\u2028", "\ufeff", "😀", "ß", "İ", "\udc80", "北京", "'", "''", "'S", "9" * 5000, "+0\tx", "^"]
)
def test_strange_words(tagger, word):
    """Whatever stands in a text, every word gets a tag of the known ones."""
    (tags,) = tagger.tag([["In", word, "Oslo", word]])

    assert len(tags) == 4
    assert set(tags) <= {"O", *(f"{mark}-{label}" for mark in "BI" for label in ("LOC", "ORG", "PER", "NORP"))}


def test_answers_do_not_depend_on_what_was_tagged_before(tagger):
    """One by one, all at once, in another order, by a new tagger: the same tags."""
    texts = [
        "Heavy rain fell on Lagos.",
        "The African Union met in Addis Ababa, Ethiopia, on Friday.",
        "OIL PRICES FALL AFTER OPEC MEETING IN VIENNA",
        "Anna Berg, a doctor from Malmo, said so.",
    ]
    sentences = [cut_up(text) for text in texts]
    together = tagger.tag(sentences)

    assert [tagger.tag([sentence])[0] for sentence in sentences] == together
    assert CrfTagger.load().tag(sentences[::-1]) == together[::-1]


def test_forgetting_changes_nothing(tagger, monkeypatch):
    """A tagger that may remember only few words answers as one that remembers all."""
    sentences = [cut_up(f"Talks in Oslo with {name} went on.") for name in ("Peru", "Chad", "Fiji", "Mali")]
    expected = tagger.tag(sentences)
    monkeypatch.setattr("geomap.recognise.tagger.WORDS_MAX", 3)

    assert [CrfTagger.load().tag([sentence])[0] for sentence in sentences] == expected
    forgetful = CrfTagger.load()
    assert [forgetful.tag([sentence])[0] for sentence in sentences] == expected


def test_threads_may_share_a_tagger(tagger, monkeypatch):
    """Four threads that teach one tagger new words, and make it forget, get the answers of one thread alone."""
    random = Random(2)
    made = ["".join(random.choices("aeioulrndkt", k=6)).title() for _ in range(400)]
    batches = [[cut_up(f"Talks in {name} with {other} went on.")] for name, other in pairwise(made)]
    expected = [tagger.tag(batch) for batch in batches]
    monkeypatch.setattr("geomap.recognise.tagger.WORDS_MAX", 100)
    shared = CrfTagger.load()
    pause_s = sys.getswitchinterval()
    # So short that threads take turns within one call.
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(shared.tag, batches))
    finally:
        sys.setswitchinterval(pause_s)

    assert found == expected


def test_spans():
    """BIO tags become spans; a stray I- begins one."""
    tags = ["B-LOC", "I-LOC", "O", "I-ORG", "B-ORG", "I-LOC", "B-PER"]

    assert spans(tags) == [
        TaggedSpan(0, 2, "LOC"),
        TaggedSpan(3, 4, "ORG"),
        TaggedSpan(4, 5, "ORG"),
        TaggedSpan(5, 6, "LOC"),
        TaggedSpan(6, 7, "PER"),
    ]
    assert spans([]) == []


# --- training -------------------------------------------------------------------------------


def toy_sentences(count=200):
    """Sentences in which only the words around tell a place from a person."""
    random = Random(1)
    made = []
    for _ in range(count):
        name = random.choice("BDKLMNRT") + "".join(random.choice("aeioulrn") for _ in range(4))
        if random.random() < 0.5:
            made.append(Sentence(("Rain", "fell", "in", name, "City", "."), ("O", "O", "O", "B-LOC", "I-LOC", "O")))
        else:
            made.append(Sentence(("Then", "Mr", name, "said", "so", "."), ("O", "O", "B-PER", "O", "O", "O")))
    return made


def test_the_fast_decoder_agrees_with_crfsuite(tmp_path):
    """Tags are those that CRFsuite itself gives with the same model."""
    import pycrfsuite

    sentences = toy_sentences()
    trainer = pycrfsuite.Trainer(verbose=False, params={"max_iterations": 30})
    for sentence in sentences[:100]:
        trainer.append(sentence_features(sentence.words), sentence.tags)
    trainer.train(str(tmp_path / "model"))
    slow = pycrfsuite.Tagger()
    slow.open(str(tmp_path / "model"))
    learned = slow.info()
    labels = ["O", *sorted(set(learned.labels) - {"O"})]
    fast = CrfTagger(from_crfsuite(learned.state_features, learned.transitions, labels=labels))
    unseen = [sentence.words for sentence in sentences[100:]]

    assert fast.tag(unseen) == [slow.tag(sentence_features(sentence)) for sentence in unseen]


def test_training_twice_gives_the_same_bytes(tmp_path):
    """Weights are reproducible, and reading them back loses nothing."""
    first, second = tmp_path / "first.npz", tmp_path / "second.npz"
    train(toy_sentences()).save(first)
    train(toy_sentences()).save(second)
    Weights.load(second).save(tmp_path / "third.npz")

    assert first.read_bytes() == second.read_bytes() == (tmp_path / "third.npz").read_bytes()


def test_tokens_are_cut_as_texts_are():
    """Other corpora's tokens become our words, and tags go along."""
    tokens = ["Iran-backed", "groups", "did", "n't", "leave", "#Basra", "or", "Iraq", "'s", "Al-Asad", "Base", "@basra"]
    tags = ["O", "O", "O", "O", "O", "B-LOC", "O", "B-LOC", "O", "B-LOC", "I-LOC", "B-LOC"]

    sentence = cut(tokens, tags)

    assert list(zip(*sentence, strict=True)) == [
        ("Iran", "B-LOC"), ("-", "O"), ("backed", "O"), ("groups", "O"), ("didn't", "O"), ("leave", "O"),
        ("#", "O"), ("Basra", "B-LOC"), ("or", "O"), ("Iraq", "B-LOC"), ("'s", "O"), ("Al", "B-LOC"), ("-", "I-LOC"),
        ("Asad", "I-LOC"), ("Base", "I-LOC"), ("@", "O"), ("basra", "O"),
    ]  # fmt: skip


def test_entities_are_narrowed_to_names(tmp_path):
    """Of spans that mark every mention, only proper names are kept, and doubtful sentences are left out."""
    text = "President Ada Moss left the city of Turin , Italy . The Turin coast is far ."
    entities = [
        {"type": "person", "start": 0, "end": 18},
        {"type": "place", "start": 24, "end": 49},
        {"type": "place", "start": 36, "end": 49},
        {"type": "place", "start": 44, "end": 49},
        {"type": "place", "start": 52, "end": 67},
    ]
    path = tmp_path / "entities.jsonl"
    path.write_text(json.dumps({"text": text, "entities": entities}) + "\n", encoding="utf-8")

    (sentence,) = read(path)

    found = [(" ".join(sentence.words[s.start : s.end]), s.label) for s in spans(sentence.tags)]
    assert found == [("Ada Moss", "PER"), ("Turin", "LOC"), ("Italy", "LOC")]


def test_demonyms_come_from_a_table(tmp_path):
    """Peoples are tagged where a source left them outside, with their plain plurals."""
    table = tmp_path / "demonyms.tsv"
    table.write_text(
        "demonym\ttarget\tsource\tnote\n# a remark\nPeruvian\tx\t\t\nSouth Korean\tx\t\t\n", encoding="utf-8"
    )
    sentence = Sentence(("South", "Koreans", "met", "Peruvian", "Airlines"), ("O", "O", "O", "B-ORG", "I-ORG"))

    assert with_demonyms(sentence, read_demonyms(table)).tags == ("B-NORP", "I-NORP", "O", "B-ORG", "I-ORG")


def test_other_forms_keep_one_tag_a_word():
    """A sentence in another form has as many words as tags; in capitals the possessive is no word."""
    sentence = Sentence(("In", "Iran", "'s", "capital"), ("O", "B-LOC", "O", "O"))

    assert shouted(sentence) == Sentence(("IN", "IRAN'S", "CAPITAL"), ("O", "B-LOC", "O"))
    assert titled(sentence).words == ("In", "Iran", "'s", "Capital")
    assert flat(sentence).words == ("in", "iran", "'s", "capital")
    for form, _ in FORMS:
        assert len(form(sentence).words) == len(form(sentence).tags)


def test_made_up_names_keep_the_words_that_tell():
    """Made-up names replace names only, the same ones every time, and leave words like "River"."""
    sentence = Sentence(("The", "Orlin", "River", "in", "Orlin"), ("O", "B-LOC", "I-LOC", "O", "B-LOC"))

    words = strangers(sentence).words

    assert words == ("The", words[1], "River", "in", words[1])
    assert words[1] != "Orlin"
    assert list(examples(sentence)) == list(examples(sentence))


# --- what ships -----------------------------------------------------------------------------


def test_provenance_is_complete():
    """The weights are those the provenance speaks of, and every source has its licence and checksum."""
    assert PROVENANCE["sha256"] == hashlib.sha256(WEIGHTS).hexdigest()
    assert PROVENANCE["features_version"] == VERSION
    assert PROVENANCE["licence"] == "CC BY-SA 4.0"
    assert [row["file"] for row in PROVENANCE["source"]] == [source.file for source in SOURCES]
    for row in PROVENANCE["source"]:
        assert row["licence"]
        assert row["words"] > 0
        assert len(row["sha256"]) == 64


def test_scores_are_those_of_these_weights():
    """The recorded scores were measured with the weights that ship."""
    scores = tomllib.loads(DATA.joinpath("tagger-scores.toml").read_text(encoding="utf-8"))

    assert scores["weights_sha256"] == PROVENANCE["sha256"]


def test_the_weights_are_small():
    """The weights stay far below the limit of 6 MB, so that the wheel stays light."""
    assert len(WEIGHTS) < 2_000_000


def test_importing_is_cheap():
    """Importing the tagger loads neither numpy nor CRFsuite."""
    code = "import sys, geomap.recognise.tagger; sys.exit(bool({'numpy', 'pycrfsuite'} & set(sys.modules)))"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
