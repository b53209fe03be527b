old=$(sed -n 's/.*{LIVEKIT_API_SECRET:-\([^}]*\)}.*/\1/p' docker-compose.yml)
new=$(sed -n 's/.*LIVEKIT_KEYS: "APIdemo: \([^"]*\)".*/\1/p' docker-compose.yml)
[ "$old" = "$new" ] || echo "docker-compose.yml: LIVEKIT_API_SECRET is not the server's secret"
grep -q '^CMD .*"--workers", "3"' api/Dockerfile || echo "api/Dockerfile: not three workers"
grep -rnE "^[^/]*['\"][^'\"]*(localhost|127\.0\.0\.1|0\.0\.0\.0)" app/lib
grep -rnE 'requests\.[a-z]+\(.*/stream/' tools
