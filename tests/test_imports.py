"""What an import costs, measured in what it loads; and what an installation adds to site-packages."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# Runs a statement, then prints the top-level packages it loaded that are neither Python's nor ours.
LOADED = """
import json, sys
before = set(sys.modules)
try:
    {statement}
except SystemExit:
    pass
after = {{name.split(".")[0] for name in set(sys.modules) - before}}
print(json.dumps(sorted(after - set(sys.stdlib_module_names) - {{"geomap"}})))
"""

# Modules that build classes upon a library; they are themselves imported inside functions.
_TRAINING = ("batching", "encoder", "export", "graph", "learning", "training")
BUILT_UPON = ("geomap.output.host", *(f"geomap.recognise.best_training.{name}" for name in _TRAINING))
EVERY_MODULE = (
    "import geomap, importlib, pkgutil; "
    "[importlib.import_module(found.name) for found in pkgutil.walk_packages(geomap.__path__, 'geomap.')"
    f" if found.name not in {BUILT_UPON} and not found.name.endswith('__main__')]"
)
# colorama: how click colours on Windows.
CLICK = {"click", "colorama"}


def loaded_by(statement):
    program = LOADED.format(statement=statement)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    ("statement", "allowed"),
    [
        pytest.param("import geomap", set(), id="the package"),
        pytest.param("import geomap.model, geomap.errors, geomap.words, geomap.read", set(), id="the values"),
        pytest.param("from geomap.cli import main; main(['--help'])", CLICK, id="geomap --help"),
        pytest.param("from geomap.cli import main; main(['map', '--help'])", CLICK, id="geomap map --help"),
        pytest.param(EVERY_MODULE, CLICK, id="every module"),
    ],
)
def test_an_import_loads_no_heavy_library(statement, allowed):
    """Folium, spaCy, shapely and the others are loaded when they are used, not before."""
    assert loaded_by(statement) <= allowed


def test_an_installation_adds_one_package():
    """The wheel holds `geomap` and no other top-level name, and it takes no file from elsewhere."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]

    assert wheel["packages"] == ["geomap"]
    assert not {"force-include", "shared-data", "shared-scripts", "sources", "include"} & set(wheel)
    assert project["project"]["scripts"] == {"geomap": "geomap.cli:main"}
