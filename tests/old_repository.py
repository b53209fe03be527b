"""A made-up repository of some age: three stacks and an app, and forty mistakes that nobody has told anybody about."""

SECRETS = (
    "c2FtcGxlLW9ubHktbm90LWEtcmVhbC1zZWNyZXQ",
    "made-up-Q7xk29vTn4-of-the-old-server",
    "bm90LWEtcmVhbC1zZWNyZXQtZWl0aGVy",
    "Hq7-made-up-8123",
)

IGNORED = "shop/.env\n*.log\n"

FILES = {
    ".gitignore": IGNORED,
    "README.md": "# the shop\n",
    "shop/docker-compose.yml": """\
services:
  api:
    build: ./api
    command: gunicorn --workers 1 --bind 0.0.0.0:8000 app:app
    env_file: .env
    environment:
      - ASR_URL=http://asr-service:8000
      - TTS_URL=http://localhost:5002
      - SEARCH_URL=http://search:9201
      - REDIS_URL=redis://localhost:6379/0
      - WEB_CONCURRENCY=4
      - STT_SERVICE_URL=http://search:9200
    ports: ["8000:8000"]
    healthcheck:
      test: curl -f http://localhost:8080/health || exit 1
  search:
    image: registry.example/search:${SEARCH_TAG}
    command: gunicorn --bind 0.0.0.0:9200 search:app
    ports: ["9201:9200"]
  redis: {image: "redis:7"}
  admin:
    image: registry.example/admin:1
    ports: ["8000:80"]
    volumes: ["./nginx.conf:/etc/nginx/nginx.conf:ro"]
""",
    "shop/api/Dockerfile": "FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\n",
    "shop/api/app.py": """\
import os
from dotenv import load_dotenv

load_dotenv()
stt = os.getenv("STT_MODEL_URL", "http://search:9200")
""",
    "shop/.env": f"""\
LIVEKIT_API_KEY=devkey
LIVEKIT_API_SECRET={SECRETS[1]}
DB_PASSWORD=changeme
GREETING=pa$word
PORT=8000
PORT=8001
# configlint: ignore[rtc-ports] for the old server
DEBUG=0
""",
    "shop/.env.example": "LIVEKIT_API_KEY=\nLIVEKIT_API_SECRET=\nDB_PASSWORD=\nPORT=\nHOST=\n",
    "shop/livekit.yaml": f"port: 7880\nkeys:\n  devkey: {SECRETS[0]}\nws_url: ws://localhost:7880\n",
    "media/docker-compose.yml": """\
services:
  livekit:
    image: livekit/livekit-server:v1.9
    command: --config /livekit.yaml
    volumes: ["./livekit.yaml:/livekit.yaml:ro"]
    ports:
      - "7880:7880"
      - "40000-40100:40000-40100/udp"
  recorder:
    image: registry.example/recorder:${RECORDER_TAG}
    env_file: recorder.env
    environment:
      STORE_URL: http://store:9000
      QUEUE_URL: http://localhost:5672
      CACHE_URL: redis://cache:6379/0
    ports: ["7880:80"]
""",
    "media/.env.example": "MODEL=small\n",
    "media/livekit.yaml": f"""\
rtc: {{port_range_start: 50000, port_range_end: 50100}}
keys: {{prodkey: {SECRETS[3]}}}
webhook:
  urls: ["https://api.acme.dev/hook"]
  api_key: otherkey
log_levels: info
""",
    "asr/docker-compose.yml": """\
services:
  asr:
    build: ./server
    command: uvicorn main:app --host 0.0.0.0 --port 8006
    ports: ["8806:8006"]
    environment:
      MODEL_URL: http://models:9000
      WEB_CONCURRENCY: ${WORKERS}
    healthcheck: {test: "curl -f http://localhost:8006/healthz"}
""",
    "asr/.env.example": "MODEL=small\n",
    "asr/server/Dockerfile": "FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\n",
    "asr/server/main.py": """\
from fastapi import FastAPI, WebSocket
app = FastAPI()

@app.get("/health")
async def health(): ...

@app.websocket("/sessions/{name}")
async def session(websocket: WebSocket, name: str): ...
""",
    "asr/tools/probe.py": """\
import requests, websockets

BASE = "http://localhost:8806"
requests.post(f"{BASE}/sessions/one")
requests.get(f"{BASE}/status")
websockets.connect("ws://localhost:8806/health")
""",
    "app/pubspec.yaml": """\
name: app
dependencies: {flutter: {sdk: flutter}, flutter_dotenv: any}
flutter:
  assets: [assets/.env]
""",
    "app/assets/.env": "API_URL=https://api.acme.dev\n",
    "app/lib/main.dart": """\
import 'package:flutter_dotenv/flutter_dotenv.dart';
Future<void> main() async {
  await dotenv.load(fileName: '.env');
}
""",
    "app/lib/constants.dart": """\
class Config {
  static const String api = 'http://localhost:8000/v1';
  static const String live = "ws://0.0.0.0:7880";
  static const String emulator = 'http://10.0.2.2:8000';
  static const String asr = 'ws://192.168.1.20:8006/sessions/one';
  static const String liveUrl = 'wss://live.acme.dev:8780';
}
""",
    "app/lib/network.dart": f"""\
class Network {{
  static const String liveUrl = 'wss://live.acme.dev:7880';
}}
final secret = dotenv.env['API_SECRET'] ?? '{SECRETS[2]}';
""",
}
