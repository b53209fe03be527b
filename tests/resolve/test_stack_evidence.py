"""What is evidence in a stack: files that give a variable, files that nothing mounts, files that nobody wrote."""

import pytest
from trees import built_in, found, run

COMPOSE = """\
services:
  api:
    build: .
    environment:
      - STT_SERVICE_URL=http://stt:9000
"""
FILES = {
    "docker-compose.yml": COMPOSE,
    "Dockerfile": 'FROM python:3.12-slim\nCOPY . .\nCMD ["python", "main.py"]\n',
    "main.py": 'import os\nurl = os.getenv("STT_MODEL_URL", "http://stt:9000")\n',
}


def test_the_compose_file_that_gives_a_variable_does_not_read_it_though_it_is_copied_into_the_image() -> None:
    told = found(run(FILES, *built_in("variable-unread")))
    assert [place for _, _, place in told] == ["docker-compose.yml:5"]


def test_another_yaml_file_in_the_image_may_read_a_variable() -> None:
    files = FILES | {"logging.yaml": "url: ${STT_SERVICE_URL}\n"}
    assert found(run(files, *built_in("variable-unread"))) == []


SERVER = """\
services:
  livekit:
    image: {image}
    command: --config /etc/livekit.yaml
    {more}
"""
BUILT = "registry.example/livekit-server:1"
OFFICIAL = "livekit/livekit-server:v1.9"


@pytest.mark.parametrize(
    ("image", "more", "places"),
    [
        pytest.param(OFFICIAL, "restart: always", ["docker-compose.yml:4"], id="nothing is mounted"),
        pytest.param(OFFICIAL, "volumes: ['./l.yaml:/other.yaml']", ["docker-compose.yml:4"], id="mounted elsewhere"),
        pytest.param(OFFICIAL, "volumes: ['./l.yaml:/etc/livekit.yaml']", [], id="mounted"),
        pytest.param(OFFICIAL, "volumes: ['etc:/etc']", [], id="a volume may hold it"),
        pytest.param(OFFICIAL, "volumes: ['/srv/l.yaml:/etc/livekit.yaml']", [], id="mounted from the host"),
        pytest.param(OFFICIAL, "volumes: ['./l.yaml:${TARGET}']", [], id="mounted where nobody knows"),
        pytest.param(OFFICIAL, "entrypoint: ['/start.sh']", [], id="its start may write it"),
        pytest.param(BUILT, "restart: always", [], id="an image of somebody's own may hold it"),
    ],
)
def test_an_image_of_livekits_own_holds_no_configuration(image: str, more: str, places: list[str]) -> None:
    files = {"docker-compose.yml": SERVER.format(image=image, more=more), "l.yaml": "port: 7880\n"}
    assert [place for _, _, place in found(run(files, *built_in("missing-path")))] == places


@pytest.mark.parametrize("configuration", ["", "mobile: {paths: [lib]}"])
def test_code_that_a_generator_writes_is_no_part_of_an_app(configuration: str) -> None:
    code = "const apiUrl = 'http://localhost:8000';\n"
    files = {
        "pubspec.yaml": "name: a\ndependencies: {flutter: {sdk: flutter}}\n",
        "lib/a.g.dart": code,
        "lib/b.dart": code,
    }
    told = found(run(files, *built_in("mobile-localhost"), configuration=configuration))
    assert [place for _, _, place in told] == ["lib/b.dart:1"]


def test_the_name_of_a_key_pair_is_no_secret_that_a_template_left_behind() -> None:
    files = {".env": "LIVEKIT_API_KEY=your_api_key\nOPENAI_API_KEY=your_api_key\n"}
    assert [place for _, _, place in found(run(files, *built_in("secret-placeholder")))] == [".env:2"]
