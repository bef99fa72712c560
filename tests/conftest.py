"""What every test shares: no network, and no layers of whoever runs the tests."""

import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from geomap.cli import main

# Servers that a test starts itself, to play an online service.
_OWN_MACHINE = {"127.0.0.1", "::1"}


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Geomap promises to work offline: a test that dials out fails, it is not skipped."""
    connect = socket.socket.connect

    def refuse(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and address[0] in _OWN_MACHINE and getattr(socket, "loopback_allowed", False):
            return connect(self, address)
        return pytest.fail("geomap tried to reach the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture
def loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test talk to a server of its own on this machine, and to nothing else."""
    monkeypatch.setattr(socket, "loopback_allowed", True, raising=False)
    # A proxy of whoever runs the tests is none of their business.
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A test sees no layers, installed gazetteers or remembered answers but its own."""
    monkeypatch.setenv("GEOMAP_HOME", str(tmp_path_factory.mktemp("home")))


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Run geomap in a folder of its own; stdout and stderr apart."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments, stdin=None):
        return CliRunner().invoke(main, list(arguments), input=stdin, catch_exceptions=False)

    return run
