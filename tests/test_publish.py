"""Putting an index in place, and taking it away: whatever lies there, and whenever somebody was killed at it."""

import json
import shutil
from pathlib import Path

import pytest

from geomap.errors import GazetteerError
from geomap.gazetteer import layout
from geomap.gazetteer.building import publish as publishing
from geomap.gazetteer.building.publish import publish, staging, withdraw
from geomap.gazetteer.layout import INDEX_FILE, PLACES_FILE


def put(target, text="places"):
    """Publish an index of one file; return the folder of that file."""
    with staging(target) as folder:
        (folder / PLACES_FILE).write_text(text, "utf-8")
        return target / publish(target, folder, {"title": "test"})["data"]


def lies(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@pytest.mark.parametrize("damage", ["changed", "missing", "another"])
def test_damaged_files_are_replaced(tmp_path, damage):
    """Equal files make an equal name of their folder; what somebody did to it meanwhile is not kept."""
    data = put(tmp_path)
    if damage == "changed":
        (data / PLACES_FILE).write_text("", "utf-8")
    elif damage == "missing":
        (data / PLACES_FILE).unlink()
    else:
        (data / "more.bin").write_text("", "utf-8")

    put(tmp_path)

    assert lies(data) == [PLACES_FILE]
    assert (data / PLACES_FILE).read_text("utf-8") == "places"


def test_whole_files_stay_where_they_are(tmp_path):
    """Who reads them is not disturbed by the same index once more."""
    data = put(tmp_path)
    before = (data / PLACES_FILE).stat().st_ino

    assert put(tmp_path) == data
    assert (data / PLACES_FILE).stat().st_ino == before


def leave_the_next_index_json(target):
    """Be killed between the writing of index.json and its renaming."""
    (target / f"{publishing._STAGING}{INDEX_FILE}").write_text("{}", "utf-8")


def leave_a_folder(target):
    """Be killed while the files were written."""
    folder = target / f"{publishing._STAGING}x1"
    (folder / "runs").mkdir(parents=True)
    (folder / "runs" / "0").write_text("x", "utf-8")


@pytest.mark.parametrize("leave", [leave_the_next_index_json, leave_a_folder])
def test_what_a_killed_process_left_is_cleared_by_the_next(tmp_path, leave):
    """Whether the next one writes or takes away."""
    put(tmp_path / "one")
    leave(tmp_path / "one")

    data = put(tmp_path / "one", "other places")
    assert lies(tmp_path / "one") == sorted([data.name, f"{data.name}/{PLACES_FILE}", INDEX_FILE])

    leave(tmp_path / "one")
    withdraw(tmp_path / "one")
    assert not (tmp_path / "one").exists()


@pytest.mark.parametrize("leave", [leave_the_next_index_json, leave_a_folder, put])
def test_taking_away_what_was_half_taken_away_goes_on(tmp_path, leave):
    """Without index.json there is no index, but its parts can still be removed."""
    (tmp_path / "one").mkdir()
    leave(tmp_path / "one")
    (tmp_path / "one" / INDEX_FILE).unlink(missing_ok=True)

    withdraw(tmp_path / "one")

    assert not (tmp_path / "one").exists()
    with pytest.raises(GazetteerError, match="there is no gazetteer index"):
        withdraw(tmp_path / "one")


def test_an_open_lock_that_cannot_be_removed_is_no_failure(tmp_path, monkeypatch):
    """Windows removes no file that is open: there the lock goes when it is released."""
    unlink = Path.unlink

    def refuse(path, *, missing_ok=False):
        if path.name == publishing._LOCK:
            raise PermissionError(13, "The process cannot access the file", str(path))
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    data = put(tmp_path)

    assert (data / PLACES_FILE).is_file()
    assert json.loads((tmp_path / INDEX_FILE).read_text("utf-8"))["data"] == data.name


def test_a_folder_that_cannot_be_made_says_so(tmp_path):
    """A file is in the way."""
    (tmp_path / "file").write_text("mine", "utf-8")

    with pytest.raises(GazetteerError, match="the folder cannot be made"):
        put(tmp_path / "file" / "one")


def test_only_folders_of_an_index_are_taken_away(tmp_path):
    """Other files beside it are somebody's, even where their names look alike."""
    put(tmp_path)
    mine = tmp_path / ("0" * layout.DATA_CHARS)
    mine.mkdir()
    shutil.copy(__file__, mine / "notes.py")

    put(tmp_path, "other places")
    withdraw(tmp_path)

    assert lies(tmp_path) == [mine.name, f"{mine.name}/notes.py"]
