"""The sentence for each reason why a value is unknown."""

from collections.abc import Mapping

from configlint.model.reason import Code, Reason

_SENTENCES: Mapping[Code, tuple[str, str]] = {
    "ignored-file": ("a git-ignored file is missing", "{subject} is missing (git-ignored)"),
    "ignored-key": ("a git-ignored file does not set it", "{subject} (git-ignored) does not set it here"),
    "missing-file": ("a file is missing", "{subject} is missing"),
    "foreign-file": ("the file is not in this repository", "{subject} is not in this repository"),
    "unreadable-file": ("a file cannot be read", "{subject} cannot be read"),
    "malformed": ("it cannot be parsed", "it cannot be parsed: {subject}"),
    "no-settings": ("it holds no settings", "{subject} holds no settings"),
    "no-entry-point": ("no entry point exists", "none of {subject} exists"),
    "unseen-include": ("an included file is missing", "{subject} is missing and may define more services"),
    "base-file": ("a base file is missing", "{subject} must be defined in a file that this one extends"),
    "outside-mount": ("it comes from outside the repository", "{subject} comes from outside the repository"),
    "hidden-mount": ("a volume hides it", "a volume hides {subject}"),
    "image-file": ("the image may contain it", "the image may contain {subject}"),
    "no-mount": ("nothing mounts or copies a file there", "nothing mounts or copies {subject}"),
    "reference": ("it depends on a variable", "it depends on {subject}"),
    "no-part": ("it has no such part", "what is written there has no {subject}"),
    "unset": ("nothing here sets it", "nothing here sets {subject}"),
    "may-be-set": ("it may be set elsewhere", "{subject} may be set in {source}"),
    "may-be-loaded": ("a loaded file may set it", "a file that the program loads may set {subject}"),
    "host-environment": (
        "it comes from the environment in which compose runs",
        "{subject} comes from the environment in which compose runs",
    ),
    "no-env-file": ("this stack has no env file and no template", "{subject} has no env file and no template"),
    "another-tool": ("another tool fills it in", "another tool fills in {subject}"),
    "foreign-image": ("the image is not built here", "the image {subject} is not built here"),
    "base-image": ("the base image decides what starts", "the base image {subject} decides what starts"),
    "no-dockerfile": ("the image's Dockerfile cannot be read", "the Dockerfile of {subject} cannot be read"),
    "no-stage": ("the Dockerfile has no such stage", "the Dockerfile has no stage {subject}"),
    "no-command": ("no command is given", "no command is given for {subject}"),
    "starts-shell": ("it starts a shell", "{subject} starts a shell"),
    "shell": ("the shell computes it", "the shell computes {subject}"),
    "script-arguments": ("the arguments of this script are not known", "the arguments of {subject} are not known"),
    "more-words": ("more words are added later", "more words are added to {subject} later"),
    "refused-template": ("compose refuses the value", "compose refuses the value: {subject}"),
    "required-variable": ("a required variable has no value", "the required variable {subject} has no value"),
    "no-known-server": (
        "it starts no server whose workers are known here",
        "{subject} starts no server whose workers are known here",
    ),
    "uncounted-workers": ("its workers are not counted here", "the workers of {subject} are not counted here"),
    "no-readable-server": (
        "it starts no server whose routes can be read",
        "{subject} starts no server whose routes can be read",
    ),
    "unknown-application": (
        "which application is served is not known",
        "which application {subject} serves is not known",
    ),
    "unread-routes": ("its routes are not read", "the routes of {subject} are not read"),
    "runtime": ("it is known only at run time", "{subject} is known only at run time"),
    "machine": ("it depends on the machine that runs it", "{subject} depends on the machine that runs it"),
    "condition": ("a condition decides it at run time", "{subject} is set only under a condition, in line {source}"),
    "caller": ("only the caller knows it", "only the caller knows {subject}"),
    "not-followed": ("it is not followed", "{subject} is not followed"),
    "several-values": ("it takes several values", "{subject} takes several values"),
    "changed": ("it is changed", "{subject} is changed in line {source}"),
    "set-later": ("it is set further down", "{subject} is set further down"),
    "may-set": ("the code may set any name", "{subject} may set any name"),
    "may-come-from": ("it may be imported", "{subject} may come from {source}"),
    "may-be-argument": ("it may be among the arguments", "{subject} may be among the arguments"),
    "not-set": ("it is not set in the code", "{subject} is not set in the code"),
    "subclass": ("a subclass sets its own", "a subclass sets its own {subject}"),
    "hook": ("a hook sets it when the server starts", "a hook sets {subject} when the server starts"),
    "no-value": ("it has no value", "{subject} has no value"),
    "not-text": ("it is not a string", "it is {subject}"),
    "part-of-unknown": ("it is part of something unknown", "{subject} is part of something unknown"),
    "cycle": ("it refers to itself", "{subject} refers to itself"),
    "too-long": ("it is too long to follow", "{subject} is too long to follow"),
    "too-deep": ("it is nested too deeply to follow", "{subject} is nested too deeply to follow"),
    "too-many": ("too many names lead to it", "too many names lead to {subject}"),
    "may-add-routes": ("more routes may be added", "{subject} may add routes"),
    "proxy-prefix": ("a prefix moves the routes behind a proxy", "{subject} moves the routes behind a proxy"),
    "more-routes": ("it has more routes", "{subject} has more routes"),
    "no-application": (
        "no application of a known framework is found",
        "{subject} has no application of a known framework",
    ),
    "may-be-merged": ("a plugin may ask for it", "the plugin {subject} may ask for it"),
    "no-port-stated": (
        "no command or configuration here states its ports",
        "no command or configuration here states the ports of {subject}",
    ),
    "ports-unstated": ("not all ports are stated", "nothing here states all ports on which {subject} listens"),
    "no-port-number": ("it is not a port number", "{subject} is not a port number"),
    "open-range": ("the end of the port range is not known", "the end of the range of {subject} is not known"),
    "outside-host": ("the host is outside the stack", "{subject} is outside the stack"),
    "other-network": ("the network is not the stack's own", "the network of {subject} is {source}"),
    "own-name": ("the name is defined for one service", "{source} defines {subject} for itself"),
    "shared-network": (
        "a network is shared with others",
        "a network is shared with others, which may define {subject}",
    ),
    "other-project": (
        "another project may define it",
        "{subject} is a service of {source}, which may run in the same project",
    ),
    "no-service-at-port": ("no service answers at this port", "no service answers at port {subject}"),
    "no-worker-count": (
        "the server does not start with this number of workers",
        "{subject} is not a number of workers",
    ),
    "may-create": ("it may be made at the start", "{subject} may make it at the start"),
    "empty-value": ("it is empty", "{subject} is empty"),
    "other-server": ("it is for another server", "it is for {subject}, and the server here has no such key"),
    "no-key-pair": ("it holds no key pair", "{subject} holds no key pair"),
}  # fmt: skip
"""By code: without a subject, and with one."""


def said(reason: Reason | None) -> str:
    """Why a value is unknown, in one clause; empty where nobody knows why."""
    if reason is None:
        return ""
    alone, named = _SENTENCES[reason.code]
    return named.format(subject=reason.subject, source=reason.source) if reason.subject else alone
