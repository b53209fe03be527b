"""A configuration is taken as it is meant, or refused with its line and the name that was probably meant."""

from collections.abc import Iterable
from itertools import combinations

import pytest

from configlint import config
from configlint.config import Config
from configlint.model.cell import Cell
from configlint.model.memory_tree import MemoryTree
from configlint.rules.errors import InputError

FILES = {
    ".env": "",
    ".env.production": "",
    "livekit.yaml": "",
    "Procfile": "",
    "docker-compose.yml": "",
    "docker-compose.production.yml": "",
    "api/gunicorn.conf.py": "",
    "app/lib/main.dart": "",
    "config-rules/a.yaml": "",
    "config-rules/b.yaml": "",
}
TREE = MemoryTree(FILES, ignored=["secrets.yaml"])
NAMES = ("secret-parity", "worker-count", "mobile-localhost")


def loaded(text: str) -> Config:
    return config.load(".configlint.yaml", text, TREE)


def checked(path: str, text: str) -> None:
    """All that a run checks of a configuration."""
    configured = config.load(path, text, TREE)
    config.check_names(configured, NAMES)
    config.check_services(configured, ("api", "prod/api"), TREE)


def refused(text: str, path: str = ".configlint.yaml") -> tuple[int, str]:
    with pytest.raises(InputError) as caught:
        checked(path, text)
    assert caught.value.path == path
    return caught.value.line, caught.value.message


def shown(configured: Config, cell: Cell) -> str:
    """What stands at the place of a cell in the configuration's own text."""
    assert configured.document is not None
    place = cell.text.place
    assert place is not None
    assert place.path == configured.document.path
    return configured.document.content[place.start : place.end]


CONTRACT = """\
workers:
  api: 3
  api/gunicorn.conf.py: 1
mobile:
  host: 192.168.1.44
  paths: [app/lib/]
rules:
  mobile-localhost: off
  secret-parity: false
  worker-count: {severity: warning, exclude: [frontend/**/legacy/**]}
rule-files: [config-rules/*.yaml]
exclude: [vendor/**]
stacks:
  prod: {compose: [docker-compose.production.yml], env: [.env.production], livekit: livekit.yaml}
"""


def test_all_that_the_contract_names() -> None:
    configured = loaded(CONTRACT)
    settings = configured.settings
    assert {name: cell.value for name, cell in settings.workers.items()} == {"api": 3, "api/gunicorn.conf.py": 1}
    assert (settings.mobile_host.value, settings.mobile_paths) == ("192.168.1.44", ("app/lib",))
    assert {name: (one.off, one.severity, one.exclude) for name, one in settings.rules.items()} == {
        "mobile-localhost": (True, None, ()),
        "secret-parity": (True, None, ()),
        "worker-count": (False, "warning", ("frontend/**/legacy/**",)),
    }
    assert configured.rule_files == ("config-rules/a.yaml", "config-rules/b.yaml")
    assert settings.exclude == ("vendor/**",)
    prod = settings.stacks["prod"]
    assert (prod.compose, prod.env, prod.livekit) == (
        ("docker-compose.production.yml",),
        (".env.production",),
        ("livekit.yaml",),
    )


def test_values_know_where_they_are_written() -> None:
    configured = loaded(CONTRACT)
    assert shown(configured, configured.settings.mobile_host) == "192.168.1.44"
    assert shown(configured, configured.settings.workers["api/gunicorn.conf.py"]) == "1"


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n", "{}\n"])
def test_a_configuration_that_says_nothing(text: str) -> None:
    configured = loaded(text)
    assert not configured.settings.rules
    assert configured.settings.mobile_host.null


@pytest.mark.parametrize("severity", ["info", "warning", "error"])
def test_the_severity_of_a_rule(severity: str) -> None:
    rules = loaded(f"rules: {{worker-count: {severity}, secret-parity: {{severity: {severity}}}}}").settings.rules
    assert [(one.off, one.severity) for one in rules.values()] == [(False, severity)] * 2


@pytest.mark.parametrize("off", ["off", "false", "'off'", "{severity: off}", "{severity: false}"])
def test_a_rule_that_is_switched_off(off: str) -> None:
    assert loaded(f"rules: {{worker-count: {off}}}").settings.rules["worker-count"].off


FAULTS = [
    ("moble: {}", 1, "unknown key 'moble', did you mean 'mobile'?"),
    ("rule_files: []", 1, "unknown key 'rule_files', did you mean 'rule-files'?"),
    ("mobile:\n  hots: a", 2, "unknown key 'mobile.hots', did you mean 'host'?"),
    ("mobile: 3", 1, "'mobile' should be a mapping"),
    ("mobile:\n  host: 3", 2, "'mobile.host' should be a string"),
    ("mobile:\n  host: ''", 2, "'mobile.host': should be a host name or an address"),
    ("mobile:\n  host: http://a/", 2, "'mobile.host': should be a host name or an address"),
    ("mobile:\n  host: a:8000", 2, "'mobile.host': should be a host name or an address"),
    ("mobile:\n  paths: [app/lib, app/lob]", 2, "there is no file 'app/lob'"),
    ("workers:\n  api: two", 2, "'workers.api' should be a whole number"),
    ("workers:\n  api: '3'", 2, "'workers.api' should be a whole number"),
    ("workers:\n  api: true", 2, "'workers.api' should be a whole number"),
    ("workers:\n  api: 1.5", 2, "'workers.api' should be a whole number"),
    ("workers:\n  api: 22:22", 2, "'workers.api' should be a whole number"),
    ("workers:\n  api: -1", 2, "'workers.api': input should be greater than or equal to 0"),
    ("workers:\n  ap: 3", 2, "no service or file 'ap', did you mean 'api'?"),
    (
        "workers:\n  web/gunicorn.conf.py: 3",
        2,
        "there is no file 'web/gunicorn.conf.py', did you mean 'api/gunicorn.conf.py'?",
    ),
    ("workers:\n  api: 1\n  api: 2", 3, "'workers.api' is set twice with different values"),
    ("workers: [api]", 1, "'workers' should be a mapping"),
    ("rules:\n  worker-cuont: off", 2, "no rule 'worker-cuont', did you mean 'worker-count'?"),
    (
        "rules:\n  worker-count: on",
        2,
        "'rules.worker-count' should be 'off', 'info', 'warning', 'error' or false, or a",
    ),
    ("rules:\n  worker-count: 0", 2, "'rules.worker-count' should be 'off', 'info', 'warning', 'error' or false"),
    ("rules: {worker-count: {severity: 0.0}}", 1, "'rules.worker-count.severity' should be 'off', 'info'"),
    ("rules:\n  worker-count: true", 2, "'rules.worker-count' should be 'off', 'info', 'warning', 'error' or false"),
    ("rules:\n  worker-count: {severty: off}", 2, "unknown key 'rules.worker-count.severty', did you mean 'severity'?"),
    (
        "rules:\n  worker-count:\n    severity: no",
        3,
        "'rules.worker-count.severity' should be 'off', 'info', 'warning'",
    ),
    ("rules:\n  worker-count: {exclude: a}", 2, "'rules.worker-count.exclude' should be a list"),
    ("rule-files: [config-rules/c.yaml]", 1, "there is no rule file 'config-rules/c.yaml', did you mean"),
    ("rule-files: [rules/*.yaml]", 1, "there is no rule file 'rules/*.yaml'"),
    ("exclude: vendor", 1, "'exclude' should be a list"),
    ("exclude:\n- a\n- 3", 3, "'exclude.1' should be a string"),
    ("stacks:\n  p: {compos: [a]}", 2, "unknown key 'stacks.p.compos', did you mean 'compose'?"),
    (
        "stacks:\n  p:\n    compose: [docker-compose.prod.yml]",
        3,
        "there is no file 'docker-compose.prod.yml', did you mean",
    ),
    ("stacks:\n  p:\n    env: [.env.prod]", 3, "there is no file '.env.prod'"),
    ("stacks:\n  p:\n    livekit: livekit.yml", 3, "there is no file 'livekit.yml'"),
    ("- workers", 1, "a configuration must be a mapping"),
    ("workers", 1, "a configuration must be a mapping"),
    ("a: 1\n---\nb: 2", 1, "a configuration must be a mapping"),
    ("workers:\n  api: [", 3, "did not find expected node content"),
    ("workers:\n\tapi: 1", 2, "found character that cannot start any token"),
    ("? [a]\n: b", 1, "a key must be a text"),
]


@pytest.mark.parametrize(("text", "line", "message"), FAULTS)
def test_a_fault_is_named_with_its_line_and_the_nearest_name(text: str, line: int, message: str) -> None:
    found, said = refused(text + "\n")
    assert said.startswith(message), said
    assert found == line


def test_a_file_that_git_ignores_may_be_absent() -> None:
    stack = loaded("stacks: {p: {livekit: secrets.yaml, env: ['.env.*']}}").settings.stacks["p"]
    assert (stack.livekit, stack.env) == (("secrets.yaml",), (".env.*",))


def test_a_worker_count_may_name_a_stack_or_everybody() -> None:
    configured = loaded("workers: {prod/api: 3, default: 2, api: 1}")
    config.check_services(configured, ("api", "prod/api"), TREE)


def test_a_worker_count_may_name_any_file_that_is_there() -> None:
    checked(".configlint.yaml", "workers: {Procfile: 3}")


def test_rules_of_the_user_s_own_may_be_configured() -> None:
    configured = loaded("rules: {mine: off}")
    config.check_names(configured, [*NAMES, "mine"])
    with pytest.raises(InputError, match="no rule 'mine'"):
        config.check_names(configured, NAMES)


class TestPyproject:
    """The same in TOML, with the same places."""

    TOML = """\
[project]
name = "stack"  # exclude = ["not ours"]

[tool.other.configlint]
exclude = ["not ours either"]

[tool.configlint]
mobile.host = "192.168.1.44"
exclude = [  # a list over
  "vendor/**",  # several lines
]
stacks = { prod = { compose = ["docker-compose.production.yml"], livekit = 'livekit.yaml' } }

[tool.configlint.workers]
api = 3
"api/gunicorn.conf.py" = 1

[tool.configlint.rules]
mobile-localhost = "off"
secret-parity = false

[tool.configlint.rules.worker-count]
severity = "warning"
exclude = ["frontend/**"]
"""

    @staticmethod
    def load(text: str) -> Config:
        return config.load("pyproject.toml", text, TREE)

    def test_it_means_what_yaml_means(self) -> None:
        settings = self.load(self.TOML).settings
        assert {name: cell.value for name, cell in settings.workers.items()} == {"api": 3, "api/gunicorn.conf.py": 1}
        assert settings.mobile_host.value == "192.168.1.44"
        assert {name: (one.off, one.severity, one.exclude) for name, one in settings.rules.items()} == {
            "mobile-localhost": (True, None, ()),
            "secret-parity": (True, None, ()),
            "worker-count": (False, "warning", ("frontend/**",)),
        }
        assert settings.exclude == ("vendor/**",)
        assert settings.stacks["prod"].livekit == ("livekit.yaml",)

    def test_values_know_where_they_are_written(self) -> None:
        configured = self.load(self.TOML)
        assert shown(configured, configured.settings.mobile_host) == "192.168.1.44"
        assert shown(configured, configured.settings.workers["api"]) == "3"
        assert shown(configured, configured.settings.workers["api/gunicorn.conf.py"]) == "1"

    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    @pytest.mark.parametrize("mark", ["", "\ufeff"])
    def test_line_ends_and_byte_order_mark(self, end: str, mark: str) -> None:
        configured = self.load(mark + "# é\n[tool.configlint]\nmobile = {host = '10.0.0.7'}\n".replace("\n", end))
        assert shown(configured, configured.settings.mobile_host) == "10.0.0.7"

    @pytest.mark.parametrize(
        ("body", "line", "message"),
        [
            ("moble = {}", 2, "unknown key 'moble', did you mean 'mobile'?"),
            ("[tool.configlint.mobile]\nhots = 'a'", 3, "unknown key 'mobile.hots', did you mean 'host'?"),
            ("mobile.hots = 'a'", 2, "unknown key 'mobile.hots', did you mean 'host'?"),
            ("mobile = { host = 3 }", 2, "'mobile.host' should be a string"),
            ("mobile = { paths = ['app/lib',\n'app/lob'] }", 3, "there is no file 'app/lob'"),
            ("workers = { api = '3' }", 2, "'workers.api' should be a whole number"),
            ("workers.api = 1979-05-27", 2, "'workers.api' should be a whole number"),
            ("workers = { 'ap' = 3 }", 2, "no service or file 'ap', did you mean 'api'?"),
            (
                "[tool.configlint.rules]\nworker-cuont = 'off'",
                3,
                "no rule 'worker-cuont', did you mean 'worker-count'?",
            ),
            (
                "[tool.configlint.rules.worker-count]\nseverity = 'no'",
                3,
                "'rules.worker-count.severity' should be 'off'",
            ),
            ("exclude = [1]", 2, "'exclude.0' should be a string"),
            ("exclude = 'a'", 2, "'exclude' should be a list"),
            ("[[tool.configlint.stacks]]\nx = 1", 2, "'stacks' should be a mapping"),
            ("exclude = [", 3, "invalid value"),
            ("exclude = []\nexclude = []", 3, "cannot overwrite a value"),
        ],
    )
    def test_a_fault_is_named_with_its_line(self, body: str, line: int, message: str) -> None:
        found, said = refused(f"[tool.configlint]\n{body}\n", "pyproject.toml")
        assert said.startswith(message), said
        assert found == line

    @pytest.mark.parametrize(
        "text", ["", "[tool.configlint]\n", "[project]\nname = '[tool.configlint]'\n", "tool = 3\n"]
    )
    def test_a_file_that_does_not_configure_us(self, text: str) -> None:
        assert self.load(text).document is None

    def test_depth_is_no_way_to_stop_the_program(self) -> None:
        assert refused("[tool.configlint]\nexclude = " + "[" * 5000 + "]" * 5000 + "\n", "pyproject.toml")


def found(files: Iterable[str]) -> str | None:
    contents = {path: "[tool.configlint]\nexclude = ['a']\n" if path.endswith(".toml") else "" for path in files}
    return config.find(MemoryTree(contents))


def test_which_file_is_the_configuration() -> None:
    everything = [".configlint.yaml", "configlint.yaml", "pyproject.toml"]
    assert [found([name]) for name in everything] == everything
    for two in combinations(everything, 2):
        with pytest.raises(InputError, match="keep only one"):
            found(two)
    assert found(["sub/.configlint.yaml"]) is None
    assert config.find(MemoryTree({"pyproject.toml": "[tool.other]\n"})) is None
    assert config.find(MemoryTree({"pyproject.toml": "[tool.configlint.workers]\napi = 3\n"})) == "pyproject.toml"
