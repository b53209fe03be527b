from fastapi import FastAPI, WebSocket

app = FastAPI()


@app.get("/health")
async def health() -> dict[str, bool]:
    return {"ok": True}


@app.websocket("/stream/{session}")
async def stream(websocket: WebSocket, session: str) -> None:
    await websocket.accept()
    async for chunk in websocket.iter_bytes():
        await websocket.send_json({"session": session, "bytes": len(chunk)})
