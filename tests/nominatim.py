"""A server on this machine that plays Nominatim, in good and in bad moods."""

import json
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

LICENCE = "Data © OpenStreetMap contributors, ODbL 1.0. http://osm.org/copyright"


def place(name="Kafr Upper", *, lat="33.2800", lon="35.5600", number=101, **fields):
    """Return a place as Nominatim tells it."""
    return {
        "place_id": 1, "licence": LICENCE, "osm_type": "relation", "osm_id": number, "lat": lat, "lon": lon,
        "class": "place", "type": "village", "place_rank": 19, "importance": 0.3, "addresstype": "village",
        "name": name, "display_name": f"{name}, Nabatieh Governorate, Lebanon",
        "address": {"village": name, "state": "Nabatieh Governorate", "country": "Lebanon", "country_code": "lb"},
        "boundingbox": ["33.27", "33.29", "35.55", "35.57"],
    } | fields  # fmt: skip


class Mood:
    """What the server does with a request: by default it says it knows no such place."""

    def __init__(self, *, status=200, body=b"[]", headers=(), claim=0, delay_s=0.0, drip_s=0.0, header_drip_s=0.0):
        self.status, self.headers, self.claim = status, dict(headers), claim
        self.body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.delay_s, self.drip_s, self.header_drip_s = delay_s, drip_s, header_drip_s


KNOWS_NOTHING = Mood()


class Nominatim(ThreadingHTTPServer):
    """`moods` are spent one a request, the last stays; `asked` are the requests as (path, query, headers)."""

    daemon_threads = True

    def __init__(self, *moods):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.moods, self.asked = list(moods) or [KNOWS_NOTHING], []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def names(self):
        """Return the names asked for, with their country, in order."""
        return [(query["q"], query.get("countrycodes", "")) for _, query, _ in self.asked]

    def handle_error(self, *_):
        """Whoever hung up had enough of us."""


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.server.asked.append((parts.path, query, dict(self.headers)))
        moods = self.server.moods
        mood = moods.pop(0) if len(moods) > 1 else moods[0]
        mood = mood(query) if callable(mood) else mood
        time.sleep(mood.delay_s)
        self.send_response(mood.status)
        if mood.header_drip_s:
            self.flush_headers()
            for letter in b"X-Slow: " + b"x" * 100 + b"\r\n":
                self.wfile.write(bytes([letter]))
                time.sleep(mood.header_drip_s)
        for name, value in mood.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(mood.body) + mood.claim))
        self.end_headers()
        for start in range(0, len(mood.body), 1 if mood.drip_s else len(mood.body)):
            self.wfile.write(mood.body[start : start + (1 if mood.drip_s else len(mood.body))])
            time.sleep(mood.drip_s)

    def log_message(self, *_):
        """Be quiet."""


@contextmanager
def playing(*moods):
    """Run a server that goes through its moods."""
    with Nominatim(*moods) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
