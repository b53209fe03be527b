"""`make fuzz`: input that is made to reach as much of the code as it can.

`fuzz.py SECONDS [TARGET…]` tries each target for so long, and ends with 1 if one of them found something. What it found
lies in `.fuzz/TARGET` beside its log, as `crash-…`, `timeout-…` or `oom-…`; what it learnt lies in the `corpus` there.
Mend the defect, cut the input down, and keep it in `tests/data/fuzz/TARGET.json`, where the tests try it again.
"""

import subprocess
import sys
from pathlib import Path

import atheris  # type: ignore[import-not-found, import-untyped, unused-ignore] # an extra of its own

FOUND = Path(__file__).parent.parent / ".fuzz"
LIMITS = ("-max_len=3000", "-timeout=5", "-rss_limit_mb=1500")


def one(name: str, options: list[str]) -> None:
    """One target in this process, which libFuzzer ends."""
    with atheris.instrument_imports(include=["configlint"]):
        from fuzzing import TARGETS  # only here is it watched
    target = TARGETS[name]
    atheris.Setup([name, *options], lambda data: target(data.decode("utf-8", "ignore").replace("\0", "")))
    atheris.Fuzz()


def each(seconds: str, names: list[str]) -> int:
    from fuzzing import TARGETS, seeds

    failed = []
    for name in names or TARGETS:
        corpus = FOUND / name / "corpus"
        corpus.mkdir(parents=True, exist_ok=True)
        for number, seed in enumerate(seeds(name)):
            (corpus / f"seed-{number}").write_text(seed, encoding="utf-8")
        command = [sys.executable, __file__, "--one", name, str(corpus), f"-max_total_time={seconds}", *LIMITS]
        with (FOUND / name / "log").open("wb") as log:
            command.append(f"-artifact_prefix={FOUND / name}/")
            code = subprocess.run(command, stdout=log, stderr=log, check=False).returncode
        print(f"{name}: {'found something, see its log' if code else 'found nothing'}", flush=True)
        failed += [name] * bool(code)
    return int(bool(failed))


if __name__ == "__main__":
    if sys.argv[1] == "--one":
        one(sys.argv[2], sys.argv[3:])
    sys.exit(each(sys.argv[1], sys.argv[2:]))
