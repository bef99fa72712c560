"""Files as they are downloaded: zips that are damaged, locked, packed in another way or far too large."""

import random
import struct
import zipfile

import pytest

from geomap.errors import GazetteerError
from geomap.gazetteer.imports import opening
from geomap.gazetteer.imports.decoding import read_text
from geomap.gazetteer.imports.formats import read_places
from geomap.gazetteer.imports.report import Tally

TABLE = "name,lat,lon\n" + "".join(f"Test {n},{n}.5,35.5\n" for n in range(1, 80))
# Where the parts of a zip's list of files stand, behind its sign.
_FLAGS, _METHOD, _CHECK = 8, 10, 16


@pytest.fixture
def zipped(tmp_path):
    """Return a function that packs a table."""

    def make(content=TABLE, method=zipfile.ZIP_DEFLATED):
        path = tmp_path / "places.zip"
        with zipfile.ZipFile(path, "w", method) as archive:
            archive.writestr("readme.txt", "x" * 9_999)
            archive.writestr("places.csv", content)
        return path

    return make


def read(path):
    return list(read_places([path], Tally(), columns={}))


def mark(path, part, value):
    """Change a part of what the zip's list says of its last file, and of the head before that file."""
    content = bytearray(path.read_bytes())
    listed, head = content.rindex(b"PK\1\2"), content.rindex(b"PK\3\4")
    for start in (listed + part, head + part - 2):
        struct.pack_into("<H", content, start, value)
    path.write_bytes(content)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_zip_is_read_as_the_table_in_it(zipped, method):
    """Packed or only bundled; the note about it is no table."""
    assert len(read(zipped(method=method))) == 79


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_whatever_is_wrong_with_a_zip_is_one_line(zipped, method):
    """Any byte may be another one, anywhere: then the table is read as it is, or the file is named."""
    path = zipped(method=method)
    whole = path.read_bytes()
    dice = random.Random(1)
    told = set()
    for _ in range(150):
        broken = bytearray(whole)
        # The head of all, which says that this is a zip, stays.
        broken[dice.randrange(4, len(whole))] ^= dice.randrange(1, 256)
        path.write_bytes(broken)
        try:
            read(path)
        except GazetteerError as error:
            told.add((error.problem, error.path))

    assert ("this zip is damaged", path) in told
    assert {where for _, where in told} == {path}


def test_a_zip_that_breaks_off_says_so(zipped):
    """A download that was cut short."""
    path = zipped()
    path.write_bytes(path.read_bytes()[:-40])

    with pytest.raises(GazetteerError, match=r"this zip is damaged\. Fetch it again$"):
        read(path)


@pytest.mark.parametrize(
    ("part", "value", "says"),
    [
        (_FLAGS, 1, "this zip is locked by a password. Unpack it"),
        (_METHOD, zipfile.ZIP_LZMA, "packed in a way that is not read here. Unpack it"),
        (_METHOD, 99, "packed in a way that is not read here. Unpack it"),
        (_CHECK, 4711, "this zip is damaged"),
    ],
)
def test_a_zip_that_needs_another_tool_says_so(zipped, part, value, says):
    """A password, another way of packing, or a wrong sum at the end."""
    path = zipped()
    mark(path, part, value)

    with pytest.raises(GazetteerError, match=says):
        read(path)


@pytest.mark.parametrize("files", [[], ["README.TXT"]])
def test_a_zip_without_a_table_says_so(tmp_path, files):
    """Not that it is a table without columns."""
    path = tmp_path / "empty.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in files:
            archive.writestr(name, "about")

    with pytest.raises(GazetteerError, match="this zip is empty"):
        read(path)


def test_a_table_larger_than_memory_is_refused_before_it_is_unpacked(zipped, tmp_path, monkeypatch):
    """A zip of some kilobytes can hold gigabytes; a dump is read line by line and may be of any size."""
    path, plain = zipped(), tmp_path / "places.csv"
    plain.write_text(TABLE, "utf-8")
    monkeypatch.setattr("geomap.gazetteer.imports.decoding.WHOLE_MAX_BYTES", 1_000)
    monkeypatch.setattr(opening._Unpacking, "readinto", lambda *_: pytest.fail("it was unpacked"))

    for file in (path, plain):
        with pytest.raises(GazetteerError, match=r"GB are more than the 1e-06 GB that a table may have\. Cut it"):
            read_text(file, Tally())
    assert opening.WHOLE_MAX_BYTES == 1_000_000_000
