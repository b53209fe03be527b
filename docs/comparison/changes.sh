# usage: changes.sh HEALTHY — six copies of the healthy compose-stack in the current directory, each with one change.
set -eu
old=bWFkZS11cC1mb3ItdGhlLWRlbW8tb2xkLXNlY3JldA
for name in override environment asset probe renamed moved; do cp -r "$1" "$name"; done

# Somebody starts one worker to debug, in a file that compose merges by itself.
printf 'services:\n  api:\n    command: gunicorn -c gunicorn.conf.py --workers 1 main:app\n' \
    > override/docker-compose.override.yml

# The old secret comes back in a place that wins over .env.
sed -i "s/^      - SPEECH_MODEL=.*/&\n      - LIVEKIT_API_SECRET=$old/" environment/docker-compose.yml

# The app takes its address from an env file that it bundles.
sed -i 's/^dependencies:/flutter:\n  assets: [.env]\ndependencies:\n  flutter_dotenv: any/' asset/app/pubspec.yaml
echo 'API_URL=http://localhost:8000' > asset/app/.env
sed -i "s#static const String api = .*#static final String api = dotenv.env['API_URL'] ?? 'http://\$host:8000';#" \
    asset/app/lib/config/backend.dart

# The path of the WebSocket stands in a constant.
printf 'import requests\n\nASR = "http://localhost:8804"\nSTREAM = "/stream/probe"\nrequests.post(ASR + STREAM)\n' \
    > probe/tools/probe.py

# The client signs under another key name; the secret is the same.
sed -i 's/APIdemo/APIrooms/' renamed/.env

# Healthy: the flag is removed, and gunicorn.conf.py says 3 as before.
sed -i 's/ --workers 3//' moved/docker-compose.yml
