from fastapi import APIRouter, FastAPI, WebSocket

app = FastAPI()
streaming = APIRouter(prefix="/streaming")


@app.get("/health")
async def health() -> dict[str, bool]:
    return {"ok": True}


@streaming.get("/languages")
async def languages() -> list[str]:
    return ["en", "fr"]


@streaming.websocket("/session/{room}")
async def session(websocket: WebSocket, room: str) -> None:
    await websocket.accept()
    async for chunk in websocket.iter_bytes():
        await websocket.send_json({"room": room, "bytes": len(chunk)})


app.include_router(streaming)
