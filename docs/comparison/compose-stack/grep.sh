old=$(sed -n 's/^LIVEKIT_API_SECRET="\{0,1\}\([^" #]*\).*/\1/p' .env)
new=$(sed -n 's/^ *APIdemo: *//p' livekit/livekit.yaml)
[ "$old" = "$new" ] || echo ".env: LIVEKIT_API_SECRET is not the server's secret"
grep -q -- '--workers 3' docker-compose.yml || echo "docker-compose.yml: not three workers"
grep -rnE "^[^/]*['\"][^'\"]*(localhost|127\.0\.0\.1|0\.0\.0\.0)" app/lib
grep -rnE 'requests\.[a-z]+\(.*/stream/' tools
