"""The written form of `.configlint.yaml`. Imported only where a configuration is new: pydantic is heavy."""

from typing import Annotated, Literal

from pydantic import Field, field_validator

from configlint.kinds.forms import Form
from configlint.model.regex import regex

Switch = Literal["off", "info", "warning", "error", False]
"""`false` means off: it is what YAML 1.1 makes of an unquoted `off`."""

Workers = Annotated[int, Field(ge=0, strict=True)]

_HOST = regex(r"[A-Za-z0-9._-]+|\[?[0-9A-Fa-f]*(?::[0-9A-Fa-f.]*){2,8}\]?")


class MobileForm(Form):
    """Where the phones are."""

    host: str | None = Field(default=None, description="address at which phones reach the backend")
    paths: list[str] | None = Field(default=None, description="sources of the apps; default: lib/ of every package")

    @field_validator("host")
    @classmethod
    def _bare(cls, host: str | None) -> str | None:
        if host is not None and not _HOST.fullmatch(host):
            raise ValueError("a host name or an address is expected, without scheme, port and path")
        return host


class RuleSettingForm(Form):
    """One rule, switched or aimed."""

    severity: Switch | None = None
    exclude: list[str] = Field(default=[], description="path patterns whose findings of this rule are dropped")


class StackForm(Form):
    """Files that run together."""

    compose: list[str] = Field(default=[])
    env: list[str] = Field(default=[])
    livekit: str | list[str] | None = None


class ConfigForm(Form):
    """The configuration of configlint."""

    workers: dict[str, Workers] = Field(
        default={}, description="expected workers by file, service, stack/service, or `default`"
    )
    mobile: MobileForm = MobileForm()
    rules: dict[str, Switch | RuleSettingForm] = Field(default={})
    rule_files: list[str] = Field(default=[], alias="rule-files", description="rule files of your own")
    exclude: list[str] = Field(default=[])
    stacks: dict[str, StackForm] = Field(default={})
