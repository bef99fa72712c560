"""What the documents show is run: commands, Python, and the example in every command's help."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from geomap.cli import main
from geomap.model import ActorType, Kind, Relation, Role, Status, Tier, ZoneKind

ROOT = Path(__file__).parent.parent
DOCUMENTS = [
    path
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "examples" / "README.md")
    if path.exists()
]
# A fenced block: what stands after the fence, and the lines inside.
BLOCK = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
# `sh install` blocks set up a machine: continuous integration runs those, from the same README.
COMMANDS = {"sh", "console"}
# "Example, with the sources at hand: geomap ..." needs what a test has not, and is only looked at.
EXAMPLE = re.compile(r"^\s*Example(?P<needs>,[^:\n]+)?:\s*(?P<command>geomap\b.*(?:\n\s{4,}\S.*)*)", re.MULTILINE)


def name(path):
    return path.relative_to(ROOT).as_posix()


def blocks(path, *kinds):
    text = path.read_text(encoding="utf-8")
    return [match["body"] for match in BLOCK.finditer(text) if match["info"].strip() in kinds]


def commands(path):
    """Return the lines of a document that begin with `geomap`, with or without a prompt."""
    lines = "".join(blocks(path, *COMMANDS)).replace("\\\n", " ").splitlines()
    return [line.removeprefix("$ ") for line in lines if line.removeprefix("$ ").startswith("geomap ")]


def leaves(command, *names):
    """Yield every command under `command` with the words that call it."""
    if not isinstance(command, click.Group):
        yield names, command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        yield from leaves(command.get_command(context, name), *names, name)


CALLS = dict(leaves(main))


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder that holds the examples, and this environment's `geomap` first on the path."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.setenv("PATH", os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    return tmp_path


def run(command, desk):
    """Run a command line where the examples are; fail with what it said."""
    done = subprocess.run(command, cwd=desk, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{shlex.join(command)}\n{done.stderr}"
    return done.stdout


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_the_commands_a_document_shows_work(path, desk):
    """They are run in the order shown, in a folder that holds the examples."""
    for command in commands(path):
        run(["bash", "-euo", "pipefail", "-c", command], desk)


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_the_python_a_document_shows_works(path, desk):
    """Every block runs alone, with warnings as errors."""
    for block in blocks(path, "python"):
        run([sys.executable, "-W", "error", "-c", block], desk)


@pytest.mark.parametrize("words", CALLS, ids=" ".join)
def test_the_help_of_a_command_shows_an_example_that_works(words, desk):
    """Who asks for help gets something to paste."""
    command = CALLS[words]

    example = EXAMPLE.search(command.help or "")

    assert example, "the help has no line that begins with Example: geomap"
    shown = shlex.split(example["command"].replace("\\\n", " "))
    assert shown[: len(words) + 1] == ["geomap", *words]
    if not example["needs"]:
        run(shown, desk)


@pytest.mark.parametrize("words", CALLS, ids=" ".join)
def test_every_option_says_what_it_does(words):
    """A command or an option without help is not finished."""
    command = CALLS[words]

    assert command.get_short_help_str()
    assert [option.name for option in command.params if isinstance(option, click.Option) and not option.help] == []


@pytest.mark.parametrize("values", [ActorType, Kind, Relation, Role, Status, Tier, ZoneKind])
def test_every_value_that_is_written_is_explained(values):
    """Whoever meets a word in an annotation finds it in docs/formats.md."""
    text = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")

    assert [value for value in values if f"`{value}`" not in text] == []


@pytest.mark.parametrize("path", [*DOCUMENTS, ROOT / "CONTRIBUTING.md"], ids=name)
def test_links_between_documents_lead_somewhere(path):
    """A file that a document links to is there."""
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", path.read_text(encoding="utf-8"))

    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_continuous_integration_runs_the_command_the_readme_shows():
    """`.ci/run` takes the command out of the README, so the two cannot differ."""
    script = ROOT / ".ci" / "run"

    shown = subprocess.run([script, "--show"], capture_output=True, text=True, check=True).stdout.strip()

    assert shown in [block.strip() for block in blocks(ROOT / "README.md", "sh install")]
    assert shown.endswith("pytest")
