"""The configuration of a run, as the layers below `config` see it."""

from collections.abc import Mapping

from configlint.model.cell import NULL, Cell
from configlint.model.finding import Severity
from configlint.model.record import record


@record
class RuleSetting:
    """What the configuration says of one rule. `severity` None means that the rule's own stands."""

    severity: Severity | None = None
    off: bool = False
    exclude: tuple[str, ...] = ()


@record
class StackSetting:
    """Files that the user names as one stack, as paths from the root."""

    compose: tuple[str, ...] = ()
    env: tuple[str, ...] = ()
    livekit: tuple[str, ...] = ()


@record
class Settings:
    """`workers` is keyed as written: a file's path, a service, `stack/service`, or `default`."""

    workers: Mapping[str, Cell]
    mobile_host: Cell = NULL
    mobile_paths: tuple[str, ...] = ()
    rules: Mapping[str, RuleSetting]
    exclude: tuple[str, ...] = ()
    stacks: Mapping[str, StackSetting]


DEFAULTS = Settings(workers={}, rules={}, stacks={})
