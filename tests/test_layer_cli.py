"""A person's own places at the command line: what each command says and changes, and how it is undone."""

import json
import os
import re
import shlex
from pathlib import Path
from tomllib import loads

import pytest
from click.testing import CliRunner

from geomap.cli import main
from geomap.gazetteer.home import home
from geomap.gazetteer.layers.entries import AliasEntry, BlockEntry, PlaceEntry, PreferEntry
from geomap.gazetteer.layers.file import parsed, read_layer

LAYER = Path("gazetteer.toml")
# A village that no gazetteer has, inland in its country.
ADD = ["add", "Deir Nowhere", "--lat", "34.3", "--lon", "36.3", "--country", "LB", "--kind", "village"]


@pytest.fixture(autouse=True)
def desk(tmp_path, monkeypatch):
    """Every test works in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words, code=0):
    """Run `geomap gazetteer ...`; return what it prints to stdout, and to stderr."""
    result = CliRunner().invoke(main, ["gazetteer", *words])
    assert result.exit_code == code, result.output
    return result.stdout, result.stderr


def undo_of(said):
    """Return the command that undoes, as the last line shows it."""
    command = re.search(r"^undo {6}geomap gazetteer (.*)$", said, re.MULTILINE)
    return shlex.split(command[1])


@pytest.mark.parametrize(
    ("words", "entry"),
    [
        (
            [*ADD, "--names", "Dayr A|دير", "--population", "1200", "--note", "seen 3 May", "--source", "a report"],
            PlaceEntry(
                "Deir Nowhere",
                lat=34.3,
                lon=36.3,
                country="LB",
                kind="village",
                names=("Dayr A", "دير"),
                population=1200,
                note="seen 3 May",
                source="a report",
            ),
        ),
        (["alias", "Mossul", "geonames:99072", "--note", "German"], AliasEntry("Mossul", "geonames:99072", "German")),
        (["block", "Reading"], BlockEntry("Reading")),
        (["prefer", "Georgia", "--kind", "country"], PreferEntry("Georgia", "geonames:614540")),
        (["block", "--", "-Ungheni"], BlockEntry("-Ungheni")),
    ],
    ids=["add", "alias", "block", "prefer", "a hyphen"],
)
@pytest.mark.parametrize("where", [[], ["--user"], ["--gazetteer", "mine.csv"]], ids=["project", "user", "file"])
def test_an_entry_is_added_told_and_taken_back(words, entry, where):
    """Each command says file and line, what is different now, and the command that takes it back."""
    path = {"--user": home() / LAYER, "--gazetteer": Path("mine.csv")}.get(where[0] if where else "", LAYER)

    _, said = run(words[0], *where, *words[1:])

    (kept,) = read_layer(path)
    assert kept == entry
    assert f"{path}:{kept.line}\n" in said
    assert "\nmeans     " in said
    _, taken = run(*undo_of(said))
    assert taken == f"taken out {entry.name}: {path}, where it was line {kept.line}\n"
    assert read_layer(path) == []


def test_the_same_arguments_with_undo_take_it_back():
    """Nothing has to be looked up to undo what was just typed."""
    commands = (
        [*ADD, "--note", "seen"],
        ["prefer", "Georgia", "--kind", "country"],
        ["alias", "Mossul", "Mosul", "--kind", "city"],
        ["block", "Reading", "--note", "the activity"],
    )
    for words in commands:
        run(*words)
    assert len(read_layer(LAYER)) == len(commands)

    for words in commands:
        run(*words, "--undo")

    assert read_layer(LAYER) == []
    assert "no such entry says 'Reading'. Nothing was taken out" in run("block", "Reading", "--undo", code=1)[1]


@pytest.mark.parametrize("words", [ADD, ["block", "Reading"], ["alias", "Mossul", "geonames:99072"]])
def test_what_is_there_is_told_and_not_doubled(words):
    """The second time, nothing is written."""
    run(*words)
    before = LAYER.read_bytes()

    _, said = run(*words)

    assert said == f"known     {words[1]} stands there already: gazetteer.toml:8\n"
    assert LAYER.read_bytes() == before


def test_a_known_place_with_something_new_is_no_silent_success():
    """What was not written is told, and how to change it."""
    run(*ADD)

    _, said = run(*ADD, "--note", "seen", "--undisputed", code=1)

    assert said == (
        "Error: gazetteer.toml:8: 'Deir Nowhere' stands here already, with another disputed and note. "
        "Change it in the file, or take it out with --undo and add it again\n"
    )


def test_a_corrected_point_leaves_the_kind_of_the_place():
    """Iraq stays a country, and the command says so."""
    _, said = run("add", "Iraq", "--id", "geonames:99237", "--lat", "33", "--lon", "44")

    assert said.startswith("added     Iraq, country in IQ, 33 44: ")
    shown, _ = run("show", "geonames:99237")
    assert re.search(r"^kind +country$", shown, re.MULTILINE)
    assert re.search(r"^population +[1-9]", shown, re.MULTILINE)


def test_a_layer_is_parsed_once_to_read_and_once_to_prove_what_was_written(monkeypatch):
    """A layer may have 20,000 entries, and a command looks at it again and again."""
    run(*ADD)
    parsed.cache_clear()
    texts = []
    monkeypatch.setattr("geomap.gazetteer.layers.as_toml.tomllib.loads", lambda text: texts.append(text) or loads(text))

    run("block", "Reading")

    assert len(texts) == len(set(texts)) == 2


def test_swapped_coordinates_are_refused_with_the_likely_remedy():
    """Also when both are in range; --force adds them all the same."""
    swapped = ["add", "Kfar Kila", "--lat", "35.56", "--lon", "33.28", "--country", "LB"]

    _, said = run(*swapped, code=1)

    assert said == (
        "Error: gazetteer.toml: 'Kfar Kila' with lat=35.56, lon=33.28 lies 261 km outside LB. "
        "lat=33.28, lon=35.56 lies in LB: are the two swapped? Nothing was added; --force adds it all the same\n"
    )
    assert not LAYER.exists()
    run(*swapped, "--force")
    assert len(read_layer(LAYER)) == 1
    _, said = run("add", "Tokyo", "--lat", "139.69", "--lon", "35.68", code=1)
    assert "lat=35.68, lon=139.69 would be valid: are the two columns swapped?" in said


def test_what_looks_wrong_is_added_with_a_warning():
    """The person knows better than the map; but is told."""
    _, outside = run("add", "Deir Nowhere", "--lat", "33", "--lon", "44", "--country", "SY")
    _, known = run("add", "Mosul", "--lat", "36.34", "--lon", "43.12", "--country", "IQ")

    assert re.search(r"^warning   'Deir Nowhere' with lat=33, lon=44 lies \d+ km outside SY", outside, re.MULTILINE)
    assert re.search(
        r"^warning   'Mosul' lies \d\.\d km from 'Mosul', geonames:99072, which is known", known, re.MULTILINE
    )
    assert len(read_layer(LAYER)) == 2


def test_a_name_of_several_places_asks_which():
    """The choices are printed as `search` prints them, with ids to copy."""
    choices, said = run("prefer", "Georgia", code=1)

    assert {line.split("\t")[0] for line in choices.splitlines()} >= {"geonames:614540", "geonames:4197000"}
    assert "places are called so. Give the id instead" in said
    assert "choose with --kind and --country" in said
    assert not LAYER.exists()
    _, said = run("alias", "Xyzzy", "Nowhere-in-particular", code=1)
    assert said.startswith(
        "Error: Nowhere-in-particular: no place is called so. Find one with: geomap gazetteer search"
    )
    _, said = run("alias", "Xyzzy", "own:none", code=1)
    assert said.startswith("Error: own:none: no place has this id.")
    _, said = run("prefer", "Georgia", "--kind", "river", code=1)
    assert "is of that kind and country" in said


def test_a_country_is_chosen_by_code_or_name():
    """What is no country is told, not taken for one without such places."""
    for country in ("LY", "ly", "Libya"):
        assert "Tripoli, city, LY, " in run("prefer", "Tripoli", "--kind", "city", "--country", country)[1]
        LAYER.unlink()

    said = run("prefer", "Tripoli", "--country", "Lybiya", code=1)[1]

    assert said == "Error: Lybiya: no country. Write its two letters, such as LB, or its name\n"


def test_a_name_has_one_preferred_meaning():
    """The second is refused with the command that takes the first back."""
    run("prefer", "Georgia", "--kind", "country")

    _, said = run("prefer", "georgia", "geonames:4197000", code=1)

    assert said == (
        "Error: gazetteer.toml:8: 'georgia' means geonames:614540 already. "
        "Take that back first: geomap gazetteer prefer Georgia geonames:614540 --undo\n"
    )


def test_the_commands_know_the_layer_they_edit():
    """A place that was added can be named by its own id and by its name."""
    run(*ADD)
    run("alias", "D. Nowhere", "Deir Nowhere")
    run("prefer", "Deir Nowhere", "own:deir-nowhere")

    found, _ = run("search", "D. Nowhere")

    assert found.startswith("own:deir-nowhere\tDeir Nowhere\tcity\tLB\t34.30000 36.30000\t")


def test_a_blocked_name_says_what_it_hides():
    """And where a layer gives it a place of its own, that it does."""
    _, hidden = run("block", "Reading")
    run("add", "Hatra", "--lat", "35.6", "--lon", "42.7", "--country", "IQ")
    _, kept = run("block", "Hatra")

    assert re.search(r"^means     'Reading' will not be matched; \d+ places hidden$", hidden, re.MULTILINE)
    assert "means     'Hatra' still means Hatra, city, IQ, own:hatra, which a layer gives the name\n" in kept
    assert "is blocked by a layer of yours" in run("search", "Reading")[1]


def test_lint_prints_findings_and_fails_on_errors():
    """Without a file, the project's layer and the user's are checked; a warning alone is no failure."""
    run("add", "Mosul", "--lat", "36.34", "--lon", "43.12", "--country", "IQ")
    run("block", "Reading", "--user")

    found, said = run("lint")

    assert found.startswith("gazetteer.toml:8: warning: 'Mosul' lies ")
    assert f"checked   {home() / LAYER}: 1 entry, 0 findings\n" in said
    with LAYER.open("a") as layer:
        layer.write('\n[[alias]]\nname = "X Y"\nplace = "own:none"\n\n[[place]]\nname = "Z Z"\nlat = 0\nlon = 0\n')
    found, _ = run("lint", "gazetteer.toml", code=1)
    assert [line.partition(": ")[0] for line in found.splitlines()] == [f"gazetteer.toml:{n}" for n in (8, 14, 18)]


def test_lint_without_a_layer_says_so():
    """An empty folder is no error."""
    assert run("lint") == ("", "checked   no layer: there is none in this folder, and you have none of your own\n")


@pytest.mark.parametrize("form", ["csv", "toml"])
def test_an_exported_layer_is_the_same_layer(form):
    """Entry by entry, in the same order."""
    run(*ADD, "--names", "=1+1 B|كفر", "--bbox", "36,34,37,35", "--disputed", "--note", 'says "here"')
    run("block", "Reading")
    run("prefer", "Georgia", "--kind", "country")

    run("export", "-o", f"out.{form}")

    assert read_layer(Path(f"out.{form}")) == read_layer(LAYER)
    assert run("export", "--gazetteer", f"out.{form}", "--format", form)[0] == Path(f"out.{form}").read_text("utf-8")


def test_places_are_exported_as_geojson():
    """With ids and longitude first; what is no place is counted."""
    run(*ADD, "--bbox", "36,34,37,35", "--note", "seen")
    run("block", "Reading")

    text, said = run("export", "--format", "geojson")

    (feature,) = json.loads(text)["features"]
    assert feature["id"] == "own:deir-nowhere"
    assert feature["geometry"] == {"type": "Point", "coordinates": [36.3, 34.3]}
    assert feature["bbox"] == [36, 34, 37, 35]
    assert feature["properties"]["note"] == "seen"
    assert "left out  1 alias, blocked or preferred name, which is no place\n" in said


@pytest.mark.parametrize(
    ("output", "said"),
    [("gazetteer.toml", "this is the layer itself"), ("gazetteer.csv", "this would be a second layer in its folder")],
)
def test_an_export_spares_the_layers_of_its_folder(output, said):
    """Neither is the layer written over, nor the folder left with two."""
    run(*ADD)
    before = LAYER.read_bytes()

    assert f"Error: {output}: {said}. Choose another" in run("export", "-o", output, code=1)[1]

    assert [path.name for path in Path().glob("gazetteer.*")] == ["gazetteer.toml"]
    assert LAYER.read_bytes() == before


def test_a_place_is_shown_by_its_only_name_and_a_miss_is_an_error():
    """Of several places the choices are printed."""
    run(*ADD)

    assert run("show", "Deir Nowhere") == run("show", "own:deir-nowhere")
    assert "places are called so. Give the id instead" in run("show", "Georgia", code=1)[1]
    assert run("show", "own:none", code=1)[1].startswith("Error: own:none: no place has this id. ")
    assert run("search", "Xyzzyqq", code=1)[1].startswith("Error: Xyzzyqq: nothing is called so. ")


def test_info_tells_layers_apart_by_their_files():
    """The project's and the user's have one name; what a layer has none of is not listed."""
    run("block", "Reading")
    run(*ADD, "--user")

    told, _ = run("info")

    blocks = told.split("\n\n")
    assert [block.splitlines()[0] for block in blocks[:2]] == [
        "layer     gazetteer.toml",
        f"layer     {home() / LAYER}",
    ]
    assert "places" not in blocks[0]
    assert "blocked   1" in blocks[0]


def test_info_says_of_which_day_an_installed_table_is():
    """It has no version, and whoever maps must be able to tell one import from the next."""
    Path("digs.csv").write_text("name,lat,lon,country\nDeir Nowhere,34.3,36.3,LB\n", encoding="utf-8")
    os.utime("digs.csv", (1_700_000_000, 1_700_000_000))
    run("import", "digs.csv", "--install", "digs")

    told, _ = run("info")

    assert re.search(r"^  .*digs.* 2023-11-14 \(", told, re.MULTILINE)
    assert "\n  sea" not in told.split("\n\n")[0]


def test_export_without_a_layer_says_how_to_begin():
    """One line, and a remedy."""
    assert "there is no such layer. Add a place first" in run("export", code=1)[1]


def test_a_folder_with_two_layers_is_refused():
    """Neither would be the nearer one."""
    LAYER.touch()
    Path("gazetteer.csv").touch()

    assert "A folder has one layer: keep one of the two" in run("block", "Reading", code=1)[1]


def test_a_folder_that_is_not_there_is_told():
    """A slip in a path makes no folder."""
    _, said = run("block", "Reading", "--gazetteer", "nowhere/mine.toml", code=1)

    assert said == "Error: nowhere/mine.toml: the folder 'nowhere' does not exist. Create it first\n"
    assert "give one" in run("block", "Reading", "--user", "--gazetteer", "mine.toml", code=2)[1]
