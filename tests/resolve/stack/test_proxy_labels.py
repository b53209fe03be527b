"""The ports that services tell a proxy."""

import pytest
from stacks import MAIN, Case, Told, failed, told

PORT = "traefik.http.services.a.loadbalancer.server.port"


def says(more: str) -> Told:
    text = (
        f"services:\n  a:\n{more}    image: registry.example/a:1\n"
        "    command: uvicorn a:app --host 0.0.0.0 --port 8000\n"
    )
    return told(Case("container-port", {MAIN: text}, []))


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (f"    labels: ['{PORT}=8000']\n", []),
        (f"    labels: ['{PORT}=8800']\n", failed(3)),
        (f"    labels: {{{PORT}: 8800}}\n", failed(3)),
        (f"    labels: ['{PORT.replace('http', 'tcp')}=8800']\n", failed(3)),
        (f"    labels: ['{PORT.replace('http', 'udp')}=8800']\n", []),
        ("    labels: ['traefik.port=8800']\n", failed(3)),
        (f"    labels: ['traefik.enable=false', '{PORT}=8800']\n", []),
        ("    labels: ['com.acme.port=8800']\n", []),
        (f"    labels: ['{PORT}=${{P:-8800}}']\n", failed(3)),
        ("    environment: {VIRTUAL_HOST: a.b, VIRTUAL_PORT: 8000}\n", []),
        ("    environment: {VIRTUAL_HOST: a.b, VIRTUAL_PORT: 8800}\n", failed(3)),
        ("    environment: {VIRTUAL_PORT: 8800}\n", []),
        (f"    labels: ['{PORT}=8800']\n    network_mode: host\n", []),
    ],
)
def test_a_port_on_which_the_service_does_not_listen(more: str, expected: Told) -> None:
    assert says(more) == expected


def test_a_service_whose_ports_nobody_states_is_not_judged() -> None:
    text = f"services:\n  a:\n    image: registry.example/a:1\n    labels: ['{PORT}=3000']\n"
    assert [verdict for verdict, _ in told(Case("container-port", {MAIN: text}, []))] == ["unverifiable"]
