"""A plan holds the fixes that make no rule say more than before, and change no other value."""

import json
from io import StringIO
from typing import ClassVar

import pytest
from dotenv import dotenv_values
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from trees import SAME, built_in, rule, settings

from configlint.fix.apply import replaced
from configlint.fix.plan import Plan, plan
from configlint.model.finding import Edit, Finding
from configlint.model.memory_tree import MemoryTree
from configlint.model.result import Result
from configlint.model.text import Place
from configlint.rules.rule import Rule

PARITY = built_in("secret-parity")
PORT = rule(SAME.replace(".env", "main.env") + "truth: main.env\n", "port")


def planned(
    files: dict[str, str],
    *rules: Rule,
    unsafe: bool = False,
    ignored: tuple[str, ...] = (),
    configuration: str = "",
    within: tuple[str, ...] = (),
) -> Plan:
    tree = MemoryTree(files, ignored)

    def narrow(before: Result) -> list[Finding]:
        return [finding for finding in before.findings if finding.fix and finding.fix.within(within)]

    return plan(tree, settings(configuration, tree), rules, unsafe=unsafe, narrow=narrow)


def written(found: Plan) -> dict[str, str]:
    return {change.path: change.new for change in found.changes}


def fixed(files: dict[str, str], *rules: Rule, unsafe: bool = False) -> dict[str, str]:
    """The files after a fix, which a second fix must leave alone."""
    after = files | written(planned(files, *rules, unsafe=unsafe))
    assert planned(after, *rules, unsafe=unsafe).changes == ()
    return after


def quoted(value: str) -> str:
    """A scalar of YAML, in double quotes."""
    return json.dumps(value, ensure_ascii=False)


SECRET = "c2FtcGxlLW9ubHktbm90LWEtcmVhbC1zZWNyZXQ"
LIVEKIT = f"keys:\n  devkey: {SECRET}\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("LIVEKIT_API_SECRET=old", f"LIVEKIT_API_SECRET={SECRET}"),
        ("LIVEKIT_API_SECRET='old'  # note", f"LIVEKIT_API_SECRET='{SECRET}'  # note"),
        ('export LIVEKIT_API_SECRET = "old"', f'export LIVEKIT_API_SECRET = "{SECRET}"'),
        ("LIVEKIT_API_SECRET=", f"LIVEKIT_API_SECRET={SECRET}"),
        ("LIVEKIT_API_SECRET=''", f"LIVEKIT_API_SECRET='{SECRET}'"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_only_the_value_changes(before: str, after: str, end: str, mark: str) -> None:
    def env(line: str) -> str:
        return mark + f"# é — the pair\n\nLIVEKIT_API_KEY=devkey\n{line}\n\nOTHER=1".replace("\n", end)

    files = {".env": env(before), "livekit.yaml": LIVEKIT}
    assert fixed(files, *PARITY)[".env"] == env(after)


@pytest.mark.parametrize(
    "secret", ["with space", "it's", 'say "x"', "a#b", "pa$word", "back\\slash", "é€𝄞", "a=b", " x ", "`x`", "x'\"y"]
)
@pytest.mark.parametrize("quote", ["", "'", '"'])
def test_any_secret_can_be_written(secret: str, quote: str) -> None:
    """Whatever quotes stand there: python-dotenv reads back what the server holds."""
    files = {
        ".env": f"LIVEKIT_API_KEY=devkey\nLIVEKIT_API_SECRET={quote}old{quote}  # note\nOTHER=1\n",
        "livekit.yaml": "keys:\n  devkey: " + quoted(secret) + "\n",
    }
    after = fixed(files, *PARITY)[".env"]
    assert after.endswith("  # note\nOTHER=1\n")
    assert dotenv_values(stream=StringIO(after), interpolate=True)["LIVEKIT_API_SECRET"] == secret


def test_what_another_program_fills_in_is_written_nowhere() -> None:
    files = {".env": "LIVEKIT_API_KEY=devkey\nLIVEKIT_API_SECRET=old\n", "livekit.yaml": "keys: {devkey: '${X}'}\n"}
    assert planned(files, *PARITY, unsafe=True).changes == ()


def test_the_plan_tells_what_was_and_what_will_be() -> None:
    files = {"main.env": "PORT=8000\n", "app.yaml": "port: 8001  # moved\n"}
    found = planned(files, PORT)
    (change,) = found.changes
    assert (change.path, change.old, change.new) == ("app.yaml", "port: 8001  # moved\n", "port: 8000  # moved\n")
    assert [edit.new for edit in change.edits] == ["8000"]
    assert [finding.rule for finding in found.applied] == ["port"]
    assert (found.before.summary.error, found.after.summary.error, found.refused) == (1, 0, ())


def test_nothing_to_fix() -> None:
    found = planned({"main.env": "PORT=8000\n", "app.yaml": "port: 8000\n"}, PORT)
    assert (found.changes, found.applied, found.refused) == ((), (), ())
    assert found.after is found.before


class TestRefused:
    """A fix that would do harm is not made, and the others are."""

    def test_one_that_makes_another_rule_speak(self) -> None:
        files = {"main.env": "PORT=8000\n", "app.yaml": "port: 8001\nother: 8001\n"}
        alike = rule("kind: equals\nfrom: [{file: app.yaml, key: other}, {file: app.yaml, key: port}]\n", "alike")
        found = planned(files, PORT, alike)
        assert found.changes == ()
        ((finding, why),) = found.refused
        assert (finding.rule, why) == ("port", "alike would report a new finding in app.yaml")

    def test_the_others_are_made_all_the_same(self) -> None:
        names = [f"p{number}" for number in range(6)]
        files = {
            "main.env": "".join(f"{name}=1\n" for name in names),
            "app.yaml": "".join(f"{name}: 2\n" for name in names) + "keep: 2\n",
        }
        rules = [
            rule(
                f"kind: equals\nfrom: [{{file: main.env, key: {name}}}, {{file: app.yaml, key: {name}}}]\n"
                "truth: main.env\n",
                name,
            )
            for name in names
        ]
        keep = rule("kind: equals\nfrom: [{file: app.yaml, key: keep}, {file: app.yaml, key: p3}]\n", "keep")
        found = planned(files, *rules, keep)
        assert [finding.rule for finding, _ in found.refused] == ["p3"]
        assert written(found)["app.yaml"] == "p0: 1\np1: 1\np2: 1\np3: 2\np4: 1\np5: 1\nkeep: 2\n"


class TestUnsafe:
    """What needs a look is made only if asked for."""

    def test_a_private_secret_stays_private(self) -> None:
        files = {
            "egress.yaml": "api_key: devkey\napi_secret: old-and-made-up\nws_url: ws://livekit:7880\n",
            "livekit.yaml": LIVEKIT,
        }
        safe = planned(files, *PARITY, ignored=("livekit.yaml",))
        assert (safe.changes, safe.refused) == ((), ())
        (finding,) = safe.before.findings
        assert finding.fix is not None
        assert finding.fix.note == "it would write a secret of livekit.yaml, which git ignores, into egress.yaml"
        assert (
            f"api_secret: {SECRET}"
            in written(planned(files, *PARITY, unsafe=True, ignored=("livekit.yaml",)))["egress.yaml"]
        )

    def test_between_two_private_or_two_shared_files_it_is_safe(self) -> None:
        files = {
            "egress.yaml": "api_key: devkey\napi_secret: old\nws_url: ws://livekit:7880\n",
            "livekit.yaml": LIVEKIT,
        }
        assert planned(files, *PARITY).changes
        assert planned(files, *PARITY, ignored=("egress.yaml", "livekit.yaml")).changes
        assert planned(files, *PARITY, ignored=("egress.yaml",)).changes


class TestShared:
    """One place may serve several services; it is written only if all of them ask for it."""

    COMPOSE: ClassVar = {
        "docker-compose.yml": """\
services:
  api: {image: registry.example/api:1, command: "gunicorn -w ${W} app:app"}
  asr: {image: registry.example/asr:1, command: "gunicorn -w ${W} app:app"}
""",
        ".env": "W=1  # workers\n",
    }
    COUNT = built_in("worker-count")

    def test_both_ask_for_the_same(self) -> None:
        found = planned(self.COMPOSE, *self.COUNT, configuration="workers: {api: 3, asr: 3}")
        assert written(found) == {".env": "W=3  # workers\n"}
        assert found.after.summary.error == 0

    def test_one_of_them_says_nothing(self) -> None:
        found = planned(self.COMPOSE, *self.COUNT, configuration="workers: {api: 3}")
        assert found.changes == ()
        (finding,) = found.before.findings
        assert finding.fix is not None
        assert (finding.fix.safety, finding.fix.note) == ("unsafe", "the value also serves asr")
        asked = planned(self.COMPOSE, *self.COUNT, configuration="workers: {api: 3}", unsafe=True)
        assert written(asked) == {".env": "W=3  # workers\n"}

    def test_they_ask_for_different_things(self) -> None:
        found = planned(self.COMPOSE, *self.COUNT, configuration="workers: {api: 3, asr: 2}", unsafe=True)
        assert (found.changes, found.refused) == ((), ())
        assert [finding.fix for finding in found.before.findings] == [None]

    def test_a_default_of_its_own_is_written_where_it_stands(self) -> None:
        files = {"docker-compose.yml": self.COMPOSE["docker-compose.yml"].replace("${W}", "${W:-1}", 1)}
        found = planned(files, *self.COUNT, configuration="workers: {api: 3}")
        assert written(found)["docker-compose.yml"] == files["docker-compose.yml"].replace("${W:-1}", "${W:-3}")


class TestWithin:
    """With PATHs only the files in them are edited, and everything is read."""

    FILES: ClassVar = {
        "main.env": "A=1\nB=1\n",
        "one/app.yaml": "a: 2\n",
        "two/app.yaml": "b: 2\n",
    }
    RULES = tuple(
        rule(
            f"kind: equals\nfrom: [{{file: main.env, key: {key}}}, {{file: {path}, key: {key.lower()}}}]\n"
            "truth: main.env\n",
            path[:3],
        )
        for key, path in (("A", "one/app.yaml"), ("B", "two/app.yaml"))
    )

    @pytest.mark.parametrize(
        ("paths", "changed"),
        [
            ((), ["one/app.yaml", "two/app.yaml"]),
            (("one",), ["one/app.yaml"]),
            (("one/app.yaml",), ["one/app.yaml"]),
            (("main.env",), []),
            (("on",), []),
            (("",), ["one/app.yaml", "two/app.yaml"]),
            (("one", "two"), ["one/app.yaml", "two/app.yaml"]),
        ],
    )
    def test_paths(self, paths: tuple[str, ...], changed: list[str]) -> None:
        found = planned(self.FILES, *self.RULES, within=paths)
        assert [change.path for change in found.changes] == changed
        assert len(found.before.findings) == 2


@given(
    st.text("abc\n", max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 4), st.text("XY", max_size=3)), max_size=5),
)
def test_edits_apart_from_each_other_are_all_made(content: str, wishes: list[tuple[int, int, str]]) -> None:
    """Held against replacing from the back, one after the other."""
    edits: list[Edit] = []
    position = 0
    for start, size, new in sorted(wishes):
        first, last = max(position, start), max(position, start) + size
        if last > len(content):
            break
        edits.append(Edit(Place("f", first, last), new, False))
        position = last + 1
    expected = content
    for edit in reversed(edits):
        expected = expected[: edit.place.start] + edit.new + expected[edit.place.end :]
    assert replaced(content, edits) == expected


def test_overlapping_edits_are_refused() -> None:
    edits = [Edit(Place("f", 0, 3), "x", False), Edit(Place("f", 2, 4), "y", False)]
    with pytest.raises(ValueError, match="overlap"):
        replaced("abcdef", edits)


SCALARS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=12)


@examples(max_examples=60, deadline=None)
@given(SCALARS, SCALARS, st.sampled_from(("", "'", '"')))
def test_whatever_is_written_is_read_back(old: str, new: str, quote: str) -> None:
    """A fix between two YAML files, for any two values: the rule is silent afterwards, or nothing is changed."""
    files = {
        "a.yaml": f"x: 1\nport: {quoted(new)}\ny: 2\n",
        "b.yaml": f"x: 1\nport: {_yaml(old, quote)} # note\ny: 2\n",
    }
    by = rule("kind: equals\nfrom: [{file: a.yaml, key: port}, {file: b.yaml, key: port}]\ntruth: a.yaml\n")
    found = planned(files, by)
    assert found.refused == ()
    if any(finding.fix for finding in found.before.findings):
        assert found.after.findings == ()
        assert written(found)["b.yaml"].startswith("x: 1\nport: ")
        assert written(found)["b.yaml"].endswith(" # note\ny: 2\n")


def _yaml(value: str, quote: str) -> str:
    if quote == "'":
        return "'" + value.replace("'", "''") + "'"
    return quoted(value) if quote else "plain"


def test_the_same_line_of_rules_as_user_and_built_in() -> None:
    """Fixing one rule of the user's must not break what a built-in rule holds."""
    files = {
        ".env": "LIVEKIT_API_KEY=devkey\nLIVEKIT_API_SECRET=old-and-made-up\n",
        "livekit.yaml": LIVEKIT,
        "copy.yaml": "secret: old-and-made-up\n",
    }
    copy = rule(
        "kind: equals\nfrom:\n  - {file: .env, key: LIVEKIT_API_SECRET}\n"
        "  - {file: copy.yaml, key: secret, secret: true}\ntruth: .env\n"
    )
    found = planned(files, *PARITY, copy)
    assert [why for _, why in found.refused] == ["mine would report a new finding in copy.yaml"]
    assert found.changes == ()


def test_what_a_user_s_rule_calls_true_wins_over_nothing() -> None:
    by = rule(SAME)
    files = {".env": "PORT=8000\n", "app.yaml": "port: 8001\n"}
    assert planned(files, by, unsafe=True).changes == ()


@pytest.mark.parametrize("secret", ["a?b", "?ab", "ab?", "a,b", "a]b", "a: b"])
def test_what_go_reads_otherwise_is_quoted_in_a_flow_mapping(secret: str) -> None:
    """go-yaml, which docker compose and LiveKit use, ends a bare value of a flow mapping at any `?`."""
    files = {
        "egress.yaml": "{api_key: devkey, api_secret: old, ws_url: 'ws://livekit:7880'}\n",
        "livekit.yaml": "keys:\n  devkey: " + quoted(secret) + "\n",
    }
    assert f"api_secret: '{secret}'," in fixed(files, *PARITY)["egress.yaml"]


@pytest.mark.parametrize(
    ("published", "after"),
    [
        ("50000-50050:50000-50050/udp", "50000-50100:50000-50100/udp"),
        ("49990-50050:49990-50050/udp", "49990-50100:49990-50100/udp"),
        ("127.0.0.1:50000-50050:50000-50050/udp", "127.0.0.1:50000-50100:50000-50100/udp"),
        ("[::1]:50000-50050:50000-50050/udp", "[::1]:50000-50100:50000-50100/udp"),
        ("60000-60100:50000-50100/udp", "50000-50100:50000-50100/udp"),
        ("50000-50100:50000-50200/udp", None),
        ("60000-60200:49950-50150/udp", None),
        ("${A:-50000}-50050:${A:-50000}-50050/udp", None),
    ],
)
def test_a_published_range_is_widened_where_one_text_does_it(published: str, after: str | None) -> None:
    files = {
        "docker-compose.yml": (
            "services:\n  livekit:\n    image: livekit/livekit-server:v1.9\n    command: --config /l.yaml\n"
            f'    volumes: ["./l.yaml:/l.yaml:ro"]\n    ports: ["{published}"]\n'
        ),
        "l.yaml": f"rtc: {{port_range_start: 50000, port_range_end: 50100}}\n{LIVEKIT}",
    }
    new = fixed(files, *built_in("rtc-ports", "unreadable-file"))["docker-compose.yml"]
    assert new == files["docker-compose.yml"].replace(published, after or published)


PUBLISHED = """\
services:
  livekit:
    image: livekit/livekit-server:v1.8
    command: --config /etc/livekit.yaml
    volumes: ["./livekit.yaml:/etc/livekit.yaml"]
    ports: {ports}
{more}"""


def planned_entry(ports: str, more: str = "") -> Plan:
    files = {
        "docker-compose.yml": PUBLISHED.format(ports=ports, more=more),
        "livekit.yaml": f"{LIVEKIT}rtc:\n  tcp_port: 7881\n  udp_port: 7882\n",
    }
    return planned(files, *built_in("rtc-ports"), unsafe=True)


def test_an_entry_is_inserted_where_it_is_one_entry() -> None:
    found = planned_entry("['7880:7880', '7881:7881']")
    assert "ports: ['7880:7880', '7881:7881', \"7882:7882/udp\"]" in written(found)["docker-compose.yml"]


def test_an_entry_that_an_alias_would_give_to_another_service_too_is_not_inserted() -> None:
    found = planned_entry("&ports ['7880:7880', '7881:7881']", "  other:\n    image: x\n    ports: *ports\n")
    assert written(found) == {}
    assert [reason for _, reason in found.refused] == ["another value in docker-compose.yml would change too"]
