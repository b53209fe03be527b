import requests

BASE = "localhost:8000"
requests.post(f"http://{BASE}/stream/one")
