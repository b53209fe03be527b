import os

import httpx
from fastapi import FastAPI
from livekit import api

ASR_URL = os.getenv("ASR_URL", "http://asr:8004")
SPEECH_MODEL = os.getenv("SPEECH_MODEL", "small")

app = FastAPI()


@app.get("/health")
async def health() -> dict[str, bool]:
    return {"ok": True}


@app.post("/rooms/{room}/token")
async def token(room: str, identity: str) -> dict[str, str]:
    signed = api.AccessToken(os.environ["LIVEKIT_API_KEY"], os.environ["LIVEKIT_API_SECRET"])
    return {"url": os.environ["LIVEKIT_URL"], "token": signed.with_identity(identity).to_jwt()}


@app.get("/models")
async def models() -> dict[str, str]:
    async with httpx.AsyncClient() as client:
        await client.get(f"{ASR_URL}/health")
    return {"speech": SPEECH_MODEL}
