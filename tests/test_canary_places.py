"""A canary in every place of every format, beside what is found there: whatever it is called, no output shows it."""

from pathlib import Path

import pytest
from canaries import ALPHABETS, Canaries, Nest
from places import ASKED, files
from running import Ran, repository, run

from configlint.report import FORMATS


@pytest.fixture(scope="module", params=ALPHABETS)
def nest(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Nest:
    new = Canaries(request.param, 1)
    root = repository(tmp_path_factory.mktemp("places") / "root", files(new), ignored=(".env",))
    return Nest(root, new.made, 0)


def test_each_file_has_something_to_say(nest: Nest) -> None:
    """A canary beside nothing proves nothing."""
    found = run(nest.root, "check", "--format", "json").findings
    paths = {one["path"] for one in found} | {label["path"] for one in found for label in one["related"]}
    assert paths >= {
        *("docker-compose.yml", "gate/gate.py", "gate/Dockerfile", ".env", ".env.example", "livekit.yaml"),
        *("lib/config.dart", "odd/livekit.yaml", "site.conf", "Caddyfile"),
    }
    assert len(nest.canaries) > 90
    assert len(found) > 20


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_shows_one(nest: Nest, form: str) -> None:
    ran = run(nest.root, "check", "--format", form, "--verbose", "--stats")
    assert ran.exit == 1
    nest.silent(ran)


def test_nor_does_why(nest: Nest) -> None:
    for key in ASKED:
        for form in ("text", "json"):
            ran = run(nest.root, "why", key, "--format", form)
            assert ran.exit == 0, (key, ran.stderr)
            nest.silent(ran)


def test_nor_a_patch_nor_a_baseline(nest: Nest) -> None:
    ran = run(nest.root, "fix", "--diff", "--unsafe")
    assert "+++ b/" in ran.stdout
    nest.silent(ran)
    baseline = nest.root / ".configlint-baseline"
    nest.silent(run(nest.root, "baseline"))
    nest.silent(Ran(0, baseline.read_text(encoding="utf-8"), ""))
    baseline.unlink()


def test_what_is_harmless_beside_a_finding_stays_legible(tmp_path: Path) -> None:
    """An excerpt of nothing but ellipses would be safe and of no use."""
    repository(
        tmp_path / "root",
        {
            "docker-compose.yml": """\
services:
  api:
    image: registry.example/api:1
    command: gunicorn -b 0.0.0.0:8000 --workers 2 --note something api:app
    environment: {A_URL: "http://nobody:1/x", NOTE: "something", B_URL: "http://api:8000/y"}
""",
            ".configlint.yaml": "workers: {default: 3}\n",
        },
    )
    text = run(tmp_path / "root", "check").stdout
    assert 'environment: {A_URL: "http://nobody:1…", NOTE: "…", B_URL: "http://api:8000…"}' in text
    assert "command: gunicorn -b 0.0.0.0:8000 --workers 2 --note …" in text
    assert "something" not in text


def test_a_name_that_equals_a_secret_is_not_blotted_out(tmp_path: Path) -> None:
    """That would say what the secret is."""
    root = repository(
        tmp_path / "root",
        {
            "docker-compose.yml": "services: {gatewayserver: {image: x, environment: {A_URL: 'http://gatewayservr:1'}}}\n",
            ".env": "DB_PASSWORD=gatewayserver\n",
        },
    )
    text = run(root, "check", "--verbose").stdout
    assert "gatewayserver" in text
    assert "<secret" not in text
