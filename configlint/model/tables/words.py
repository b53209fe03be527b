"""The closed sets of words that columns hold. mypy checks what `resolve` writes, and `rules` what a condition names."""

from typing import Annotated, Final, Literal, get_args

from configlint.model.cell import Cell

Role = Literal["server", "client", "webhook", ""]
CredentialPart = Literal["user", "password", "database"]
Shape = Literal["real", "placeholder", "reference", "empty", "unknown"]
DependencyState = Literal["met", "no-such-service", "inactive", "unchecked", "unknown"]
NeedState = Literal["met", "missing", "unknown"]
Holder = Literal["server", "mobile"]
Audience = Literal["mobile", "network", "host", "browser", "health"]
HostClass = Literal[
    "loopback", "unspecified", "emulator", "docker", "lan", "placeholder", "tunnel", "public", "single-label", "unknown"
]
CalledHostClass = Literal[HostClass, "backend"]
PossibleClass = Literal[CalledHostClass, "unfollowed", ""]
TargetState = Literal[
    "known",
    "no-such-host",
    "apart",
    "unknown",
    "self",
    "elsewhere",
    "unsure",
    "public",
    "inner",
    "program",
    "beside",
]
NetworkMode = Literal["bridge", "host", "shared", "none", "unknown"]
Transport = Literal["tcp", "udp", "sctp", "unknown"]
Purpose = Literal["http", "rtc", "redis", "turn"]
PortSource = Literal["command", "config", "expose", "publish", "healthcheck", "default", "unknown"]
Binding = Literal["loopback", "everywhere", "one", "unknown"]
Wanted = Literal["", "published", "called"]
PublishedBy = Literal["publish", "network"]
ReadBy = Literal["compose", "code"]
Defined = Literal["yes", "no", "unknown"]
Feeds = Literal["port", "image", "path", "other"]
FileRole = Literal["real", "template", "given"]
PairState = Literal["same", "differs", "unknown"]
PathRole = Literal[
    "env_file", "context", "dockerfile", "build target", "COPY source", "script", "config", "mount", "include",
    "config, which nothing mounts", "baked", "orphan", "dotenv",
]  # fmt: skip
Exists = Literal["yes", "no", "ignored", "unknown"]
PermissionState = Literal["asked", "missing", "unknown"]
Subject = Literal["workers"]
Program = Literal["server", "egress", "ingress", "sip"]
Fault = Literal["unreadable", "duplicate-key", "dialect", ""]

SpokenCell = Annotated[Cell, Literal["http", "ws"]]
"""A cell that holds one of these words."""

TRANSPORTS: Final[frozenset[str]] = frozenset(get_args(Transport))


def transport(word: str) -> Transport:
    """A protocol as somebody writes it behind a port; `unknown` for what docker takes for none."""
    lower = word.lower()
    return lower if lower in TRANSPORTS else "unknown"  # type: ignore[return-value]  # it is one of them
