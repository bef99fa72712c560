"""Reading told as what lies on a desk: files, folders, standard input, and what is wrong with them."""

import io
import json
import sys
from pathlib import Path

import pytest

from geomap.errors import InputError
from geomap.model import Span, ZoneKind
from geomap.read import document_from_text, iter_documents, read_inputs, read_path
from geomap.read import files as reading

TEXT = "Guards fired shots at the gate of the harbour of Aden."


@pytest.fixture(autouse=True)
def desk(tmp_path, monkeypatch):
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)


def put(path, content=TEXT):
    """Write a file and its folders: text, bytes, or records to be JSONL."""
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, list):
        content = "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in content)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def ids(result):
    return [document.id for document in result.documents]


def problems(result):
    return [str(problem) for problem in result.problems]


# --- files and folders -----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a", "A.TXT"])
def test_a_text_file_is_one_document(name):
    """Its id is its name, so that no folder of the writer's machine reaches a published page."""
    (document,) = read_path(Path(put(name)))

    assert (document.id, document.text, document.warnings) == (name, TEXT, ())
    assert document.zones[0].kind is ZoneKind.BODY


def test_a_folder_is_read_in_order_with_all_below_it():
    """Files are sorted, hidden ones and READMEs are no inputs, and what cannot be read is a problem."""
    for name in ("b.txt", "a/z.txt", "a.txt", ".hidden.txt", ".git/config", "README.md", "photo.png"):
        put(f"in/{name}")

    result = read_inputs(["in"])

    assert ids(result) == ["in/a.txt", "in/b.txt", "in/a/z.txt"]
    assert [(problem.where, problem.problem) for problem in result.problems] == [
        ("in/photo.png", ".png files are not read")
    ]


def test_one_bad_file_loses_no_other():
    """Every other document is there, and every problem too."""
    names = [put("a.txt"), put("empty.txt", ""), put("b.pdf"), "gone.txt", put("photo.txt", b"\x89PNG"), put("c.txt")]

    result = read_inputs(names)

    assert ids(result) == ["a.txt", "c.txt"]
    assert [problem.where for problem in result.problems] == ["empty.txt", "b.pdf", "gone.txt", "photo.txt"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("red-see.txt", "red-see.txt: does not exist. Did you mean 'red-sea.txt'?"),
        ("nothing/here.txt", "nothing/here.txt: does not exist. Check the path"),
        ("", "'': does not exist. Check the path"),
        ("Fog closed the port.", "Fog closed the port.: does not exist. Check the path; to read a text, pipe it to -"),
        ("blank.txt", "blank.txt: is empty. Give a file that holds a text"),
        ("blank.jsonl", "blank.jsonl: is empty. Give JSONL with one document a line"),
        ("folder", "folder: holds no file that can be read. Read are .txt, .md, .jsonl and files without a suffix"),
    ],
)
def test_a_problem_says_where_what_and_what_to_do(name, says):
    """One line, the same every time."""
    put("red-sea.txt")
    put("blank.txt", " \n")
    put("blank.jsonl", "\n\n")
    Path("folder").mkdir()

    result = read_inputs([name])

    assert problems(result) == [says]
    with pytest.raises(InputError, match=r"exist|empty|no file"):
        read_path(Path(name or "gone"))


def test_a_text_in_place_of_a_path_is_told_so():
    """No system has paths that long, and the message is one line."""
    (problem,) = problems(read_inputs(["Fog closed\nthe port. " * 99]))

    shown = ("Fog closed the port. " * 3)[:60]
    assert problem == f"{shown}...: is too long for a path. Check the path; to read a text, pipe it to -"


def test_files_of_one_name_keep_apart_and_a_file_is_read_once():
    """The path tells two files apart, a number where it cannot; the same file twice is a problem."""
    result = read_inputs([put("one/a.txt"), put("two/a.txt"), put("a.txt"), "one", "./one/a.txt", "two/a.txt"])

    assert ids(result) == ["a.txt", "two/a.txt", "a.txt (2)"]
    assert problems(result) == [
        "one/a.txt: was read before. Name every file once",
        "./one/a.txt: was read before. Name every file once",
        "two/a.txt: was read before. Name every file once",
    ]


def test_lines_without_an_id_are_told_apart_by_their_file():
    """Two feeds of one name, in two folders, are both read whole."""
    rows = [{"text": "One."}, {"text": "Two."}]

    result = read_inputs([put("may/news.jsonl", rows), put("june/news.jsonl", rows)])

    assert ids(result) == ["news.jsonl:1", "news.jsonl:2", "june/news.jsonl:1", "june/news.jsonl:2"]
    assert result.problems == ()


def test_a_linked_folder_is_not_followed_in_silence():
    """A link may lead round in circles; the user is told."""
    put("in/a.txt")
    Path("in/loop").symlink_to(Path("in").absolute())

    result = read_inputs(["in"])

    assert ids(result) == ["in/a.txt"]
    assert problems(result) == ["in/loop: links to a folder and was not followed. Name the folder itself to read it"]


def test_line_ends_stay_as_they_are():
    """Offsets point into the text as the user gave it."""
    (document,) = read_path(Path(put("a.txt", b"One line\r\n\r\nAden &amp; Sanaa\r\n")))

    assert document.text == "One line\r\n\r\nAden &amp; Sanaa\r\n"


def test_a_guessed_encoding_is_on_the_document():
    """A reader of the map can see that the text was guessed at."""
    (document,) = read_path(Path(put("a.txt", "Zoë – Aden".encode("cp1252"))))

    assert document.text == "Zoë – Aden"
    assert document.warnings == ("read as Windows-1252: it is not UTF-8",)


# --- standard input ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (TEXT, ["stdin"]),
        ('{"id": "a", "text": "One."}\n{"id": "b", "text": "Two."}', ["a", "b"]),
        ('{"Aden"} is no record.\nNor is this.', ["stdin"]),
    ],
)
def test_standard_input_is_a_text_or_jsonl(monkeypatch, data, expected):
    """A first line that is a record makes it JSONL."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))

    assert ids(read_inputs(["-"])) == expected


# --- JSONL ---------------------------------------------------------------------------------------


def test_a_record_brings_its_fields():
    """Numbers are written out, `domain` stands in for `source`, null is nothing, an id is made if there is none."""
    put(
        "news.jsonl",
        [
            {"id": 7, "text": TEXT, "title": None, "date": 2024, "domain": "example.org", "url": "u", "lang": "en"},
            {"text": TEXT, "extra": [1]},
        ],
    )

    one, two = read_path(Path("news.jsonl"))

    assert (one.id, one.title, one.date, one.source, one.url, one.lang) == ("7", "", "2024", "example.org", "u", "en")
    assert (two.id, two.given) == ("news.jsonl:2", None)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"id": "x", ', "news.jsonl:2: not JSON at column"),
        ("[1]", "news.jsonl:2: JSON, but not an object"),
        ('{"id": "x"}', 'news.jsonl:2: no "text" that is a string'),
        ('{"id": "x", "text": 5}', 'news.jsonl:2: no "text" that is a string'),
        ('{"id": ["x"], "text": "One."}', 'news.jsonl:2: "id" is ["x"], not a string'),
        ('{"id": true, "text": "One."}', 'news.jsonl:2: "id" is true, not a string'),
        ('{"id": "x", "text": "One.", "date": NaN}', 'news.jsonl:2: "date" is NaN, not a string'),
        ('{"id": -1e999, "text": "One."}', 'news.jsonl:2: "id" is -Infinity, not a string'),
        ('{"id": "a", "text": "Again."}', "news.jsonl:2: the id 'a' was used before, in news.jsonl:1"),
        ("[" * 100_000, "news.jsonl:2: JSON beyond what can be read"),
        ('{"id": ' + "1" * 5000 + "}", "news.jsonl:2: JSON beyond what can be read"),
        ("\x01\x02\x03", "news.jsonl:2: holds binary data"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_read(line, says):
    """The problem carries the line, as editors jump to it."""
    put("news.jsonl", [{"id": "a", "text": "One."}, line, {"id": "b", "text": "Two."}])

    result = read_inputs(["news.jsonl"])

    assert ids(result) == ["a", "b"]
    (problem,) = result.problems
    assert str(problem).startswith(says)
    assert problem.line == 2
    assert "\n" not in str(problem)


def test_marks_and_blank_lines_are_no_records():
    """A byte order mark and blank lines are passed over, and lines are counted as editors count."""
    put("news.jsonl", b'\xef\xbb\xbf{"id": "a", "text": "One."}\r\n\r\n{"id": "b"}\r\n')

    result = read_inputs(["news.jsonl"])

    assert (ids(result), result.problems[0].line) == (["a"], 3)


def test_jsonl_in_utf16_is_refused_whole():
    """It cannot be cut at line ends, so the message speaks of the file."""
    put("news.jsonl", '{"id": "a", "text": "One."}\n'.encode("utf-16"))

    assert problems(read_inputs(["news.jsonl"])) == [
        "news.jsonl: is JSONL in UTF-16, which cannot be cut into lines, or binary data. Save the file in UTF-8"
    ]


def test_a_line_beyond_the_limit_is_passed_over(monkeypatch):
    """The next line is read as if nothing had been."""
    for module in ("geomap.read.jsonl", "geomap.read.decode"):
        monkeypatch.setattr(sys.modules[module], "MAX_BYTES", 60)
    put("news.jsonl", [{"id": "a", "text": "x" * 300}, {"id": "b", "text": "Two."}])

    result = read_inputs(["news.jsonl"])

    assert (ids(result), [problem.line for problem in result.problems]) == (["b"], [1])


def test_half_a_character_in_json_moves_no_offset():
    r"""JSON may hold `\ud83d` alone, which no encoding can write."""
    put("news.jsonl", ['{"id": "a", "text": "Aden \\ud83d Sanaa"}'])

    (document,) = read_path(Path("news.jsonl"))

    assert document.text.index("Sanaa") == 7
    assert document.text.encode()
    assert document.warnings


def test_an_empty_text_in_a_record_is_a_document_with_a_warning():
    """Whoever joins on ids finds every id again."""
    put("news.jsonl", [{"id": "a", "text": " "}])

    (document,) = read_path(Path("news.jsonl"))

    assert (document.zones, document.warnings) == ((), ("the text is empty",))


def test_given_spans_come_with_the_record():
    """They come in the order of the text, the outer before the inner; without the switch they are left alone."""
    spans = [{"start": 49, "end": 53, "text": "Aden"}, {"start": 38, "end": 53}, {"start": 0, "end": 6}]
    put("news.jsonl", [{"id": "a", "text": TEXT, "toponyms": spans}])

    assert read_path(Path("news.jsonl"), given_spans=True)[0].given == (Span(0, 6), Span(38, 53), Span(49, 53))
    assert read_path(Path("news.jsonl"))[0].given is None


@pytest.mark.parametrize(
    ("toponyms", "says"),
    [
        (None, 'no list "toponyms"'),
        ([{"start": 0, "end": 99}], "the span [0, 99) does not lie in a text of 4 characters"),
        ([{"start": 2, "end": 2}], "the span [2, 2) does not lie"),
        ([{"start": True, "end": 2}], "the span [true, 2) does not lie"),
        (["Aden"], "the span [null, null) does not lie"),
        ([{"start": -1, "end": 2}], "the span [-1, 2) does not lie"),
        ([{"start": 1, "end": 3}, {"start": 1, "end": 3}], "the span [1, 3) is there twice"),
        (
            [{"start": 2, "end": 4}, {"start": 0, "end": 3}],
            "the spans [0, 3) and [2, 4) overlap, and neither lies in the other",
        ),
    ],
)
def test_spans_that_do_not_fit_are_refused(toponyms, says):
    """A wrong offset would pin another word."""
    put("news.jsonl", [{"id": "a", "text": "Aden", "toponyms": toponyms}])

    (problem,) = read_inputs(["news.jsonl"], given_spans=True).problems

    assert says in str(problem)


def test_plain_text_brings_no_spans():
    """The switch is for JSONL only."""
    assert problems(read_inputs([put("a.txt")], given_spans=True)) == [
        'a.txt: plain text brings no spans. Give JSONL with "toponyms", or leave out --given-spans'
    ]


def test_documents_are_read_one_by_one():
    """The first document is there before the second line is looked at."""
    put("news.jsonl", [{"id": "a", "text": "One."}, "not JSON"])
    met = []

    documents = iter_documents(["news.jsonl"], on_problem=met.append)

    assert (next(documents).id, met) == ("a", [])
    assert (list(documents), len(met)) == ([], 1)


def test_a_document_can_be_made_from_a_text():
    """The public way: the zones are those of the text and its title."""
    document = document_from_text(f"Harbour shut\n\n{TEXT}", id="a", title="Harbour shut")

    assert [zone.kind for zone in document.zones] == [ZoneKind.HEADLINE, ZoneKind.BODY]


def test_every_format_named_is_read():
    """The hint and the registry agree."""
    assert set(reading.FORMATS) == {"", ".txt", ".md", ".jsonl"}
