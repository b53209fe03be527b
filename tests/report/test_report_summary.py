"""What is said of a run as a whole: never more than was checked."""

import samples
from samples import finding, options, place, result

from configlint.model.finding import Finding
from configlint.model.record import replace
from configlint.model.result import Result
from configlint.report import Options
from configlint.report.summary import sentences

F = {"f": "x\n"}


def said(run: Result, verbose: bool = False) -> str:
    return " ".join(sentences(run, options(verbose=verbose)))


def failing(count: int, severity: str = "error") -> list[Finding]:
    return [finding(place("f", "x\n", "x"), severity=severity) for _ in range(count)]  # type: ignore[arg-type]  # a word


def test_without_any_file_nothing_was_checked() -> None:
    run = result([], {}, values=0, vacuous=["a", "b"])
    assert said(run) == "Nothing to check: configlint found no file that it can read."


def test_where_every_rule_was_vacuous_or_unverifiable_nothing_is_said_to_agree() -> None:
    run = result([samples.workers()], samples.CONTENTS, rules=2, vacuous=["redis-parity"])
    assert said(run).startswith("No rule applied to these files: 31 values in 5 files were read")


def test_a_clean_run_says_how_much_it_checked() -> None:
    run = result([], F, rules=6, vacuous=["a", "b"])
    assert said(run) == (
        "No errors, no warnings: 4 rules checked 31 values in 1 file. 2 rules found nothing to check here: a, b."
    )


def test_many_vacuous_rules_are_named_only_when_asked_for() -> None:
    run = result([], F, rules=30, vacuous=[f"rule-{index}" for index in range(20)])
    assert "20 rules found nothing to check here." in said(run)
    assert "rule-19" in said(run, verbose=True)


def test_counts() -> None:
    run = result([*failing(1), *failing(2, "warning"), *failing(3, "info"), samples.workers()], samples.CONTENTS | F)
    assert said(run).startswith("Found 1 error and 2 warnings in 1 file.")
    assert "3 more at info level, 1 unverifiable: --verbose shows them." in said(run)


def test_fixes_are_counted_by_safety() -> None:
    assert "`configlint fix` fixes 1; with --unsafe 1 more." in said(samples.full())
    after = Options(version="1", command="fix")
    assert "`configlint fix --unsafe` fixes 1: review them first, with --diff." in sentences(samples.full(), after)


def test_what_is_silenced_is_said() -> None:
    assert "Not shown: 2 suppressed, 7 in the baseline." in said(result([], F, suppressed=2, baselined=7))
    assert "Not shown: 3 in the base revision too." in said(result([], F, known=3))


def test_what_others_have_found_before_is_not_called_healthy() -> None:
    for run in (result([], F, rules=6, baselined=1), result([], F, rules=6, known=1)):
        assert said(run).startswith("Nothing new: 6 rules checked 31 values in 1 file.")


def test_a_flood_is_answered_with_the_baseline() -> None:
    assert "configlint baseline" not in said(result(failing(20), F))
    assert "configlint baseline" in said(result(failing(21), F))
    assert "configlint baseline" not in said(result(failing(21), F, baselined=1)), "they know it"


def test_what_has_to_be_here_is_named_where_something_depends_on_it() -> None:
    run = replace(result([samples.workers()], samples.CONTENTS), absent=(".env",))
    assert "Missing, because git ignores it: .env. Write it before the check (in CI, from a secret)." in said(run)
    assert "git ignores" not in said(replace(result([], F), absent=(".env",)))


def test_many_absent_files_are_named_only_when_asked_for() -> None:
    run = replace(result([samples.workers()], samples.CONTENTS), absent=tuple(f"s{index}/.env" for index in range(7)))
    assert "git ignores them: s0/.env, s1/.env, s2/.env, s3/.env, s4/.env and 2 more. Write them" in said(run)
    assert "s6/.env" in said(run, verbose=True)
