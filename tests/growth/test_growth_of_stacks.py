"""Four times as many stacks, services, files and values cost four times as many function calls, and no more."""

from collections.abc import Callable

import pytest
from counting import MOST, Files, counted, grows_in_proportion

from configlint.model.record import replace
from configlint.model.settings import DEFAULTS

KEYS = "keys:\n  devkey: made-up-and-long-enough-for-a-key-{}\n"


def compose(services: str) -> Files:
    return {"docker-compose.yml": f"services:\n{services}"}


def services(count: int, body: Callable[[int], str]) -> str:
    return "".join(f"  s{number}:\n    image: registry.example/s:1\n{body(number)}" for number in range(count))


def side_by_side(count: int) -> Files:
    """Small stacks, each with its own env file and server."""
    files: Files = {}
    for number in range(count):
        at = f"stack{number}"
        files |= {
            f"{at}/docker-compose.yml": "services:\n  livekit:\n    image: livekit/livekit-server\n"
            "    command: --config /livekit.yaml\n    volumes: [./livekit.yaml:/livekit.yaml]\n"
            "  api:\n    image: registry.example/api:1\n    env_file: .env\n",
            f"{at}/livekit.yaml": KEYS.format(number),
            f"{at}/.env": f"LIVEKIT_API_KEY=devkey\nLIVEKIT_API_SECRET=made-up-and-long-enough-for-a-key-{number}\n",
        }
    return files


def side_by_side_unmounted(count: int) -> Files:
    """Small stacks, each beside a LiveKit file that no service mounts."""
    files: Files = {}
    for number in range(count):
        files |= {
            f"stack{number}/docker-compose.yml": "services:\n  api:\n    image: registry.example/api:1\n"
            "    environment: {LIVEKIT_API_KEY: devkey, LIVEKIT_API_SECRET: made-up}\n",
            f"stack{number}/livekit.yaml": KEYS.format(number),
        }
    return files


def nearest_servers(count: int) -> Files:
    """Servers and clients without any stack, each pair in a directory of its own, deeper and deeper down."""
    files: Files = {}
    for number in range(count):
        at = "/".join(f"d{number // (8**depth) % 8}" for depth in range(4))
        files[f"{at}/n{number}/conf/livekit.yaml"] = KEYS.format(number)
        files[f"{at}/n{number}/.env"] = "LIVEKIT_API_KEY=devkey\nLIVEKIT_API_SECRET=made-up\n"
    return files


def calling_each_other(count: int) -> Files:
    return compose(
        services(
            count,
            lambda number: f"    expose: [8000]\n    environment: [NEXT_URL=http://s{(number + 1) % count}:8000/x]\n",
        )
    )


def calling_one(count: int) -> Files:
    return compose(services(count, lambda _: "    expose: [8000]\n    environment: [FIRST_URL=http://s0:8000/x]\n"))


def calling_ports_of_the_host(count: int) -> Files:
    return compose(
        services(
            count,
            lambda number: (
                f"    ports: ['{9000 + number}:8000']\n    environment:\n"
                f"      NEXT_URL: http://localhost:{9000 + number}/x\n"
                f"      OTHER_URL: http://192.168.1.7:{9000 + number}\n"
            ),
        )
    )


def stacks_with_many_urls(count: int) -> Files:
    """Stacks whose services call each other in several ways, and all publish the same ports."""
    urls = "".join(f"      URL{number}: http://s{number % 4}:8000\n" for number in range(8))
    body = services(4, lambda number: f"    ports: ['{8000 + number}:8000']\n    environment:\n{urls}")
    return {f"stack{number}/docker-compose.yml": f"services:\n{body}" for number in range(count)}


def env_files_in_one_directory(count: int) -> Files:
    files = {f".env.v{number}": f"A{number}=1\nB=2\n" for number in range(count)}
    return files | compose(services(count, lambda number: f"    env_file: .env.v{number}\n"))


def one_env_file_for_all(count: int) -> Files:
    return {".env": "A=1\nB=2\n"} | compose(services(count, lambda _: "    env_file: .env\n    environment: [C=$A]\n"))


def templates(count: int) -> Files:
    files: Files = {}
    for number in range(count):
        files |= {f".env.v{number}": f"A{number}=1\nB=2\n", f".env.v{number}.example": "A=1\nB=2\n"}
    return files


def names_of_a_template(count: int) -> Files:
    return {
        ".env": "".join(f"A{number}=1\n" for number in range(count)),
        ".env.example": "".join(f"A{number}=\nB{number}=\n" for number in range(count)),
    }


def equal_names(count: int) -> Files:
    """One name over and over, in an env file and in its template."""
    return {
        ".env": "".join(f"A={number}\n" for number in range(count)),
        ".env.example": "".join(f"A={number}\n" for number in range(count)),
    }


def undefined_references(count: int) -> Files:
    return {".env": "A=1\n"} | compose(services(count, lambda number: f"    environment: ['X=${{V{number}}}']\n"))


def suppressions(count: int) -> Files:
    lines = (
        f"      # configlint: ignore[service-host] as it is\n      - U{n}_URL=http://gone{n}:1\n" for n in range(count)
    )
    return compose("  api:\n    image: registry.example/s:1\n    environment:\n" + "".join(lines))


def findings_by_the_thousand(count: int) -> Files:
    lines = (f"      - U{n}_URL=http://gone{n}:1\n" for n in range(count))
    return compose("  api:\n    image: registry.example/s:1\n    environment:\n" + "".join(lines))


def overlays(count: int) -> Files:
    """Compose files for as many environments, over one base."""
    files = compose(services(3, lambda _: "    environment: [A=1]\n"))
    for number in range(count):
        files[f"docker-compose.v{number}.yml"] = f"services:\n  s0:\n    environment: [A={number}]\n"
    return files


def includes(count: int) -> Files:
    """A file that includes many."""
    files = {
        f"part{n}.yml": f"services:\n  p{n}:\n    image: x\n    environment: [A_URL=http://p0:1]\n"
        for n in range(count)
    }
    return files | {"docker-compose.yml": "include:\n" + "".join(f"  - part{n}.yml\n" for n in range(count))}


def extends(count: int) -> Files:
    """Services that each extend one of a large base."""
    base = "services:\n" + services(count, lambda number: f"    environment: [A{number}=1]\n")
    mine = "".join(f"  t{n}:\n    extends: {{file: base.yml, service: s{n}}}\n" for n in range(count))
    return {"base.yml": base} | compose(mine)


def chain_of_extends(count: int) -> Files:
    """Services each of which extends the one before, with nothing to inherit but an image."""
    chain = "".join(f"  s{n}:\n    extends: {{service: s{n - 1}}}\n" for n in range(1, count))
    return compose("  s0:\n    image: registry.example/s:1\n" + chain)


def keys_and_clients(count: int) -> Files:
    keys = "".join(f"  key{n}: made-up-and-long-enough-for-a-key-{n}\n" for n in range(count))
    clients = services(
        count,
        lambda n: (
            f"    environment: [LIVEKIT_API_KEY=key{n}, LIVEKIT_API_SECRET=made-up-and-long-enough-for-a-key-{n}]\n"
        ),
    )
    server = (
        "  livekit:\n    image: livekit/livekit-server\n    command: --config /l.yaml\n"
        "    volumes: [./livekit.yaml:/l.yaml]\n"
    )
    return {"livekit.yaml": f"keys:\n{keys}"} | compose(server + clients)


def networks(count: int) -> Files:
    """Every service is on every network: the text itself has a square of names."""
    side = round(count**0.5)
    names = ", ".join(f"n{n}" for n in range(side))
    files = compose(
        services(side, lambda n: f"    networks: [{names}]\n    environment: [A_URL=http://s0:1]\n    expose: [1]\n")
    )
    files["docker-compose.yml"] += "networks: {" + ", ".join(f"n{n}: " for n in range(side)) + "}\n"
    return files


def dependencies(count: int) -> Files:
    side = round(count**0.5)
    return compose(services(side, lambda n: f"    depends_on: [{', '.join(f's{m}' for m in range(n))}]\n" if n else ""))


def one_published_port(count: int) -> Files:
    return compose(services(count, lambda n: f"    ports: ['127.{n // 60000}.{n // 250}.{n % 250 + 1}:80:80']\n"))


def one_published_port_in_conflict(count: int) -> Files:
    return compose(services(count, lambda _: "    ports: ['80:80']\n"))


def documents_in_one_file(count: int) -> Files:
    return {
        "livekit.yaml": "---\n".join(KEYS.format(n) for n in range(count)),
        "egress.yaml": "---\n".join(f"api_key: devkey\napi_secret: made-up-{n}\n" for n in range(count)),
    }


def traefik_labels(count: int) -> Files:
    labels = "".join(
        f"      - traefik.http.services.s{n}.loadbalancer.server.port={80 + n}\n"
        f"      - traefik.http.routers.s{n}.rule=Host(`s{n}.example.com`)\n"
        for n in range(count)
    )
    return compose(f"  web:\n    image: registry.example/s:1\n    expose: [80]\n    labels:\n{labels}")


def commands_of_one_shell(count: int) -> Files:
    """One service that starts many programs."""
    return compose(
        "  api:\n    image: registry.example/s:1\n    command: sh -c '"
        + " && ".join(f"run{n} --port {n}" for n in range(count))
        + "'\n"
    )


def dockerfiles(count: int) -> Files:
    files = {f"a{n}/Dockerfile": f"FROM x\nENV A{n}=1\nEXPOSE 80\n" for n in range(count)}
    return files | compose("".join(f"  s{n}:\n    build: ./a{n}\n    ports: ['{9000 + n}:80']\n" for n in range(count)))


def files_of_a_build_context(count: int) -> Files:
    """One context with many files, of which many services are built."""
    files = {f"conf/f{n}.yaml": f"a: {n}\n" for n in range(count)} | {"Dockerfile": "FROM x\nCOPY . .\n"}
    return files | compose(
        "".join(f"  s{n}:\n    build: .\n    command: run --config conf/f{n}.yaml\n" for n in range(count))
    )


def bind_mounts(count: int) -> Files:
    files = {f"conf/f{n}.conf": "a\n" for n in range(count)}
    return files | compose(services(count, lambda n: f"    volumes: ['./conf/f{n}.conf:/etc/f.conf']\n"))


def excluded(count: int) -> Files:
    """As many files as there are patterns that the configuration excludes."""
    return {f"conf/f{number}.env": f"A{number}=1\n" for number in range(count)}


SHAPES: dict[str, tuple[Callable[[int], Files], int]] = {
    function.__name__: (function, size)
    for function, size in (
        (side_by_side, 15), (side_by_side_unmounted, 30), (nearest_servers, 15), (calling_each_other, 30),
        (calling_one, 30), (calling_ports_of_the_host, 30), (stacks_with_many_urls, 8),
        (env_files_in_one_directory, 30), (one_env_file_for_all, 30), (templates, 30), (names_of_a_template, 60),
        (equal_names, 60), (undefined_references, 30), (suppressions, 40), (findings_by_the_thousand, 60),
        (overlays, 20), (includes, 20), (extends, 20), (chain_of_extends, 20), (keys_and_clients, 20),
        (networks, 100), (dependencies, 225), (one_published_port, 30), (one_published_port_in_conflict, 30),
        (documents_in_one_file, 30), (traefik_labels, 60), (commands_of_one_shell, 30), (dockerfiles, 20),
        (files_of_a_build_context, 20), (bind_mounts, 30),
    )
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_four_times_as_much_costs_four_times_as_many_calls(shape: str) -> None:
    grows_in_proportion(*SHAPES[shape])


def test_patterns_that_exclude_files_are_tried_together() -> None:
    def cost(count: int) -> int:
        return counted(excluded(count), replace(DEFAULTS, exclude=tuple(f"other{n}/**/*.yaml" for n in range(count))))

    cost(2)
    small, large = cost(150), cost(600)
    assert large <= MOST * small, f"{small} and {large}: {large / small:.2f}"
