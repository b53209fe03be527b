import os

from fastapi import FastAPI, WebSocket

app = FastAPI()
SECRET = os.environ["LIVEKIT_API_SECRET"]


@app.websocket("/stream/{session}")
async def stream(websocket: WebSocket, session: str) -> None: ...


@app.get("/health")
async def health() -> dict[str, bool]:
    return {"ok": True}
