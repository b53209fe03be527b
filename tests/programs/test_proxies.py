"""To whom proxies pass on what they are asked, and where they listen."""

import pytest
from one_service import MAIN, pulled, started

SITE = "/etc/nginx/conf.d/default.conf"


def mounted(image: str, path: str, content: str, more: str = "", **files: str) -> dict[str, str]:
    """A service `a` of an image that is pulled, with a file at a path of its container."""
    text = f"services:\n  a:\n    image: {image}\n    volumes: ['./site.conf:{path}:ro']\n{more}"
    return {MAIN: text, "site.conf": content, **files}


def calls(files: dict[str, str]) -> list[str]:
    """`name host:port` of each address, `?` for what is not known."""
    return [
        f"{one.name} {one.parts.host.value or '?'}:{one.parts.port.value or '?'}"
        for each in started(files)
        for one in each.calls
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("server { location / { proxy_pass http://api:8000; } }", ["proxy_pass api:8000"]),
        ("server { location / { proxy_pass http://api:8000/v1/; } }", ["proxy_pass api:8000"]),
        ("server { location / { proxy_pass http://api; } }", ["proxy_pass api:80"]),
        ("server { location / { proxy_pass https://api$request_uri; } }", ["proxy_pass ?:443"]),
        ("server { location / { proxy_pass http://api/$request_uri; } }", ["proxy_pass api:80"]),
        ("server { location / { proxy_pass http://unix:/run/a.sock:/; } }", []),
        ("server { # proxy_pass http://api:8000;\n }", []),
        ("upstream back { server api:8000; server two; server three:1 down; }\nserver { proxy_pass http://back/; }",
         ["upstream back api:8000", "upstream back two:80"]),
        ("server { set $up http://api:8000; location / { proxy_pass $up/x; } }", ["proxy_pass api:8000"]),
        ("server { set $h api; location / { proxy_pass http://$h:8000; } }", ["proxy_pass api:8000"]),
        ("server { set $h a; if ($x) { set $h b; } proxy_pass http://$h:8000; }", ["proxy_pass ?:8000"]),
        ("server { location / { fastcgi_pass php:9000; } }", ["fastcgi_pass php:9000"]),
        ("server { location / { fastcgi_pass unix:/run/php.sock; } }", []),
        ("server { location / { grpc_pass grpc://api:50051; } }", ["grpc_pass api:50051"]),
        ("include /etc/nginx/more/*.conf;\nserver { proxy_pass http://back:1; }", ["proxy_pass ?:1"]),
        ("server { include /etc/nginx/more/*.conf; proxy_pass http://back:1; }", ["proxy_pass back:1"]),
        ("server {", []),
    ],
)  # fmt: skip
def test_nginx_passes_on(content: str, expected: list[str]) -> None:
    assert calls(mounted("nginx:1.27", SITE, content)) == expected


def test_a_path_of_nginx_is_no_part_of_what_is_called() -> None:
    (one,) = started(mounted("nginx", SITE, "server { proxy_pass http://api:1/x?token=abc; }"))[0].calls
    assert one.text.raw == "http://api:1"


TEMPLATE = "/etc/nginx/templates/default.conf.template"
ENVIRONMENT = "    environment: {HOST: api, PORT: 8001}\n"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("server { proxy_pass http://${HOST}:${PORT}; }", ["proxy_pass api:8001"]),
        ("server { proxy_pass http://$HOST:$PORT/$uri; }", ["proxy_pass api:8001"]),
        ("server { proxy_pass http://${OTHER}:${PORT}; }", ["proxy_pass ?:8001"]),
        ("server { proxy_pass http://$host:${PORT}; }", ["proxy_pass ?:8001"]),
    ],
)
def test_the_image_fills_templates_with_what_is_set(content: str, expected: list[str]) -> None:
    assert calls(mounted("nginx", TEMPLATE, content, ENVIRONMENT)) == expected


def test_a_template_elsewhere_or_of_another_ending_is_not_taken() -> None:
    content = "server { proxy_pass http://api:1; }"
    assert calls(mounted("nginx", "/etc/nginx/templates/default.conf", content)) == []
    moved = "    environment: {NGINX_ENVSUBST_TEMPLATE_DIR: /x}\n"
    assert calls(mounted("nginx", TEMPLATE, content, moved)) == []


def test_the_main_file_decides_what_is_included() -> None:
    main = "http { include conf.d/*.conf; server { proxy_pass http://b:1; } }"
    volumes = "['./main:/etc/nginx/nginx.conf', './sites:/etc/nginx/conf.d']"
    text = f"services:\n  a:\n    image: nginx\n    volumes: {volumes}\n"
    site = {"sites/a.conf": "server { proxy_pass http://a:1; }", "sites/b.txt": "server { proxy_pass http://c:1; }"}
    assert calls({MAIN: text, "main": main, **site}) == ["proxy_pass a:1", "proxy_pass b:1"]
    assert calls({MAIN: text, "main": "http { server { proxy_pass http://b:1; } }", **site}) == ["proxy_pass b:1"]


def test_files_that_include_each_other_come_to_an_end() -> None:
    assert calls(mounted("nginx", SITE, "include conf.d/*.conf; server { proxy_pass http://a:1; }"))


def test_an_image_that_is_built_on_nginx_has_the_files_that_are_copied() -> None:
    files = {
        MAIN: "services:\n  a:\n    build: .\n",
        "Dockerfile": "FROM nginx:alpine\nCOPY site.conf /etc/nginx/conf.d/default.conf\n",
        "site.conf": "server { listen 8080; proxy_pass http://api:8000; }",
    }
    assert calls(files) == ["proxy_pass api:8000"]
    other = {**files, "Dockerfile": files["Dockerfile"] + 'CMD ["python", "a.py"]\n'}
    assert calls(other) == []


@pytest.mark.parametrize(
    ("path", "content", "expected"),
    [
        (SITE, "server { listen 8080; }", ["8080"]),
        (SITE, "server { listen 8080; listen [::]:8081; listen unix:/a; }", ["8080", "8081"]),
        (SITE, "server { }", ["80"]),
        ("/etc/nginx/conf.d/other.conf", "server { listen 8080; }", ["8080", "80"]),
        (SITE, "# listen 81;\nserver { listen 127.0.0.1; }", ["80"]),
        (TEMPLATE, "server { listen ${PORT}; }", ["8001"]),
        (TEMPLATE, "server { listen ${NONE}; }", ["?"]),
    ],
)
def test_nginx_listens(path: str, content: str, expected: list[str]) -> None:
    (program,) = started(mounted("nginx", path, content, ENVIRONMENT))
    assert [str(one.port.value or "?") for one in program.listens] == expected


def test_the_unprivileged_image_has_a_port_of_its_own() -> None:
    (program,) = started(pulled("nginxinc/nginx-unprivileged"))
    assert [str(one.port.value) for one in program.listens] == ["8080"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (":80 {\n reverse_proxy api:8000\n}\n", ["reverse_proxy api:8000"]),
        ("a.b\nreverse_proxy /x/* http://api:8000 two\n", ["reverse_proxy api:8000", "reverse_proxy two:80"]),
        ("reverse_proxy @m :9000\n", ["reverse_proxy localhost:9000"]),
        ("reverse_proxy /x {\n to api:1 https://b\n lb_policy first\n}\n",
         ["reverse_proxy api:1", "reverse_proxy b:443"]),
        ("reverse_proxy {$HOST}:{$PORT:1}\n", ["reverse_proxy api:8001"]),
        ("reverse_proxy {env.HOST}:1 {args[0]} unix//run/a.sock srv+http://a\n", []),
        ("php_fastcgi php:9000\n", ["php_fastcgi php:9000"]),
        ("# reverse_proxy api:1\n", []),
    ],
)  # fmt: skip
def test_caddy_passes_on(content: str, expected: list[str]) -> None:
    assert calls(mounted("caddy:2", "/etc/caddy/Caddyfile", content, ENVIRONMENT)) == expected
