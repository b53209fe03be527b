"""Measures configlint as it is installed against the goals, and prints a table.

Usage: `python bench/run.py BIN [PART…]`. BIN is the directory of `python`, `configlint` and `alint`; the parts are
`small`, `large`, `growth` and `dart`, all of them where none is named.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter, sleep
from typing import NamedTuple

from processes import Command, Measured, compare
from repositories import ignored, large, small, write

from configlint.code.dart.app_values import app_values
from configlint.formats.dart import read

SETTLED = 3.0
"""Seconds after which a result on files just written may be kept."""

LIBRARIES = "import click, yaml, ruamel.yaml, dotenv, pydantic"

ALINT = r"""version: 1
rules:
  - {id: no-localhost, kind: file_content_forbidden, paths: "**/lib/**/*.dart", pattern: "localhost|127[.]0[.]0[.]1",
     level: error}
  - {id: livekit-port, kind: yaml_path_equals, paths: "**/livekit.yaml", path: "$.port", equals: 7880, level: error}
  - {id: secret, kind: dotenv_path_matches, paths: "**/.env*", path: "$.LIVEKIT_API_SECRET", matches: "^.{0,40}$",
     level: error}
"""


class Figure(NamedTuple):
    """One measured figure beside what it should be (`goal`) and what it has to be (`must`)."""

    name: str
    value: float
    goal: float
    must: float
    unit: str
    detail: str

    def line(self) -> str:
        verdict = "met" if self.value <= self.goal else "goal missed" if self.value <= self.must else "**missed**"
        shown = [f"{number:.0f} MB" if self.unit == "MB" else f"{number:.2f}" for number in self[1:4]]
        return f"| {self.name} | {shown[0]} | {shown[1]} | {shown[2]} | {verdict} | {self.detail} |"


class Bench:
    """`work` holds the repositories, the cache and a home without anybody's settings."""

    def __init__(self, binaries: Path, work: Path) -> None:
        self.binaries = binaries
        self.work = work
        self.cache = work / "cache"
        home = work / "home"
        home.mkdir()
        self.environment = {
            "PATH": f"{binaries}:{os.environ['PATH']}",
            "HOME": str(home),
            "XDG_CACHE_HOME": str(self.cache),
            "GIT_CONFIG_NOSYSTEM": "1",
            "LC_ALL": "C.UTF-8",
        }

    def command(self, directory: Path, *arguments: str, before: Callable[[], object] = lambda: None) -> Command:
        program = str(self.binaries / arguments[0])
        return Command((program, *arguments[1:]), directory, self.environment, before)

    def forget(self) -> None:
        """As on the first run of a user who has run configlint before: the results are gone."""
        shutil.rmtree(self.cache / "configlint", ignore_errors=True)

    def small(self) -> Iterator[Figure]:
        top = write(self.work / "small", small())
        sleep(SETTLED)
        count = 0

        def change() -> None:
            nonlocal count
            count += 1
            (top / ".env").write_text(small()[".env"] + f"COUNT={count}\n", encoding="utf-8")

        measured = compare(
            {
                "changed": self.command(top, "configlint", "check", before=change),
                "libraries": self.command(top, "python", "-c", LIBRARIES),
            },
            31,
        )
        yield _ratio("small repository, one file changed, to importing the libraries", measured, 0.8, 1.0)
        sleep(SETTLED)
        measured = compare(
            {
                "unchanged": self.command(top, "configlint", "check"),
                "pass": self.command(top, "python", "-c", "pass"),
            },
            41,
        )
        yield _ratio("small repository, unchanged, to `python -c pass`", measured, 2.0, 2.5)

    def large(self) -> Iterator[Figure]:
        top = write(self.work / "large", {**large(10_000, 89_998), ".alint.yml": ALINT}, ignored(33_333))
        sleep(SETTLED)
        alint = self.command(top, "alint", "check", "--format", "json")
        measured = compare({"cold": self.command(top, "configlint", "check", before=self.forget), "alint": alint}, 5)
        yield _ratio("100,000 files, cold, to alint with three rules", measured, 1.0, 2.5)
        yield Figure("100,000 files, peak memory", measured["cold"].memory, 300, 300, "MB", "")
        measured = compare({"unchanged": self.command(top, "configlint", "check"), "alint": alint}, 7)
        yield _ratio("100,000 files, unchanged, to alint", measured, 0.3, 0.8)

    def growth(self) -> Iterator[Figure]:
        sizes = (0, 1_000, 10_000)
        commands = {
            str(size): self.command(
                write(self.work / f"growth-{size}", large(size)), "configlint", "check", "--no-cache"
            )
            for size in sizes
        }
        measured = compare(commands, 5)
        each = [(measured[str(size)].seconds - measured["0"].seconds) / size for size in sizes[1:]]
        yield Figure(
            "cost of one more file among 10,000, to among 1,000",
            each[1] / each[0], 1.2, 1.2, "", " and ".join(f"{one * 1000:.2f} ms" for one in reversed(each)),
        )  # fmt: skip

    def dart(self) -> Iterator[Figure]:
        """Reading alone, without the start of a process: seconds, the best of five."""
        yield Figure("a Dart file of 5,000 lines, seconds", _best([file(0, 5_000)]), 0.3, 0.3, "", "one in 20 calls")
        files = [file(number, 60, urls=number % 20 == 0) for number in range(2_000)]
        yield Figure("2,000 Dart files, one in 20 with URLs, seconds", _best(files), 1.0, 1.0, "", "60 lines each")


def _best(contents: list[str]) -> float:
    """The shortest of five times that it takes to read the addresses of an app of these files."""
    times = []
    for _ in range(5):
        start = perf_counter()
        documents = [read(f"lib/part{number}.dart", content) for number, content in enumerate(contents)]
        app_values(documents, lambda _: None)
        times.append(perf_counter() - start)
    return min(times)


def file(number: int, lines: int, *, urls: bool = True) -> str:
    """A Dart file of so many lines, of which one in twenty calls an address."""
    body = [
        f"  Future<void> call{line}() => http.get(Uri.parse('$base/items/{line}'));"
        if urls and line % 20 == 0
        else f"  int value{line}(int given) => given + {line};"
        for line in range(lines - 4)
    ]
    head = "import 'package:http/http.dart' as http;" if urls else "import 'package:flutter/widgets.dart';"
    base = (
        f"  static const String base = 'http://192.168.1.{number % 200}:8000';" if urls else "  static const int n = 1;"
    )
    return "\n".join([head, f"class Service{number} {{", base, *body, "}"]) + "\n"


def _ratio(name: str, measured: dict[str, Measured], goal: float, must: float) -> Figure:
    """The first of two commands to the second."""
    one, two = (each.seconds for each in measured.values())
    return Figure(name, one / two, goal, must, "", f"{one * 1000:.0f} ms, {two * 1000:.0f} ms")


def main() -> None:
    binaries, words = Path(sys.argv[1]).absolute(), sys.argv[2:]
    with tempfile.TemporaryDirectory() as directory:
        bench = Bench(binaries, Path(directory).resolve())
        print("| | measured | goal | must | | medians |")
        print("|---|---|---|---|---|---|")
        for part in (bench.small, bench.dart, bench.large, bench.growth):
            if not words or part.__name__ in words:
                for figure in part():
                    print(figure.line(), flush=True)


if __name__ == "__main__":
    main()
