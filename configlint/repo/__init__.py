"""The only layer that touches the disk: it lists, reads, probes and writes. Nothing here knows a rule or a format."""

from configlint.repo.builtin_rules import builtin_rules, prepared_rules
from configlint.repo.errors import RepoError, WriteError
from configlint.repo.output import write_output, write_own
from configlint.repo.reading import read_outside
from configlint.repo.recovery import recover
from configlint.repo.trace import Trace
from configlint.repo.tree import DiskTree, Opening
from configlint.repo.writing import Change, write

__all__ = [
    "Change",
    "DiskTree",
    "Opening",
    "RepoError",
    "Trace",
    "WriteError",
    "builtin_rules",
    "prepared_rules",
    "read_outside",
    "recover",
    "write",
    "write_output",
    "write_own",
]
