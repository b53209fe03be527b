"""A repository in which a canary stands in every place that a format has, each beside something that is found.

None of them has a name or a shape that says that it is a secret: only the place is known.
"""

from canaries import Canaries


def compose(new: Canaries) -> str:
    return f"""\
x-note: {new()}
x-listed: [&anchor {new()}, *anchor]
services:
  gate:
    build: ./gate
    command: gunicorn -b 0.0.0.0:9200 --workers 1 --join {new()} -x{new()} --note={new()} gate:app {new()}
    entrypoint: ["env", "NOTE={new()}", "sh", "-c", "exec \\"$@\\" {new()}", "{new()}"]
    environment: {{A_URL: "http://nobody:1/{new()}?x={new()}#{new()}", NOTE: "{new()}", OTHER: {new()}}}
    labels: {{note: {new()}, "traefik.x.basicauth.users": "admin:{new()}",
      "traefik.http.services.{new()}.loadbalancer.server.port": 9}}
    extra_hosts: ["{new()}:127.0.0.1"]
    ports: ["9200:9201"]   # {new()}
    healthcheck:
      test: ["CMD", "curl", "-s", "-u", "user:{new()}", "-H", "X-Note: {new()}", "-d", "pw={new()}", "http://localhost:1/"]
  line:
    image: registry.example/line:1
    labels: ["note={new()}", "basicauth.users=admin:{new()}"]
    environment: [B_URL=http://nothing:2, NOTE={new()}, {new()}]
    command: >-
      worker {new()}
      --api http://nowhere:3 --pin {new()}
    healthcheck:
      test: "mysqladmin -p{new()} ping && curl -su elastic:{new()} -H 'Cookie: a={new()}' http://localhost:2/x {new()}"
  block:
    image: registry.example/block:1
    ports: ["9200:1"]  # was {new()}
    command: |
      redis-cli -a {new()} ping; mongosh -p {new()} --eval '{new()}'
      NOTE={new()} curl http://user:{new()}@localhost:4/{new()}
    environment:
      C_URL: http://nobody:3  # {new()}
      BODY: |
        note: {new()}
        url: http://nobody:4/{new()}
        {new()}
  livekit:
    image: livekit/livekit-server:v1
    environment:
      LIVEKIT_CONFIG: "{{port: 7880, note: {new()}, webhook: {{api_key: nobody, urls: ['http://apx:1/{new()}']}},\
        keys: {{devkey: {new()}}}}}"
      LIVEKIT_KEYS: "{new()}: {new()}"
  store:
    image: postgres:16
    environment: {{POSTGRES_USER: "{new()}", POSTGRES_PASSWORD: "{new()}", POSTGRES_DB: "{new()}"}}
  asks:
    image: registry.example/asks:1
    environment:
      DATABASE_URL: postgresql://{new()}:{new()}@store/{new()}
      DB_HOST: store
      DB_USER: {new()}
      DB_PASSWORD: {new()}
      DB_NAME: {new()}
      CACHE_URL: redis://:{new()}@memory/{new()}
  memory:
    image: redis:7
    command: redis-server --requirepass {new()}
  front:
    image: nginx:1.27
    volumes: ["./site.conf:/etc/nginx/conf.d/default.conf:ro", "./Caddyfile:/x/{new()}"]
  side:
    image: caddy:2
    volumes: ["./Caddyfile:/etc/caddy/Caddyfile:ro"]
"""


def files(new: Canaries) -> dict[str, str | bytes]:
    exchanged, secret = new(), new()
    return {
        "docker-compose.yml": compose(new),
        "gate/Dockerfile": f"""\
FROM python:3.12 AS base
# {new()}
ENV NOTE={new()} OTHER="{new()}"
ARG X={new()}
LABEL note={new()}
HEALTHCHECK CMD curl -u a:{new()} http://localhost:5/{new()} {new()}
EXPOSE 1
COPY . .
CMD ["gunicorn", "--note", "{new()}", "gate:app"]
""",
        "gate/gate.py": f"""\
import os, requests
from fastapi import FastAPI
app = FastAPI()
client = Client("{new()}", http(b"{new()}"), note=f"{new()} {{app}}"); requests.get("http://line:9/{new()}")  # {new()}
requests.get("http://line:8/x", auth=("u", "{new()}"), headers={{"X": "{new()}"}})  # {new()}
URL = os.getenv("GATE_URL", "http://nobody:7/x") or r'{new()}'
""",
        "gate/gunicorn.conf.py": f"workers = 3; note = '{new()}'  # {new()}\n",
        ".env": f"""\
NOTE={new()} # {new()}
OPEN_URL=http://nobody:1/{new()} # {new()}
TWICE={secret}
TWICE=other # {new()}
LIVEKIT_API_KEY={exchanged}
LIVEKIT_API_SECRET=devkey
{new()}
""",
        ".env.example": f"NOTE=\nTWICE=\nMISSING={new()}  # {new()}\n",
        "site.conf": f"""\
map $uri ${new()} {{ {new()} {new()}; }}
upstream {new()} {{ server nobody:1 {new()}; }} # {new()}
server {{
    listen 9300; server_name {new()}; set $note {new()};
    location /{new()} {{ proxy_set_header X {new()}; proxy_pass http://nobody:3/{new()}?x={new()}; {new()} 1; }}
}}
""",
        "Caddyfile": f"""\
{new()}.example {{
    basicauth {{ a {new()} }}  # {new()}
    reverse_proxy /{new()} nobody:5 {{ header_up X "{new()}" }}
    reverse_proxy @{new()} http://nobody:6
}}
""",
        "livekit.yaml": f"""\
port: 7880
note: {new()}
{new()}: 1
keys: {{devkey: {new()}, {new()}: {new()}}}  # {new()}
webhook: {{api_key: nobody, urls: ["http://api:1/{new()}"], note: {new()}}}
redis: {{address: "nowhere:6379", username: {new()}}}
""",
        "odd/livekit.yaml": f"port: 7880\nrtc: {{}}\nKeys: {{devkey: {new()}}}\napi_secret: {new()}\n",
        "lib/config.dart": f"""\
class Config {{
  static const base = 'http://localhost:8000/x'; static const note = '{new()}'; // {new()}
  final call = http.post(Uri.parse('http://127.0.0.1:9999/x'), headers: {{'X-Note': '{new()}'}}, body: r'{new()}');
  final uri = Uri(scheme: 'http', userInfo: 'a:{new()}', host: 'localhost', port: 8000);
  final record = ('{new()}', host: 'http://localhost:7', list: ['{new()}', "{new()}"]);
  final joined = 'http://localhost:8000/${{'{new()}'}}' '{new()}'; /* {new()} */
}}
""",
        "pubspec.yaml": f"name: app\ndescription: {new()}\ndependencies: {{flutter: {{sdk: flutter}}}}\n",
        "app.json": f'{{"note": "{new()}", "url": "http://nobody:1", "list": ["{new()}"]}}\n',
        ".configlint.yaml": "workers: {default: 3}\nmobile: {host: 10.1.2.3}\n",
    }  # fmt: skip


ASKED = ("gate.command", "line.command", "block.command", "gate.workers", "9200", "http://nobody:1",
         "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET", "LIVEKIT_KEYS", "livekit.LIVEKIT_CONFIG")  # fmt: skip
"""What `why` is asked for: nothing that is a canary itself."""
