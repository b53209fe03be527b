"""Why a value is unknown: a code with what it is about. `engine/reasons` puts it into words."""

from typing import Literal, NamedTuple

Code = Literal[
    # files
    "ignored-file", "ignored-key", "missing-file", "foreign-file", "unreadable-file", "malformed", "no-settings",
    "no-entry-point", "unseen-include", "base-file", "outside-mount", "hidden-mount", "image-file", "no-mount",
    # rules of the user's own
    "reference", "no-part",
    # variables
    "unset", "may-be-set", "may-be-loaded", "host-environment", "no-env-file", "another-tool",
    # commands
    "foreign-image", "base-image", "no-dockerfile", "no-stage", "no-command", "starts-shell", "shell",
    "script-arguments", "more-words", "refused-template", "required-variable",
    "no-known-server", "uncounted-workers", "no-readable-server", "unknown-application", "unread-routes",
    # code
    "runtime", "machine", "condition", "caller", "not-followed", "several-values", "changed", "set-later", "may-set",
    "may-come-from", "may-be-argument", "not-set", "subclass", "hook", "no-value", "not-text", "part-of-unknown",
    "cycle", "too-long", "too-deep", "too-many",
    # routes
    "may-add-routes", "proxy-prefix", "more-routes", "no-application",
    # apps
    "may-be-merged",
    # addresses
    "no-port-stated", "ports-unstated", "no-port-number", "open-range", "outside-host", "other-network", "own-name",
    "shared-network", "other-project",
    "no-service-at-port", "no-worker-count", "no-key-pair", "may-create", "empty-value", "other-server",
]  # fmt: skip
"""Stable, and a part of the JSON output. Each has its sentence in `engine/reasons`."""


class Reason(NamedTuple):
    """`subject` is what is not known or what it depends on: a file, a variable, a name. `source` says whence or where.

    `subject` is a name, `source` a name or a clause; neither is a value of a file.
    """

    code: Code
    subject: str = ""
    source: str = ""
