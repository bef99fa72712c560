"""The commands as a user types them: what is printed, what is written, how they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from geomap.cli import main
from geomap.pipeline import default_tagger
from geomap.recognise.best import BestTagger

TEXT = "Rain fell in Baghdad and Tehran on Monday. The Iraqi army closed a road near Zqxrville."


def test_map_writes_a_page_and_a_summary(run):
    """One text in, one page out, and what was read and found, what it is about, and what was left out or linked."""
    Path("a.txt").write_text(TEXT, encoding="utf-8")
    result = run("map", "a.txt", "--no-links", "--tagger", "fast")

    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stderr.splitlines()][:6] == [
        "read",
        "found",
        "about",
        "left",
        "unknown",
        "linked",
    ]
    assert "2 mentions of 2 places" in result.stderr
    page = Path("map.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "Baghdad" in page


@pytest.mark.parametrize("command", ["map", "parse", "unknown"])
@pytest.mark.parametrize("output", ["a.txt", "./decisions.csv", "gazetteer.toml", "mine.toml"])
def test_nothing_that_is_read_is_written_over(run, command, output):
    """Neither a text nor a person's own layer or decisions are lost to a slip in -o."""
    files = {
        "a.txt": TEXT,
        "decisions.csv": "scope,name,place\n",
        "gazetteer.toml": "# mine\n",
        "mine.toml": "# mine\n",
    }
    for name, content in files.items():
        Path(name).write_text(content, encoding="utf-8")
    layer = ["--gazetteer", "mine.toml"] if output == "mine.toml" else []
    result = run(command, "a.txt", "--decisions", "decisions.csv", *layer, "-o", output)

    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: {output}: this file is read here, and would be lost. ")
    assert {name: Path(name).read_text(encoding="utf-8") for name in files} == files


@pytest.mark.parametrize("command", ["map", "parse", "explain", "unknown"])
def test_every_command_that_reads_is_told_the_same_way(command):
    """One help text for what they share."""
    options = {option.name: option for option in main.get_command(None, command).params}
    first = {option.name: option for option in main.get_command(None, "map").params}

    shared = {"inputs", "layer", "decided"} | ({"links", "parser", "online"} if command in {"map", "parse"} else set())
    assert shared <= set(options)
    assert all(getattr(options[name], "help", "") == getattr(first[name], "help", "") for name in shared)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("missing.txt", None, "does not exist"),
        ("empty.txt", b"", "is empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(200), "PNG"),
        ("binary.txt", bytes(range(256)) * 8, "binary"),
        ("report.pdf", b"%PDF-1.7", ".pdf files are not read"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_exit_1(run, name, content, words):
    """Where, what and what to do; no traceback, and nothing is written."""
    if content is not None:
        Path(name).write_bytes(content)
    result = run("map", name, "--no-links")

    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"Error: {name}: ")
    assert words in line
    assert not Path("map.html").exists()


def test_one_bad_file_does_not_cost_the_others(run):
    """The map is written, the problem is printed, and the exit code tells."""
    Path("a.txt").write_text(TEXT, encoding="utf-8")
    result = run("map", "a.txt", "missing.txt", "--no-links")

    assert result.exit_code == 1
    assert "missing.txt: does not exist" in result.stderr
    assert "read      1 document, 1 could not be read" in result.stderr
    assert Path("map.html").exists()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_other_encodings_are_read(run, encoding):
    """The same places, whatever the encoding."""
    Path("a.txt").write_bytes(TEXT.encode(encoding))

    assert "2 mentions of 2 places" in run("map", "a.txt", "--no-links", "--tagger", "fast").stderr


def test_windows_1252_is_read_and_said(run):
    """A guess is named, so that a wrong one can be seen."""
    Path("a.txt").write_bytes("Rain fell in Bogotá — and “Lima”.".encode("cp1252"))
    result = run("map", "a.txt", "--no-links", "--tagger", "fast")

    assert result.exit_code == 0
    assert "Windows-1252" in result.stderr


def test_a_text_without_places_makes_an_empty_map(run):
    """Nothing found is an answer, not an error."""
    Path("a.txt").write_text("nothing happened to anybody", encoding="utf-8")
    result = run("map", "a.txt", "--no-links", "--tagger", "fast")

    assert result.exit_code == 0
    assert "found     0 mentions of 0 places" in result.stderr
    assert Path("map.html").exists()


def test_an_output_that_cannot_be_written_is_one_line(run):
    """The folder is named, and what to do."""
    Path("a.txt").write_text(TEXT, encoding="utf-8")
    result = run("map", "a.txt", "--no-links", "-o", "nowhere/map.html")

    assert result.exit_code == 1
    assert "the folder 'nowhere' does not exist" in result.stderr


def test_an_output_keeps_its_rights_and_its_link(run):
    """A private map stays private when it is made anew, and a link stays a link."""
    Path("a.txt").write_text(TEXT, encoding="utf-8")
    Path("private.html").touch(mode=0o600)
    Path("link.html").symlink_to("private.html")
    run("map", "a.txt", "--no-links", "-o", "link.html")

    assert Path("link.html").is_symlink()
    assert Path("private.html").stat().st_mode & 0o777 == 0o600
    assert Path("private.html").stat().st_size


def test_parse_writes_the_documented_keys(run):
    """One object a document, keys in order, and every span is the text it says."""
    Path("a.txt").write_text(TEXT, encoding="utf-8")
    result = run("parse", "a.txt", "--no-links", "--tagger", "fast")
    record = json.loads(result.stdout)

    assert list(record) == [
        "id", "toponyms", "actors", "links", "focus", "written_at", "unresolved", "warnings",
    ]  # fmt: skip
    assert [TEXT[t["start"] : t["end"]] for t in record["toponyms"]] == [t["text"] for t in record["toponyms"]]
    assert [(t["text"], t["role"], t["geonameid"]) for t in record["toponyms"][:3]] == [
        ("Baghdad", "literal", 98182),
        ("Tehran", "literal", 112931),
        ("Iraqi", "demonym", 99237),
    ]


def test_given_spans_are_resolved_as_they_are(run):
    """Nothing is recognised; what the input marks is looked up, and what is unknown has no place."""
    record = {"id": "x", "text": TEXT, "toponyms": [{"start": 13, "end": 20}, {"start": 77, "end": 86}]}
    Path("a.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    result = run("parse", "a.jsonl", "--given-spans", "--no-links")
    found = json.loads(result.stdout)["toponyms"]

    assert [(t["text"], t["lat"] is None) for t in found] == [("Baghdad", False), ("Zqxrville", True)]


def test_half_a_surrogate_pair_does_not_stop_anything(run):
    """JSON may carry what is no character; the documents after it are still read."""
    Path("a.jsonl").write_text('{"id":"a","text":"\\ud800 Paris"}\n{"id":"b","text":"Lima"}\n', encoding="utf-8")
    result = run("map", "a.jsonl", "--no-links")

    assert result.exit_code == 0
    assert "read      2 documents" in result.stderr


def test_an_unknown_command_is_a_usage_error(run):
    """Exit code 2 is for usage."""
    assert run("draw").exit_code == 2


def test_another_tagger_may_find_the_names(run):
    """What found them stands in the page, so that a map can be made again."""
    run("map", "--no-links", "--tagger", "best", "-", "-o", "m.html", stdin="Rain fell in Nairobi, Omar Haddad said.")

    assert '["tagger","best"]' in Path("m.html").read_text(encoding="utf-8").replace(", ", ",")


@pytest.mark.parametrize(("installed", "expected"), [(True, "best"), (False, "fast")])
def test_without_a_name_the_best_tagger_that_is_installed_is_taken(monkeypatch, installed, expected):
    """Whoever did not install the extra gets the other one, and no error."""
    monkeypatch.setattr(BestTagger, "is_installed", staticmethod(lambda: installed))

    assert default_tagger() == expected
