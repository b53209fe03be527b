"""`fix` removes a suppression that suppresses nothing, and not a character more."""

import pytest
from trees import BUILT_IN, settings

from configlint.engine.check import check
from configlint.fix.plan import plan
from configlint.model.memory_tree import MemoryTree

STALE = "configlint: ignore[port-conflict]"
COMPOSE = "services:\n  api:\n    image: registry.example/api:1\n"


def fixed(path: str, content: str, configuration: str = "") -> str:
    """What `fix` makes of one file; nothing may be left to find."""
    tree = MemoryTree({path: content})
    planned = plan(tree, settings(configuration, tree), BUILT_IN, unsafe=False)
    assert planned.refused == ()
    assert [one for one in planned.after.findings if one.rule == "unused-suppression"] == []
    return {change.path: change.new for change in planned.changes}.get(path, content)


@pytest.mark.parametrize(
    ("path", "content", "left"),
    [
        pytest.param(".env", f"A=1  # {STALE} because\nB=2\n", "A=1\nB=2\n", id="the white space before it goes too"),
        pytest.param(".env", f"A=1\t \t# {STALE}\n", "A=1\n", id="be it tabs"),
        pytest.param(".env", f"A=1\n# {STALE}\nB=2\n", "A=1\nB=2\n", id="alone, with its line"),
        pytest.param(".env", f"A=1\n   # {STALE}\nB=2\n", "A=1\nB=2\n", id="indented"),
        pytest.param(".env", f"A=1\r\n# {STALE}\r\nB=2 # {STALE}\r\n", "A=1\r\nB=2\r\n", id="line ends are kept"),
        pytest.param(".env", f"A=1\n# {STALE}", "A=1\n", id="the last line, without an end"),
        pytest.param(".env", f"A=1  # {STALE}", "A=1", id="at the end of the file"),
        pytest.param(".env", f"\ufeff# {STALE}\nA=1\n", "\ufeffA=1\n", id="the byte order mark stays"),
        pytest.param(".env", f"# {STALE}\n# {STALE}\nA=1\n", "A=1\n", id="two, one below the other"),
        pytest.param(".env", f"# {STALE}\n", "", id="all that there is"),
        pytest.param(".env", "# configlint: ignore-file[port-conflict]\nA=1\n", "A=1\n", id="of a whole file"),
        pytest.param(".env", "A=1\n" + "#\n" * 10 + "# configlint: ignore-file[redis-parity]\n", "A=1\n" + "#\n" * 10,
                     id="of a whole file, where it does not count"),
        pytest.param(".env", f"A=1  # the first; {STALE} x\n", "A=1  # the first;\n", id="what it says before stays"),
        pytest.param(".env", f"# the first: {STALE}\nA=1\n", "# the first:\nA=1\n", id="and so does its line"),
        pytest.param(".env", "A=1 # configlint: ignore[port-conflict, redis-parity] x\n", "A=1\n", id="a whole list"),
        pytest.param("docker-compose.yml", COMPOSE + f"    # {STALE}\n    ports: []\n", COMPOSE + "    ports: []\n",
                     id="YAML"),
        pytest.param("docker-compose.yml", COMPOSE + f"    command: [\n      a, # {STALE}\n      b]\n",
                     COMPOSE + "    command: [\n      a,\n      b]\n", id="in a list of YAML"),
        pytest.param("Dockerfile", f"FROM a\nRUN b \\\n  # {STALE}\n  c\n", "FROM a\nRUN b \\\n  c\n",
                     id="in an instruction of a Dockerfile"),
        pytest.param("gunicorn.conf.py", f"workers = 3  # {STALE}\n", "workers = 3\n", id="Python"),
        pytest.param("lib/a.dart", f"const a = 'x'; // {STALE}\n", "const a = 'x';\n", id="Dart"),
        pytest.param("lib/a.dart", f"/// {STALE}\nconst a = 'x';\n", "const a = 'x';\n", id="Dart, a comment of three"),
    ],
)  # fmt: skip
def test_it_goes(path: str, content: str, left: str) -> None:
    files = {"pubspec.yaml": "name: app\ndependencies: {flutter: {sdk: flutter}}\n"} if path.endswith("dart") else {}
    tree = MemoryTree({path: content, **files})
    planned = plan(tree, settings("", tree), BUILT_IN, unsafe=False)
    assert {change.path: change.new for change in planned.changes} == {path: left}
    assert planned.refused == ()


LIST = "A=1\nA=2  # configlint: ignore[{}] because\n"


@pytest.mark.parametrize(
    ("names", "left"),
    [
        ("duplicate-key, port-conflict", "duplicate-key"),
        ("port-conflict, duplicate-key", "duplicate-key"),
        ("port-conflict,duplicate-key", "duplicate-key"),
        (" port-conflict , duplicate-key ", " duplicate-key "),
        ("port-conflict, redis-parity, duplicate-key", "duplicate-key"),
        ("duplicate-key, port-conflict, redis-parity", "duplicate-key"),
        ("port-conflict, duplicate-key, redis-parity", "duplicate-key"),
        ("duplicate-key, port-conflict, env-example-drift", "duplicate-key, env-example-drift"),
        ("duplicate-key, no-such-rule", "duplicate-key, no-such-rule"),
        ("port-conflict, no-such-rule", "no-such-rule"),
    ],
)
def test_of_a_list_the_stale_names_go(names: str, left: str) -> None:
    tree = MemoryTree({".env": LIST.format(names)})
    planned = plan(tree, settings("rules: {env-example-drift: off}", tree), BUILT_IN, unsafe=False)
    assert planned.refused == ()
    contents = {change.path: change.new for change in planned.changes}
    assert contents.get(".env", LIST.format(names)) == LIST.format(left)


def test_of_two_comments_the_used_one_stays() -> None:
    content = "A=1\nA=2  # configlint: ignore[duplicate-key]\n# configlint: ignore[redis-parity]\nB=1\n"
    assert fixed(".env", content) == content.replace("# configlint: ignore[redis-parity]\n", "")


@pytest.mark.parametrize(
    ("path", "content"),
    [
        (".env", f'A="1 # {STALE}"\n'),
        (".env", f"A=1#{STALE}\n"),
        ("docker-compose.yml", COMPOSE + f"    command: |\n      # {STALE}\n      run\n"),
        ("docker-compose.yml", COMPOSE + f"    command: 'run # {STALE}'\n"),
        ("gunicorn.conf.py", f"workers = 3\nproc_name = '# {STALE}'\n"),
    ],
)
def test_what_stands_in_a_value_is_no_comment(path: str, content: str) -> None:
    assert fixed(path, content) == content


def test_a_name_that_no_rule_has_may_be_a_slip() -> None:
    content = "A=1\nA=2  # configlint: ignore[duplicate-keys]\n"
    tree = MemoryTree({".env": content})
    found = check(tree, settings("", tree), BUILT_IN).findings
    (slip,) = [finding for finding in found if finding.rule == "unused-suppression"]
    assert slip.fix is None
    assert "correct the rule's name" in slip.help


def test_a_rule_that_could_not_be_verified_keeps_its_suppression() -> None:
    files = {
        "docker-compose.yml": COMPOSE + "    env_file: .env  # configlint: ignore[missing-path]\n",
    }
    tree = MemoryTree(files, ignored=[".env"])
    assert plan(tree, settings("", tree), BUILT_IN, unsafe=True).changes == ()
