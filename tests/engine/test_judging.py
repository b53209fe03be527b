"""Outcomes become findings: one for each deciding place, with the severity that its reach deserves."""

import pytest
from trees import rule

from configlint.engine.edits import Bench, Sites
from configlint.engine.judge import findings
from configlint.kinds.base import Outcome, Side
from configlint.model.cell import Cell, cell, typed, unknown
from configlint.model.database import Tables
from configlint.model.finding import Finding, Severity
from configlint.model.memory_tree import MemoryTree
from configlint.model.reason import Reason
from configlint.model.tables import Reach, Row, Url, Workers
from configlint.model.text import Literal, Place, Text
from configlint.rules.rule import Rule

COUNT = rule(
    """\
kind: equals
from: {table: workers}
column: count
truth: expected
says:
  differs: "{from.name} runs {from.count}, {from.expected} expected ({services})"
  unverifiable: "nobody knows: {reason}"
shows: {to: expected here, from: "{from.name}"}
help: correct {from.name}
fix: write {from.expected}
"""
)


def literal(value: str, at: int, path: str = ".env") -> Text:
    place = Place(path, at, at + len(value))
    return Text.literal(value, Literal(place=place, inner=place, style="dotenv/bare"))


ONE = typed(1, literal("1", 4))
THREE = typed(3, literal("3", 90, ".configlint.yaml"))


def workers(name: str, count: Cell = ONE, expected: Cell = THREE, reach: Reach = "always", stack: str = "s") -> Workers:
    return Workers(
        stack=stack, at=Text.exactly("", Place("f", 0, 0)), service=name, name=name, count=count, expected=expected,
        reach=reach,
    )  # fmt: skip


def wrong(row: Row, *, unverifiable: bool = False, reason: Reason | None = None) -> Outcome:
    truth = Side(row, "expected")
    return Outcome(
        word="differs", wrong=Side(row, "count"), beside=(truth,), truth=None if unverifiable else truth,
        unverifiable=unverifiable, reason=reason,
    )  # fmt: skip


TREE = MemoryTree({".env": "", ".configlint.yaml": "", "f": ""}, ignored=[".env"])


def judged(
    *outcomes: Outcome, by: Rule = COUNT, severity: Severity = "error", beside: tuple[Row, ...] = ()
) -> list[Finding]:
    rows = [outcome.wrong.row for outcome in outcomes]
    bench = Bench(sites=Sites(Tables([*rows, *beside])), tree=TREE, contents=TREE.read)
    return findings(by, severity, outcomes, bench)


def test_a_finding_says_who_is_wrong_and_shows_what_is_right() -> None:
    (finding,) = judged(wrong(workers("api")))
    assert (finding.rule, finding.severity, finding.verdict, finding.stack) == ("mine", "error", "fail", "s")
    assert finding.message == "api runs 1, 3 expected (api)"
    assert finding.place == Place(".env", 4, 5)
    assert finding.label == "api"
    assert [(label.place, label.message) for label in finding.related] == [
        (Place(".configlint.yaml", 90, 91), "expected here")
    ]
    assert finding.fix is not None
    assert (finding.fix.title, finding.fix.safety, [edit.new for edit in finding.fix.edits]) == (
        "write 3",
        "safe",
        ["3"],
    )
    assert finding.advice == "", "a safe fix needs no advice"


def test_one_place_is_one_finding_however_many_services_it_reaches() -> None:
    (finding,) = judged(wrong(workers("api")), wrong(workers("asr")), wrong(workers("api", stack="t")))
    assert finding.message == "api, asr runs 1, 3 expected (api, asr)"
    assert finding.fix is not None
    assert finding.fix.safety == "safe"


def test_two_places_are_two_findings() -> None:
    other = typed(1, literal("1", 4, "other.env"))
    assert len(judged(wrong(workers("api")), wrong(workers("asr", other)))) == 2


def test_a_part_of_a_place_is_a_place_of_its_own() -> None:
    url = literal("http://localhost:8000", 4)
    row = Url(
        stack="s",
        at=url,
        name="u",
        url=cell(url),
        audience="mobile",
        host=cell(url[7:16]),
        port=typed("8000", url[17:]),
    )
    by = rule("kind: forbids\nfrom: {table: urls}\ncolumn: url\n")
    found = judged(*(Outcome(word="found", wrong=Side(row, column)) for column in ("url", "host", "port")), by=by)
    assert [one.place for one in found] == [Place(".env", 4, 25), Place(".env", 11, 20), Place(".env", 21, 25)]


def test_two_wishes_for_one_place_are_no_fix() -> None:
    four = typed(4, literal("4", 120, ".configlint.yaml"))
    (finding,) = judged(wrong(workers("api")), wrong(workers("asr", expected=four)))
    assert finding.fix is None
    assert finding.advice == "correct api, asr"
    assert len(finding.related) == 2


def test_a_place_that_serves_somebody_else_is_unsafe_to_write() -> None:
    (finding,) = judged(wrong(workers("api")), beside=(workers("asr"),))
    assert finding.fix is not None
    assert (finding.fix.safety, finding.fix.note) == ("unsafe", "the value also serves asr")
    assert finding.advice == "correct api"


@pytest.mark.parametrize("reach", ["always", "substituted", "optional", "debug"])
def test_who_is_served_at_all_counts(reach: Reach) -> None:
    (finding,) = judged(wrong(workers("api")), beside=(workers("asr", reach=reach),))
    assert finding.fix is not None
    assert finding.fix.safety == "unsafe"


def test_a_value_that_is_overridden_serves_nobody() -> None:
    (finding,) = judged(wrong(workers("api")), beside=(workers("asr", reach="latent"),))
    assert finding.fix is not None
    assert finding.fix.safety == "safe"


REACHES: list[tuple[Reach, Severity, Severity]] = [
    ("always", "error", "error"),
    ("latent", "error", "warning"),
    ("substituted", "error", "warning"),
    ("optional", "error", "warning"),
    ("debug", "error", "info"),
    ("latent", "warning", "info"),
    ("latent", "info", "info"),
    ("debug", "info", "info"),
]


@pytest.mark.parametrize(("reach", "severity", "lowered"), REACHES)
def test_reach_lowers_the_severity(reach: Reach, severity: Severity, lowered: Severity) -> None:
    (finding,) = judged(wrong(workers("api", reach=reach)), severity=severity)
    assert finding.severity == lowered


def test_of_merged_rows_the_one_that_takes_effect_decides() -> None:
    (finding,) = judged(
        wrong(workers("api", reach="debug")), wrong(workers("asr")), wrong(workers("tts", reach="latent"))
    )
    assert finding.severity == "error"


class TestUnverifiable:
    """What cannot be known is info, says why, and is never fixed."""

    UNSEEN = unknown(Reason("machine"), literal("cpu_count()", 4))

    def test_it_is_said_in_its_own_words(self) -> None:
        (finding,) = judged(wrong(workers("api", self.UNSEEN), unverifiable=True, reason=Reason("machine")))
        assert (finding.verdict, finding.severity, finding.fix) == ("unverifiable", "info", None)
        assert finding.message == "nobody knows: it depends on the machine that runs it"
        assert finding.advice == "correct api"

    def test_without_a_sentence_the_title_is_said(self) -> None:
        by = rule("kind: equals\nfrom: {table: workers}\ncolumn: count\ntruth: expected\n")
        (finding,) = judged(wrong(workers("api", self.UNSEEN), unverifiable=True), by=by)
        assert finding.message == "cannot be verified: the two agree (its value is not known)"

    def test_it_does_not_merge_with_what_fails(self) -> None:
        found = judged(wrong(workers("api")), wrong(workers("asr"), unverifiable=True))
        assert [one.verdict for one in found] == ["fail", "unverifiable"]

    def test_what_is_written_nowhere_is_told_at_its_counterpart(self) -> None:
        (finding,) = judged(wrong(workers("api", unknown(Reason("missing-file"))), unverifiable=True))
        assert finding.place == Place("f", 0, 0), "the place of the row"
        row = Workers(stack="s", at=Text(), name="api", count=unknown(Reason("missing-file")), expected=THREE)
        (finding,) = judged(wrong(row, unverifiable=True))
        assert finding.place == Place(".configlint.yaml", 90, 91)
        nowhere = Workers(
            stack="s", at=Text(), name="api", count=unknown(Reason("unset")), expected=unknown(Reason("unset"))
        )
        assert judged(wrong(nowhere, unverifiable=True)) == []


def test_places_that_pass_a_value_on_are_shown() -> None:
    used, part = Place("docker-compose.yml", 30, 36), Place("docker-compose.yml", 50, 51)
    text = literal("1", 4).through(used) + Text.exactly("0", part)
    (finding,) = judged(wrong(workers("api", Cell(value=10, text=text))))
    assert [(label.place, label.message) for label in finding.related] == [
        (Place(".configlint.yaml", 90, 91), "expected here"),
        (used, "used here"),
        (part, "the rest of it"),
    ]
    assert finding.fix is None, "no one place holds all of it"


def test_the_truth_may_be_passed_on_too() -> None:
    passed = Place("other.yaml", 1, 2)
    three = typed(3, literal("3", 90, ".configlint.yaml").through(passed))
    (finding,) = judged(wrong(workers("api", expected=three)))
    assert [label.message for label in finding.related] == ["expected here", "passed on here"]


def test_a_fingerprint_holds_no_value_and_no_line() -> None:
    one, two = workers("api"), workers("api", typed(2, literal("2", 400)), typed(7, literal("7", 3)))
    (first,), (second,) = judged(wrong(one)), judged(wrong(two))
    assert first.fingerprint == second.fingerprint
    (third,) = judged(wrong(workers("asr")))
    assert third.fingerprint != first.fingerprint


SECRET = literal("made-up-secret", 4).as_secret()
TRUTH = literal("another-secret", 90, "shared.yaml").as_secret()


def test_a_value_goes_from_a_private_file_into_a_shared_one_only_if_asked_for() -> None:
    files = dict.fromkeys((".env", "shared.yaml", "f"), "")
    by = rule("kind: equals\nfrom: {table: workers}\ncolumn: count\ntruth: expected\n")

    def safety(here: Text, there: Text) -> str | None:
        row = workers("api", cell(here), cell(there))
        bench = Bench(sites=Sites(Tables([row])), tree=MemoryTree(files, ignored=[".env"]), contents=files.get)
        (finding,) = findings(by, "error", [wrong(row)], bench)
        return finding.fix.safety if finding.fix else None

    assert safety(SECRET, TRUTH) == "safe"
    assert safety(TRUTH, SECRET) == "unsafe"
    assert safety(literal("public", 90, "shared.yaml"), literal("value", 4)) == "unsafe", "of any value"
    assert safety(literal("public", 90, "shared.yaml"), SECRET) == "unsafe"
