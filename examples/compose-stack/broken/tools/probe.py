"""Ask every service of the running stack for a sign of life."""

import requests

API, ASR = "http://localhost:8000", "http://localhost:8804"

assert requests.get(f"{API}/health").ok
assert requests.get(f"{ASR}/health").ok
assert requests.post(f"{ASR}/stream/probe").ok
