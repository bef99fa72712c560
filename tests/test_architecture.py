"""The layers of the package, as a table that the imports must keep to."""

import ast
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "geomap"

# What each part may import from geomap.  A part is a module or a folder of `geomap/`.
LAYERS = {
    "model": set(),
    "errors": set(),
    "words": {"model"},
    "geo": {"model"},
    "read": {"model", "errors", "words"},
    "borders": {"model", "errors", "geo"},
    "areas": {"model", "geo", "borders"},
    "gazetteer": {"model", "errors", "words", "geo"},
    "recognise": {"model", "errors", "words", "gazetteer"},
    "resolve": {"model", "words", "geo", "gazetteer"},
    "link": {"model", "errors", "words"},
    "focus": {"model"},
    "atlas": {"model", "words", "areas", "recognise", "resolve", "focus"},
    "output": {"model", "geo", "areas"},
    "decisions": {"model", "errors", "words", "gazetteer"},
    "pipeline": {
        "model",
        "errors",
        "words",
        "geo",
        "read",
        "gazetteer",
        "recognise",
        "resolve",
        "areas",
        "link",
        "focus",
        "atlas",
        "decisions",
    },
    "explain": {"model", "words", "geo", "gazetteer", "recognise", "resolve", "areas", "pipeline"},
    "evaluate": {"model", "errors", "words", "read", "gazetteer", "output", "pipeline"},
    "unknown": {"model", "words", "geo", "gazetteer"},
}
# The command line may use everything, and the package itself offers names of everything, lazily.
ABOVE_ALL = {"cli", "__init__", "__main__"}
# Each library has its door: the parts that may use it, so that it can be replaced there.
LIBRARIES = {
    "branca": {"output"},
    "click": {"cli"},
    "filelock": {"gazetteer"},
    "folium": {"output"},
    "geopy": {"geo", "gazetteer"},  # distances in the one, geocoders in the other
    "marisa_trie": {"gazetteer"},
    "numpy": {"recognise", "resolve"},
    "onnx": {"recognise"},
    "onnxruntime": {"recognise"},
    "platformdirs": {"gazetteer"},
    "pycrfsuite": {"recognise"},
    "rapidfuzz": {"gazetteer"},
    "safetensors": {"recognise"},
    "shapely": {"geo", "borders", "gazetteer"},  # the gazetteer uses it to build and to check, not to look up
    "spacy": {"link"},
    "torch": {"recognise"},
}
# Importing geomap must be cheap: a library is imported inside the functions that use it.  Whoever
# must build classes upon one does so in a module of its own, which others import inside functions.
BUILT_UPON = {
    "output/host.py": {"folium", "branca"},
    **{f"recognise/best_training/{name}.py": {"torch"} for name in ("batching", "encoder", "learning", "training")},
    "recognise/best_training/export.py": {"numpy", "onnx", "torch"},
    "recognise/best_training/graph.py": {"numpy", "onnx"},
}


def sources():
    return sorted(PACKAGE.rglob("*.py"))


def name(path):
    return path.relative_to(PACKAGE).as_posix()


def part_of(path):
    """Return the layer a file belongs to."""
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def is_later(node):
    """Say whether what stands in a node is not run by an import: a function, or what only mypy reads."""
    if isinstance(node, ast.If):
        return isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


def imports(path, *, at_once=False):
    """Yield the modules a file imports, or only those it imports when it is itself imported."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    later = {inner for node in ast.walk(tree) if is_later(node) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if at_once and node in later:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: write the whole name of what is imported"
            # `from geomap import errors` imports a part of geomap.
            yield from (f"geomap.{alias.name}" for alias in node.names) if node.module == "geomap" else [node.module]


@pytest.mark.parametrize("path", sources(), ids=name)
def test_a_module_imports_only_what_lies_below_it(path):
    """The data flows one way, so each stage can be read, tested and replaced alone."""
    part = part_of(path)
    if part in ABOVE_ALL:
        return

    used = {name.split(".")[1] for name in imports(path) if name.startswith("geomap.")}

    assert used <= LAYERS[part] | {part}


def test_every_part_has_its_place_in_the_table():
    """A new part of the package is put in the table by whoever adds it."""
    assert {part_of(path) for path in sources()} <= set(LAYERS) | ABOVE_ALL


def test_the_table_has_no_circles():
    """Each part imports only parts that stand above it in the table."""
    seen = set()
    for part, allowed in LAYERS.items():
        assert allowed <= seen, part
        seen.add(part)


@pytest.mark.parametrize("path", sources(), ids=name)
def test_heavy_libraries_are_imported_where_they_are_used(path):
    """Nothing but the standard library, and click for the command line, is loaded by an import."""
    names = {name.split(".")[0] for name in imports(path, at_once=True)} - sys.stdlib_module_names - {"geomap"}
    allowed = {"click"} if part_of(path) in {"cli", "__main__"} else set()

    assert names <= allowed | BUILT_UPON.get(name(path), set())


@pytest.mark.parametrize("path", sources(), ids=name)
def test_a_library_is_used_behind_its_door(path):
    """A new library is put in the table by whoever brings it, with the part that hides it."""
    libraries = {name.split(".")[0] for name in imports(path)} - sys.stdlib_module_names - {"geomap"}

    assert [library for library in libraries if part_of(path) not in LIBRARIES.get(library, set())] == []


@pytest.mark.parametrize("path", sources(), ids=name)
def test_a_module_says_what_it_decides(path):
    """Every module begins with a docstring."""
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
