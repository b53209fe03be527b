import websockets

BASE = "localhost:8000"
websockets.connect(f"ws://{BASE}/stream/one")
