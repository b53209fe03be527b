"""Whole processes, timed."""

import os
import statistics
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple


class Command(NamedTuple):
    """What is run where. `before` prepares each run and is not timed."""

    arguments: tuple[str, ...]
    directory: Path
    environment: Mapping[str, str]
    before: Callable[[], object] = lambda: None
    codes: tuple[int, ...] = (0, 1)


class Measured(NamedTuple):
    """Seconds, the median of all runs; MB, the most that any run held."""

    seconds: float
    memory: float


def compare(commands: Mapping[str, Command], rounds: int) -> dict[str, Measured]:
    """Run the commands in turn, so that whatever slows the machine down slows each; one round is not counted."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    memory = dict.fromkeys(commands, 0.0)
    for number in range(rounds + 1):
        for name, command in commands.items():
            command.before()
            seconds, used = _once(command)
            if number:
                times[name].append(seconds)
            memory[name] = max(memory[name], used)
    return {name: Measured(statistics.median(times[name]), memory[name]) for name in commands}


def _once(command: Command) -> tuple[float, float]:
    null = os.open(os.devnull, os.O_RDWR)
    here = os.open(".", os.O_RDONLY)
    os.chdir(command.directory)
    try:
        streams = [(os.POSIX_SPAWN_DUP2, null, stream) for stream in range(3)]
        start = time.perf_counter()
        process = os.posix_spawn(command.arguments[0], command.arguments, command.environment, file_actions=streams)
        _, status, usage = os.wait4(process, 0)
        seconds = time.perf_counter() - start
    finally:
        os.fchdir(here)
        os.close(here)
        os.close(null)
    code = os.waitstatus_to_exitcode(status)
    if code not in command.codes:
        raise SystemExit(f"{' '.join(command.arguments)} in {command.directory}: exit code {code}")
    return seconds, usage.ru_maxrss / 1024  # kilobytes, on Linux
