"""What every test shares: no network."""

import socket

import pytest


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Geomap promises to work offline: a test that dials out fails, it is not skipped."""

    def refuse(*_: object) -> None:
        pytest.fail("geomap tried to reach the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
