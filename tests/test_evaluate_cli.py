"""`geomap eval` as a user types it: tables, JSON, floors, filters, and how it ends."""

from __future__ import annotations

import json
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from geomap.cli import main
from geomap.evaluate.gold import SHIPPED
from geomap.pipeline import TAGGERS

GOLD = Path(__file__).parent / "gold"
AGREEMENT = (str(GOLD / "agreement.gold.jsonl"), "--predictions", str(GOLD / "agreement.pred.jsonl"))


@pytest.fixture
def run(run):
    """Run `geomap eval` in a folder of its own."""
    return partial(run, "eval")


def rows(result, group):
    """Return the lines of the table that begin with a group of figures."""
    return [line for line in result.stdout.splitlines() if line.startswith(f"  {group} ")]


@pytest.mark.parametrize("tagger", TAGGERS)
def test_the_shipped_gold_is_held_to_its_floors(run, tagger):
    """A change that costs quality fails here; lowering a floor is an edit of tests/gold/floors-*.toml."""
    result = run("--tagger", tagger, "--floors", str(GOLD / f"floors-{tagger}.toml"))

    assert result.stderr == ""
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{SHIPPED.stem}: ")
    assert len(rows(result, "speed")) == 1


def test_the_table_fits_a_terminal_and_explains_itself(run):
    """A line for each group of figures, at most 100 columns, and a legend."""
    result = run(*AGREEMENT, "--bootstrap", "10")

    assert max(map(len, result.stdout.splitlines())) <= 100
    for group in ("recognition", "resolution", "end to end", "countries", "confidence", "role found", "gold type"):
        assert rows(result, group), group
    assert "F1@161 0.545  [" in rows(result, "end to end")[0]
    assert "1 documents have no prediction" in result.stdout
    assert "recall@161" in result.stdout


def test_several_gold_sets_have_a_joint_report(run):
    """It is of all their documents; each set keeps its own."""
    gold, option, found = AGREEMENT
    Path("other.jsonl").write_bytes(Path(gold).read_bytes())
    result = run(gold, "other.jsonl", option, found, option, found, "--json", "figures.json")
    reports = json.loads(Path("figures.json").read_text(encoding="utf-8"))

    assert list(reports) == ["agreement.gold", "other", "joint"]
    assert reports["joint"]["strict"]["documents"] == 2 * reports["other"]["strict"]["documents"]
    assert reports["joint"]["strict"]["e2e_f1"] == reports["other"]["strict"]["e2e_f1"]
    assert "joint: 28 documents" in result.stdout


def test_filters_take_files_and_names(run):
    """Fewer documents, fewer toponyms."""
    Path("ids.txt").write_text("d1\nd2\n", encoding="utf-8")
    Path("demonyms.txt").write_text("GHANAIAN\n", encoding="utf-8")
    options = (
        "--ids",
        "ids.txt",
        "--types",
        "city,country",
        "--exclude-surface",
        "demonyms.txt",
        "--with-id",
        "--km",
        "20",
    )
    result = run(*AGREEMENT, *options, "--json", "figures.json")
    (figures,) = json.loads(Path("figures.json").read_text(encoding="utf-8")).values()

    assert figures["strict"]["documents"] == 2
    assert set(figures["by_gold"]["type"]) <= {"city", "country"}
    assert "F1@20" in result.stdout


def test_every_mistake_can_be_listed(run):
    """What was missed, spurious, unplaced or misplaced, with the words around it; as many as the figures say."""
    result = run(*AGREEMENT, "--mistakes", "mistakes.tsv", "--json", "figures.json")
    head, *table = [line.split("\t") for line in Path("mistakes.tsv").read_text(encoding="utf-8").splitlines()]
    strict = json.loads(Path("figures.json").read_text(encoding="utf-8"))["agreement.gold"]["strict"]
    kinds = Counter(row[head.index("what")] for row in table)

    assert result.exit_code == 0
    assert kinds["missed"] == strict["gold"] - strict["matched"]
    assert kinds["spurious"] == strict["predicted"] - strict["matched"]
    assert kinds["unplaced"] + kinds["misplaced"] == round(strict["pairs"] * (1 - strict["acc"]))
    assert all(row[head.index("text")] in row[head.index("around")] for row in table)


def test_given_spans_are_all_recognised(run):
    """The classical protocol: only resolution is left to be wrong."""
    Path("one.jsonl").write_text(SHIPPED.read_text(encoding="utf-8").split("\n")[0] + "\n", encoding="utf-8")
    result = run("one.jsonl", "--given-spans", "--json", "figures.json")
    figures = json.loads(Path("figures.json").read_text(encoding="utf-8"))["one"]

    assert result.exit_code == 0
    assert figures["strict"]["rec_f1"] == 1
    assert figures["strict"]["pairs"] == figures["strict"]["gold"]


def test_a_file_of_annotations_scores_as_a_run_does(run):
    """What `geomap parse` wrote yesterday can be measured today."""
    Path("one.jsonl").write_text(SHIPPED.read_text(encoding="utf-8").split("\n")[3] + "\n", encoding="utf-8")
    CliRunner().invoke(main, ["parse", "one.jsonl", "--no-links", "-o", "found.jsonl"], catch_exceptions=False)
    run("one.jsonl", "--json", "run.json")
    run("one.jsonl", "--predictions", "found.jsonl", "--json", "file.json")
    ours, theirs = (json.loads(Path(name).read_text(encoding="utf-8"))["one"] for name in ("run.json", "file.json"))

    assert ours.pop("documents_per_cpu_s") > 0
    assert theirs.pop("documents_per_cpu_s") is None
    assert ours.pop("tagger")
    assert theirs.pop("tagger") is None
    assert ours == theirs


def test_a_figure_below_its_floor_fails_the_run(run):
    """The figures are printed all the same."""
    Path("floors.toml").write_text('["agreement.gold"]\n"strict.e2e_f1" = 0.99\n', encoding="utf-8")
    result = run(*AGREEMENT, "--floors", "floors.toml")

    assert result.exit_code == 1
    assert result.stderr == "Error: agreement.gold: strict.e2e_f1 is 0.5455, below its floor of 0.9900\n"
    assert rows(result, "end to end")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "gold.jsonl:1: not JSON"),
        ('{"id": "a", "text": "Lima", "toponyms": [{"start": 0, "end": 3, "text": "Lima"}]}', "gold.jsonl:1: the span"),
    ],
)
def test_bad_gold_is_one_line_and_exit_1(run, content, words):
    """No figure is better than a wrong one."""
    Path("gold.jsonl").write_text(content + "\n", encoding="utf-8")
    result = run("gold.jsonl")

    assert result.exit_code == 1
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert words in line


def test_ids_that_no_document_has_are_an_error(run):
    """An empty corpus is a slip, not a result."""
    Path("ids.txt").write_text("nobody\n", encoding="utf-8")
    result = run(*AGREEMENT, "--ids", "ids.txt")

    assert result.exit_code == 1
    assert "ids.txt: no document of 'agreement.gold' has one of these ids" in result.stderr


def test_the_report_says_which_tagger_ran(run):
    """Figures of two taggers are not mixed up, in the table or in the JSON."""
    lines = SHIPPED.read_text(encoding="utf-8").split("\n")
    Path("one.jsonl").write_text(lines[0] + "\n", encoding="utf-8")
    result = run("one.jsonl", "--tagger", "best", "--json", "figures.json")
    figures = json.loads(Path("figures.json").read_text(encoding="utf-8"))["one"]

    assert result.stdout.splitlines()[0].endswith(" found by the tagger best")
    assert figures["tagger"] == "best"


@pytest.mark.parametrize(
    "arguments",
    [
        (*AGREEMENT, "--given-spans"),
        (*AGREEMENT, "--tagger", "fast"),
        (AGREEMENT[0], *AGREEMENT),
        (AGREEMENT[0], "--given-spans", "--tagger", "best"),
    ],
)
def test_options_that_contradict_are_a_usage_error(run, arguments):
    """Exit code 2 is for usage."""
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize("content", ["x = 1", "= 1", ""])
def test_floors_that_cannot_be_read_are_an_error(run, content):
    """Before anything is measured."""
    Path("floors.toml").write_text(content, encoding="utf-8")
    result = run(*AGREEMENT, "--floors", "floors.toml")

    assert result.exit_code == 1
    assert result.stdout == ""
    assert "floors.toml" in result.stderr
