"""Small results, built by searching the places in made-up files."""

from collections.abc import Mapping, Sequence

from configlint.model.finding import Edit, Finding, Fix, Label, Safety, Severity, Verdict
from configlint.model.picture import Picture
from configlint.model.quotable import Quotable
from configlint.model.result import Result, Summary
from configlint.model.text import Place
from configlint.report import Options, RuleHelp

OLD = "oldsecret123"
NEW = "devsecret123456789abcdef0123456789abcdef"

ENV = f"LIVEKIT_API_KEY=devkey\nLIVEKIT_API_SECRET={OLD}\nLIVEKIT_URL=ws://livekit:7880\n"
LIVEKIT = f"port: 7880\nkeys:\n  # development pair\n  devkey: {NEW}\n"
COMPOSE = """services:
  api:
    build: ./api
    command: gunicorn app:app --workers 1 --bind 0.0.0.0:8000
    ports: ["8000:8000"]
  asr:
    build: ./asr
    ports: ["8000:8001"]
"""
DART = """class AppConstants {
  static const String apiBaseUrl = 'http://localhost:8000';
}
"""
GUNICORN = 'bind = "0.0.0.0:8000"\nworkers = multiprocessing.cpu_count() * 2 + 1\n'

RULES: Mapping[str, RuleHelp] = {
    "secret-parity": RuleHelp(
        title="every LiveKit client signs with a key pair that the server accepts",
        why="The server checks each token with the secret it holds for that key.",
        severity="error",
    ),
    "port-conflict": RuleHelp(
        title="no two services publish one host port", why="The second one does not start.", severity="error"
    ),
}


def options(
    color: bool = False,
    width: int | None = None,
    encoding: str = "utf-8",
    verbose: bool = False,
    rules: Mapping[str, RuleHelp] | None = None,
) -> Options:
    return Options(version="1.2.3", color=color, width=width, encoding=encoding, verbose=verbose, rules=rules)


def place(path: str, content: str, part: str, after: str = "") -> Place:
    """Where `part` stands in a content, looked for behind `after`."""
    start = content.index(part, content.index(after))
    return Place(path, start, start + len(part))


def finding(
    where: Place,
    message: str = "this is wrong",
    rule: str = "secret-parity",
    severity: Severity = "error",
    verdict: Verdict = "fail",
    label: str = "",
    related: Sequence[Label] = (),
    fix: Fix | None = None,
    hint: str = "",
    fingerprint: str = "f1",
) -> Finding:
    return Finding(
        rule=rule,
        severity=severity,
        verdict=verdict,
        stack="default",
        message=message,
        place=where,
        label=label,
        related=tuple(related),
        fix=fix,
        help=hint,
        fingerprint=fingerprint,
    )


def fix(
    *edits: tuple[Place, str], title: str = "write it", safety: Safety = "safe", note: str = "", secret: bool = False
) -> Fix:
    return Fix(title=title, safety=safety, edits=tuple(Edit(at, new, secret) for at, new in edits), note=note)


def result(
    findings: Sequence[Finding],
    contents: Mapping[str, str],
    secrets: Sequence[Place] = (),
    notes: Sequence[str] = (),
    vacuous: Sequence[str] = (),
    rules: int = 6,
    files: int | None = None,
    values: int = 31,
    suppressed: int = 0,
    baselined: int = 0,
    known: int = 0,
    pictures: Sequence[Picture] = (),
) -> Result:
    def count(severity: Severity) -> int:
        return sum(each.severity == severity and each.verdict == "fail" for each in findings)

    return Result(
        findings=tuple(findings),
        summary=Summary(
            files=len(contents) if files is None else files,
            values=values,
            stacks=1,
            rules=rules,
            vacuous=tuple(vacuous),
            error=count("error"),
            warning=count("warning"),
            info=count("info"),
            unverifiable=sum(each.verdict == "unverifiable" for each in findings),
            suppressed=suppressed,
            baselined=baselined,
            known=known,
        ),
        contents=contents,
        secrets={path: tuple(at for at in secrets if at.path == path) for path in {at.path for at in secrets}},
        quotable={path: Quotable(syntax=((0, len(content)),)) for path, content in contents.items()},
        notes=tuple(notes),
        pictures=tuple(pictures),
    )


def secret_parity() -> Finding:
    return finding(
        place(".env", ENV, OLD),
        "LIVEKIT_API_SECRET is not the server's secret for key devkey (12 characters here, 40 there)",
        label="another secret",
        related=[Label(place=place("livekit.yaml", LIVEKIT, NEW), message="the server's secret")],
        fix=fix(
            (place(".env", ENV, OLD), NEW),
            title="use the server's secret",
            secret=True,
            note="recreate api: docker compose up -d --force-recreate api",
        ),
    )


def port_conflict() -> Finding:
    return finding(
        place("docker-compose.yml", COMPOSE, "8000:8001"),
        "asr and api both publish 8000/tcp on every address",
        rule="port-conflict",
        label="asr",
        related=[Label(place=place("docker-compose.yml", COMPOSE, "8000:8000"), message="api publishes it too")],
        hint="publish one of them on another port, or on another address",
        fingerprint="f2",
    )


def localhost() -> Finding:
    return finding(
        place("lib/constants.dart", DART, "localhost"),
        "a phone cannot reach localhost: it is the phone itself",
        rule="mobile-localhost",
        severity="warning",
        fix=fix(
            (place("lib/constants.dart", DART, "localhost"), "192.168.1.44"),
            title="write mobile.host, 192.168.1.44",
            safety="unsafe",
            note="the same constant is used by the desktop build",
        ),
        fingerprint="f3",
    )


def workers() -> Finding:
    return finding(
        place("gunicorn.conf.py", GUNICORN, "multiprocessing.cpu_count() * 2 + 1"),
        "the number of workers is computed when gunicorn starts",
        rule="worker-count",
        severity="info",
        verdict="unverifiable",
        label="depends on the machine",
        hint="write a number, or set WEB_CONCURRENCY for the service",
        fingerprint="f4",
    )


CONTENTS = {
    ".env": ENV,
    "livekit.yaml": LIVEKIT,
    "docker-compose.yml": COMPOSE,
    "lib/constants.dart": DART,
    "gunicorn.conf.py": GUNICORN,
}
SECRETS = (place(".env", ENV, OLD), place("livekit.yaml", LIVEKIT, NEW))


def full() -> Result:
    """One finding of each kind, in five files."""
    return result(
        [secret_parity(), port_conflict(), workers(), localhost()],
        CONTENTS,
        SECRETS,
        notes=["git refuses this repository; its files were found by walking the directory"],
        vacuous=["redis-parity", "webhook-key"],
    )
