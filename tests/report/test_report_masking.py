"""No secret in any output, wherever it stands."""

import pytest
import samples
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import finding, options, place, result

from configlint.model.finding import Edit, Fix, Label
from configlint.model.quotable import Quotable
from configlint.model.record import replace
from configlint.model.result import Result
from configlint.model.text import Place
from configlint.report import FORMATS
from configlint.report.masking import Hidden, Veil
from configlint.report.suspects import suspects

CANARY = "k3Jd82hsPq0aZx71bNvC5mLr"


def masked(line: str) -> str:
    """The line of a patch with `#` for all that is hidden, where nothing of it is known beforehand."""
    for span in suspects(line):
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


def veil(content: str, *secrets: Place, **known: tuple[tuple[int, int], ...]) -> Veil:
    return Veil(contents={"f": content}, secrets={"f": secrets}, quotable={"f": Quotable(**known)})


def test_what_nobody_has_recognised_is_left_out() -> None:
    content = "a: plain words\nb: x\n"
    assert veil(content).hidden("f", 0, 14) == [Hidden(0, 14, False)]
    assert veil(content, syntax=((0, 2),)).hidden("f", 0, 14) == [Hidden(3, 14, False)]
    assert veil(content, syntax=((0, 2),), harmless=((3, 8),)).hidden("f", 0, 14) == [Hidden(9, 14, False)]


def test_a_labelled_value_is_shown_and_masked_where_it_is_secret() -> None:
    content = "a: plain words\n"
    known = {"syntax": ((0, 2),)}
    assert veil(content, **known).hidden("f", 0, 14, [Place("f", 3, 14)]) == []
    secret = Place("f", 3, 8)
    assert veil(content, secret, **known).hidden("f", 0, 14, [Place("f", 3, 14)]) == [Hidden(3, 8, True)]
    assert veil(content, secret, **known).hidden("f", 0, 14) == [Hidden(3, 14, False)]
    assert veil(content, secret, harmless=((3, 14),), **known).hidden("f", 0, 14) == [Hidden(3, 8, False)]


def test_a_label_that_is_wider_than_one_value_shows_none() -> None:
    content = "run --a xx --b yy\n"
    known = {"syntax": ((0, 7), (11, 14))}
    assert veil(content, **known).hidden("f", 0, 17, [Place("f", 0, 17)]) == [
        Hidden(8, 10, False),
        Hidden(15, 17, False),
    ]
    assert veil(content, **known).hidden("f", 0, 17, [Place("f", 8, 10)]) == [Hidden(15, 17, False)]
    assert veil(content, syntax=((0, 7),)).hidden("f", 0, 10, [Place("f", 0, 10)]) == [Hidden(8, 10, False)]


def test_a_comment_is_not_shown_even_where_it_is_labelled() -> None:
    content = "a: 1 # x reason\n"
    known = {"syntax": ((0, 2), (5, 8)), "remarks": ((5, 15),)}
    assert veil(content, **known).hidden("f", 0, 15, [Place("f", 5, 15)]) == [
        Hidden(3, 4, False),
        Hidden(9, 15, False),
    ]


def test_the_signs_that_join_two_harmless_values_are_shown() -> None:
    content = "http://api:8000/secret-path"
    assert veil(content, harmless=((0, 4), (7, 10), (11, 15))).hidden("f", 0, 27) == [Hidden(15, 27, False)]


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
    assert "1 │ A=… B=here\n  │       ━━━━\n" in FORMATS["text"](run, options())


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
    """A result in which one secret is known by its place, and is copied into a comment and a fix."""
    secret = draw(SECRETS)
    before, between, after = draw(AROUND), draw(AROUND), draw(AROUND)
    content = f"{before}{secret}{between}VALUE{after}\n# once {secret} again\n"
    at = Place("f", len(before), len(before) + len(secret))
    port = place("f", content, "VALUE")
    found = finding(
        draw(st.sampled_from([at, port])),
        related=[Label(place=where, message="that") for where in (at, port)],
        fix=Fix(title="write it", safety="safe", edits=(Edit(at, secret, True), Edit(port, secret, True))),
    )
    return secret, replace(result([found], {"f": content}, [at]), quotable={})


@pytest.mark.parametrize("name", list(FORMATS))
@given(run=runs(), width=st.sampled_from([None, 40, 80]))
@settings(max_examples=60)
def test_a_known_secret_is_in_no_output(name: str, run: tuple[str, Result], width: int | None) -> None:
    secret, outcome = run
    text = FORMATS[name](outcome, options(width=width, verbose=True, rules=samples.RULES))
    assert secret not in text
    assert secret[:6] not in text


@pytest.mark.parametrize("name", list(FORMATS))
@given(secret=SECRETS)
@settings(max_examples=30)
def test_what_stands_beside_a_label_is_left_out_whatever_it_is(name: str, secret: str) -> None:
    content = f"# x={secret}\nPORT: 8000 # y: '{secret}'\n{secret}\nz: 1\n"
    found = finding(place("f", content, "8000"), related=[Label(place=place("f", content, "z"), message="")])
    outcome = replace(result([found], {"f": content}), quotable={})
    assert secret not in FORMATS[name](outcome, options(verbose=True))


@pytest.mark.parametrize("cut", [0, 1990, 1999, 2000, 2001, 2010, 5000])
def test_a_secret_at_the_edge_of_what_is_looked_at_is_not_cut_open(cut: int) -> None:
    content = f"# '{CANARY}' {'x' * cut} here {'y' * cut} '{CANARY}' token='{CANARY}{'z' * 3000}'\n"
    run = replace(result([finding(place("f", content, "here"))], {"f": content}), quotable={})
    for name in ("text", "html"):
        text = FORMATS[name](run, options(width=10_000))
        assert not any(CANARY[start : start + 6] in text for start in range(len(CANARY) - 6))
