"""Ask every service of the running stack for a sign of life."""

import requests
from websockets.sync.client import connect

API, ASR = "http://localhost:8000", "http://localhost:8804"

assert requests.get(f"{API}/health").ok
assert requests.get(f"{ASR}/health").ok
with connect("ws://localhost:8804/stream/probe") as session:
    session.send(b"")
    assert session.recv()
