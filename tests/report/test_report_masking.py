"""No secret in any output, wherever it stands."""

import pytest
import samples
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import finding, options, place, result

from configlint.model.finding import Edit, Fix, Label
from configlint.model.result import Result
from configlint.model.text import Place
from configlint.report import FORMATS
from configlint.report.masking import Range, Veil, suspects

CANARY = "k3Jd82hsPq0aZx71bNvC5mLr"


def masked(line: str, marked: str = "") -> str:
    """The line with `#` for all that is hidden, where nothing of it is known beforehand."""
    at = line.find(marked) if marked else -1
    names = [Range(at, at + len(marked))] if at >= 0 else []
    for span in suspects(line, names):
        line = line[: span.start] + "#" * (span.end - span.start) + line[span.end :]
    return line


@pytest.mark.parametrize(
    "line",
    [
        f"# JWT_SECRET={CANARY}",
        f"    # password: {CANARY} and then some",
        f"  // apiKey = '{CANARY}';",
        f"DATABASE_URL=postgres://admin:{CANARY}@db:5432/app",
        f'DB_PASSWORD = "{CANARY} with spaces"',
        f"- LIVEKIT_API_SECRET={CANARY}",
        f'"client_secret": "{CANARY}",',
        f"{{user: a, password: {CANARY}, port: 1}}",
        f"os.getenv('LIVEKIT_API_SECRET', '{CANARY}')",
        f'os.getenv("LIVEKIT_API_SECRET", default="{CANARY}")',
        f"final s = dotenv.env['API_SECRET'] ?? '{CANARY}';",
        f"command: redis-server --requirepass {CANARY}",
        f"SECRET: ${{JWT_SECRET:-{CANARY}}}",
        f"curl -H 'Authorization: Bearer {CANARY}'",
        f"# the old one was {CANARY}",
        "# ghp_abcdefghijklmnopqrstuvwxyz",
        f"ENV LIVEKIT_API_SECRET {CANARY}",
        f"url=http://h/p?token={CANARY}&x=1",
    ],
)
def test_what_looks_like_a_secret_is_hidden(line: str) -> None:
    assert CANARY not in masked(line)
    assert "ghp_" not in masked(line)


@pytest.mark.parametrize(
    "line",
    [
        "LIVEKIT_API_KEY=devkey",
        "LIVEKIT_API_SECRET=${LIVEKIT_API_SECRET}",
        "- JWT_SECRET=$JWT_SECRET",
        "secret = os.getenv('JWT_SECRET')",
        "final token = await getToken();",
        "secrets:",
        "    keys:",
        "MAX_TOKENS=4096",
        "PASSWORD_MIN_LENGTH=8",
        "POSTGRES_PASSWORD_FILE=/run/secrets/pg",
        "command: gunicorn app:app --workers 1",
        "static const String apiBaseUrl = 'http://localhost:8000';",
        "image: livekit/livekit-server:v1.5@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "ports: ['8000:8000', '7881:7881/udp']",
        "  password: |",
        "final String token;",
        "class PasswordResetHandlerFactoryV2Configuration {",
    ],
)
def test_what_holds_no_secret_stays_legible(line: str) -> None:
    assert masked(line) == line


def test_an_api_key_that_a_finding_is_about_is_a_name() -> None:
    assert masked("  api_key: devkey", marked="devkey") == "  api_key: devkey"
    assert masked("  api_key: devkey") == "  api_key: ######"
    assert masked("  api_secret: devkey", marked="devkey") == "  api_secret: ######"


def test_places_are_hidden_whether_they_look_like_secrets_or_not() -> None:
    veil = Veil({"f": "a: plain words\nb: x\n"}, {"f": [Place("f", 3, 8), Place("f", 8, 14)]})
    assert veil.hidden("f", 0, 14) == [Range(3, 14)]
    assert veil.hidden("f", 5, 10) == [Range(5, 10)]
    assert veil.hidden("f", 15, 19) == []


def test_prose_loses_known_secrets_but_not_common_words() -> None:
    contents = {"f": "secret oldsecret123"}
    veil = Veil(contents, {"f": [Place("f", 0, 6), Place("f", 7, 19)]})
    assert veil.scrub("the server's secret is oldsecret123") == "the server's secret is <secret, 12 characters>"
    assert veil.scrub("see http://u:hunter2@h/") == "see http://u:<secret, 7 characters>@h/"


def test_a_mask_tells_no_length() -> None:
    lines = set()
    for secret in ("abcdefgh1", "abcdefgh1" * 20):
        content = f"K={secret} tail\n"
        run = result([finding(place("f", content, secret))], {"f": content}, [place("f", content, secret)])
        lines.add(FORMATS["text"](run, options()).split("\n")[2])
    assert lines == {"1 │ K=•••••••• tail"}


def test_marks_stay_aligned_behind_a_mask() -> None:
    content = "A=averylongsecretvalue1 B=here\n"
    run = result([finding(place("f", content, "here"))], {"f": content}, [place("f", content, "averylongsecretvalue1")])
    assert "1 │ A=•••••••• B=here\n  │              ━━━━\n" in FORMATS["text"](run, options())


def test_a_mark_within_a_secret_underlines_all_of_the_mask() -> None:
    content = "A=averylongsecretvalue1\n"
    run = result([finding(place("f", content, "long"))], {"f": content}, [place("f", content, "averylongsecretvalue1")])
    assert "1 │ A=••••••••\n  │   ━━━━━━━━\n" in FORMATS["text"](run, options())


def test_a_secret_over_several_lines_is_hidden_on_each() -> None:
    content = "key: |\n  xyzzy-one\n  xyzzy-two\nnext: 1\n"
    secret = place("f", content, "xyzzy-one\n  xyzzy-two")
    found = [
        finding(place("f", content, "|")),
        finding(secret, related=[Label(place=place("f", content, "1"), message="")]),
    ]
    for name in FORMATS:
        text = FORMATS[name](result(found, {"f": content}, [secret]), options(verbose=True))
        assert "xyzzy" not in text


SECRETS = st.text(alphabet="ABCXYZ0123456789!%+/=-_.~", min_size=8, max_size=40).filter(
    lambda secret: any(map(str.isdigit, secret)) and any(map(str.isalpha, secret))
)
AROUND = st.text(alphabet="abc xyz:='\"\t#\n", max_size=30)


@st.composite
def runs(draw: st.DrawFn) -> tuple[str, Result]:
    """A result in which one secret is known by its place, is copied into a comment, a message, a label and a fix."""
    secret = draw(SECRETS)
    before, between, after = draw(AROUND), draw(AROUND), draw(AROUND)
    content = f"{before}{secret}{between}VALUE{after}\n# once {secret} again\n"
    at = Place("f", len(before), len(before) + len(secret))
    port = place("f", content, "VALUE")
    comment = place("f", content, "once")
    found = finding(
        draw(st.sampled_from([at, port, comment])),
        f"{secret} is wrong",
        label=f"not {secret}",
        related=[Label(place=where, message=f"{secret}!") for where in (at, port, comment)],
        hint=f"take {secret}",
        fix=Fix(title=f"write {secret}", safety="safe", edits=(Edit(at, secret, True), Edit(port, secret, False))),
    )
    return secret, result([found], {"f": content}, [at], notes=[f"seen: {secret}"])


@pytest.mark.parametrize("name", list(FORMATS))
@given(run=runs(), width=st.sampled_from([None, 40, 80]))
@settings(max_examples=60)
def test_a_known_secret_is_in_no_output(name: str, run: tuple[str, Result], width: int | None) -> None:
    secret, outcome = run
    text = FORMATS[name](outcome, options(width=width, verbose=True, rules=samples.RULES))
    assert secret not in text
    assert secret[:6] not in text


@pytest.mark.parametrize("name", list(FORMATS))
@given(secret=SECRETS, name_of=st.sampled_from(["JWT_SECRET", "db_password", "authToken", "OPENAI_API_KEY"]))
@settings(max_examples=30)
def test_an_unknown_secret_on_a_shown_line_is_hidden_by_its_name(name: str, secret: str, name_of: str) -> None:
    content = f"# {name_of}={secret}\nPORT: 8000 # {name_of}: '{secret}'\n"
    found = finding(place("f", content, "8000"), related=[Label(place=Place("f", 0, 1), message="")])
    assert secret not in FORMATS[name](result([found], {"f": content}), options(verbose=True))


@pytest.mark.parametrize("cut", [0, 1990, 1999, 2000, 2001, 2010, 5000])
def test_a_secret_at_the_edge_of_what_is_looked_at_is_not_cut_open(cut: int) -> None:
    content = f"# '{CANARY}' {'x' * cut} here {'y' * cut} '{CANARY}' token='{CANARY}{'z' * 3000}'\n"
    copy = f"KEY={CANARY}\n"
    run = result(
        [finding(place("f", content, "here"))],
        {"f": content, "g": copy},
        [place("g", copy, CANARY)],
    )
    for name in ("text", "html"):
        text = FORMATS[name](run, options(width=10_000))
        assert not any(CANARY[start : start + 6] in text for start in range(len(CANARY) - 6))
