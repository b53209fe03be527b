"""Dockerfiles: their instructions as BuildKit reads them, the image of a stage, and values written anew."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from configlint.formats.dockerfile.document import DOCKERFILE, DockerfileDocument, claims, facts, read, render
from configlint.formats.dockerfile.image import Image, absolute, image
from configlint.formats.dockerfile.lines import instructions
from configlint.model.document import UnreadableError
from configlint.model.text import Place, Run, Text


def built(content: str, target: str = "", **arguments: str) -> Image:
    found = image(read("Dockerfile", content), target, {name: Text.assumed(one) for name, one in arguments.items()})
    assert found is not None
    return found


def environment(one: Image) -> dict[str, str | None]:
    return {variable.name.raw: variable.value.value for variable in one.environment}


def spans(content: str) -> list[tuple[str, str]]:
    return [(one.name, one.body.raw) for one in instructions("Dockerfile", content)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("FROM a\nRUN b\n", [("FROM", "a"), ("RUN", "b")]),
        ("from a as b\nCmd x", [("FROM", "a as b"), ("CMD", "x")]),
        ("FROM a\r\nRUN b\r\n", [("FROM", "a"), ("RUN", "b")]),
        ("\ufeffFROM a", [("FROM", "a")]),
        ("RUN a \\\n  b \\\n# comment\n\n  c\nRUN d", [("RUN", "a   b   c"), ("RUN", "d")]),
        ("RUN a \\  \nb", [("RUN", "a b")]),
        ("RUN a \\\r\nb", [("RUN", "a b")]),
        ("RUN a \\\\\nRUN b", [("RUN", "a \\\\"), ("RUN", "b")]),
        ("# escape=`\nRUN a `\nb\nRUN c:\\", [("RUN", "a b"), ("RUN", "c:\\")]),
        ("# syntax=docker/dockerfile:1\n# Escape = `\nRUN a `\nb", [("RUN", "a b")]),
        ("# words\n# escape=`\nRUN a `\nRUN b", [("RUN", "a `"), ("RUN", "b")]),
        ("RUN <<EOF\nFROM x\nEOF\nRUN y", [("RUN", "<<EOF"), ("RUN", "y")]),
        ("COPY <<-'A' <<B /d/\n\ta\n\tA\nb\nB\nRUN y", [("COPY", "<<-'A' <<B /d/"), ("RUN", "y")]),
        ("CMD cat <<EOF\nRUN y", [("CMD", "cat <<EOF"), ("RUN", "y")]),
        ("RUN a \\", [("RUN", "a")]),
        ("!!\nRUN a", [("RUN", "a")]),
        ("RUN <<EOF\nnever ends", [("RUN", "<<EOF")]),
    ],
)
def test_instructions(content: str, expected: list[tuple[str, str]]) -> None:
    assert spans(content) == expected


def test_options_are_taken_from_the_body() -> None:
    (only,) = instructions("Dockerfile", "COPY --chown=a:b --from=build --link /x /y")
    assert [(name, text.raw) for name, text in only.flags] == [("chown", "a:b"), ("from", "build"), ("link", "")]
    assert only.body.raw == "/x /y"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("ENV A=b C=d", {"A": "b", "C": "d"}),
        ("ENV A='b c' C=\"d e\" F=g\\ h", {"A": "b c", "C": "d e", "F": "g h"}),
        ("ENV A b c", {"A": "b c"}),
        ('ENV A "b c"', {"A": "b c"}),
        ("ENV A=1 \\\n    B=2", {"A": "1", "B": "2"}),
        ("ENV A=", {"A": ""}),
        ("ENV A=1\nENV A=2 B=$A", {"A": "2", "B": "1"}),
        ("ENV A=1\nENV B=${A}x C=${N:-d} D='$A' E=\\$A", {"A": "1", "B": "1x", "C": "d", "D": "$A", "E": "$A"}),
        ("ENV A=${N:+x}y", {"A": "y"}),
        ("ARG W=2\nENV A=$W", {"A": "2"}),
        ("ARG W=2\nENV W=3\nENV A=$W", {"W": "3", "A": "3"}),
        ("ENV PATH=/opt/bin:$PATH", {"PATH": None}),
        ("env a=b", {"a": "b"}),
    ],
)
def test_environment(line: str, expected: dict[str, str | None]) -> None:
    assert environment(built(f"FROM x\n{line}\n")) == expected


def test_build_arguments_win_over_their_defaults() -> None:
    content = "ARG TAG=1\nFROM base:$TAG\nARG W=2\nARG TAG\nARG NONE\nENV W=$W TAG=$TAG NONE=$NONE"
    assert environment(built(content)) == {"W": "2", "TAG": "1", "NONE": None}
    assert environment(built(content, W="5", NONE="n")) == {"W": "5", "TAG": "1", "NONE": "n"}
    assert built(content, TAG="9").base.value == "base:9"


def test_a_default_of_an_argument_depends_on_it() -> None:
    (variable,) = built("FROM x\nARG W=2\nENV W=$W").environment
    assert variable.value.depends == ("W",)


STAGES = """\
FROM python:3.12 AS base
ENV A=1
WORKDIR /app
CMD ["base"]
FROM base AS mid
ENV B=2
ENTRYPOINT ["mid"]
FROM scratch as other
CMD other
FROM mid
EXPOSE 8000
"""


def test_a_stage_continues_the_one_that_it_starts_from() -> None:
    last = built(STAGES)
    assert environment(last) == {"A": "1", "B": "2"}
    assert last.workdir == "/app"
    assert last.base.value == "python:3.12"
    assert last.entrypoint is not None
    assert last.command is None, "an entry point drops the command of the stage below"
    assert [text.raw for text in last.exposed] == ["8000"]


@pytest.mark.parametrize(("target", "command"), [("base", "base"), ("BASE", "base"), ("0", "base"), ("2", None)])
def test_a_target_is_a_name_or_a_number(target: str, command: str | None) -> None:
    one = built(STAGES, target)
    assert one.command is not None
    assert (one.command.words[0].value if one.command.words else None) == command


def test_a_target_that_is_not_there() -> None:
    assert image(read("Dockerfile", STAGES), "nothing") is None
    assert image(read("Dockerfile", "")) is None


def test_a_stage_that_names_itself_or_a_later_one_starts_from_an_image() -> None:
    assert built("FROM a AS a\nFROM b AS c").base.value == "b"
    assert built("FROM a AS a").base.value == "a"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('CMD ["a", "b c"]', ["a", "b c"]),
        ('CMD [ "a" , "b" ]', ["a", "b"]),
        ('CMD ["a", \\\n  "b"]', ["a", "b"]),
        ('CMD ["a\\"b\\u00e9\\n"]', ['a"bé\n']),
        ("CMD []", []),
        ("CMD ['a']", None),
        ('CMD ["a",]', None),
        ('CMD ["a", 1]', None),
        ('CMD ["a"] x', None),
        ("CMD a b", None),
    ],
)
def test_the_exec_form_is_a_json_list_of_strings(line: str, words: list[str] | None) -> None:
    command = built(f"FROM x\n{line}").command
    assert command is not None
    assert (None if command.words is None else [word.value for word in command.words]) == words


@settings(max_examples=150)
@given(st.lists(st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs"]), max_size=8), max_size=4))
def test_any_json_list_is_an_exec_form(items: list[str]) -> None:
    for ascii_only in (True, False):
        written = json.dumps(items, ensure_ascii=ascii_only)
        command = built(f"FROM x\nCMD {written}").command
        assert command is not None
        assert command.words is not None
        assert [word.raw for word in command.words] == items


def test_health_checks() -> None:
    none, check = (
        built("FROM x\nHEALTHCHECK NONE").healthcheck,
        built("FROM x\nHEALTHCHECK --interval=5s CMD curl -f http://localhost:8000/").healthcheck,
    )
    assert none is not None
    assert none.words == ()
    assert check is not None
    assert check.script.raw == "curl -f http://localhost:8000/"


def test_files_are_copied_relative_to_where_the_image_works() -> None:
    one = built('FROM x\nWORKDIR /srv\nWORKDIR app\nCOPY a b ./\nCOPY --from=0 /x /y\nADD ["c d", "e"]\nCOPY <<E /f\nE')
    copies = [([source.raw for source in copy.sources], copy.destination, copy.stage) for copy in one.copies]
    assert copies == [(["a", "b"], "/srv/app/", ""), (["/x"], "/y", "0"), (["c d"], "/srv/app/e", "")]


@pytest.mark.parametrize(
    ("directory", "path", "expected"),
    [
        ("/app", "x", "/app/x"),
        ("/app", "/x/", "/x/"),
        ("/app", ".", "/app/"),
        ("/app", "..", "/"),
        ("", "x", "/x"),
        ("/a", "../../../b", "/b"),
        ("/a", "b/./c//d", "/a/b/c/d"),
        ("/", "", "/"),
    ],
)
def test_paths_in_a_container(directory: str, path: str, expected: str) -> None:
    assert absolute(directory, path) == expected


def value_at(document: DockerfileDocument, key: tuple[str, ...]) -> Run:
    (site,) = [fact.text.site for fact in facts(document) if fact.key == key]
    assert site is not None
    return site


@pytest.mark.parametrize(
    ("line", "key", "new", "expected"),
    [
        ("ENV A=b C=d", ("ENV", "A"), "x", "ENV A=x C=d"),
        ("ENV A=b", ("ENV", "A"), "x y", 'ENV A="x y"'),
        ("ENV A='b'", ("ENV", "A"), "x y", "ENV A='x y'"),
        ("ENV A='b'", ("ENV", "A"), "it's", 'ENV A="it\'s"'),
        ('ENV A="b"', ("ENV", "A"), 'x"$y\\', 'ENV A="x\\"\\$y\\\\"'),
        ("ENV A b", ("ENV", "A"), "3", "ENV A 3"),
        ("ARG A=b", ("ARG", "A"), "3", "ARG A=3"),
        ('CMD ["a", "b"]', ("CMD", "1"), 'x "y"', 'CMD ["a", "x \\"y\\""]'),
        ("CMD a -w 1", ("CMD", "2"), "3", "CMD a -w 3"),
    ],
)
def test_a_value_is_written_anew_and_read_back(line: str, key: tuple[str, ...], new: str, expected: str) -> None:
    content = f"FROM x\n{line}\n"
    site = value_at(read("Dockerfile", content), key)
    assert site.place is not None
    assert site.literal is not None
    place, written = site.place, new
    if site.place == site.literal.inner:
        rendered = render(site.literal, new)
        assert rendered is not None
        place, written = site.literal.place, rendered
    changed = content[: place.start] + written + content[place.end :]
    assert changed == f"FROM x\n{expected}\n"
    (value,) = [fact.text.value for fact in facts(read("Dockerfile", changed)) if fact.key == key]
    assert value == new


def test_no_value_of_several_lines_is_written() -> None:
    site = value_at(read("Dockerfile", "FROM x\nENV A=b"), ("ENV", "A"))
    assert site.literal is not None
    assert render(site.literal, "a\nb") is None


def test_secrets_are_known_by_their_names() -> None:
    found = {fact.key: str(fact.text) for fact in facts(read("Dockerfile", "FROM x\nENV API_SECRET=hunter77 A=b"))}
    assert found[("ENV", "API_SECRET")] == "<secret, under 32 characters>"
    assert found[("ENV", "A")] == "b"
    variables = built("FROM x\nENV API_SECRET=hunter77").environment
    assert "hunter77" not in str(variables[0].value)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("Dockerfile", True),
        ("a/Dockerfile.prod", True),
        ("prod.Dockerfile", True),
        ("api.dockerfile", True),
        ("Containerfile", True),
        (".dockerignore", False),
        ("Dockerfile.dockerignore", False),
        ("Dockerfile.bak", False),
        ("Dockerfile.j2", False),
        ("Dockerfile~", False),
        ("dockerfile.py", False),
        ("mydockerfile", False),
    ],
)
def test_names(path: str, expected: bool) -> None:
    assert claims(path) is expected


@pytest.mark.parametrize("content", ["", "\n\n", "# nothing yet\n", "\ufeff", "#\r\n"])
def test_a_file_without_content_has_no_stage(content: str) -> None:
    assert read("Dockerfile", content).stages == ()


@pytest.mark.parametrize("content", ["hello\nworld", "RUN a", "<html>", "\0\0"])
def test_what_is_no_dockerfile_is_unreadable(content: str) -> None:
    with pytest.raises(UnreadableError):
        read("Dockerfile", content)


def test_comments_of_ours() -> None:
    content = (
        "FROM x\n# configlint: ignore[a] why\nCMD [\\\n  # configlint: ignore[b]\n 'x']\nRUN echo '# configlint: no'"
    )
    assert [comment.text for comment in read("Dockerfile", content).comments] == [
        "configlint: ignore[a] why",
        "configlint: ignore[b]",
    ]


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from(
            ["FROM a", "FROM a AS b", "ENV A=$B", "ENV", "ARG", "CMD [", 'CMD ["a"', "COPY", "WORKDIR", "HEALTHCHECK",
             "\\", " \\\n", "RUN <<E", "E", "#", "\0", "EXPOSE 1-2/udp", "ENTRYPOINT x", "'", '"', "USER", "FROM", "é"]
        ),
        max_size=12,
    )
)  # fmt: skip
def test_any_file_is_read_or_refused(lines: list[str]) -> None:
    content = "\n".join(lines)
    try:
        document = DOCKERFILE.read("Dockerfile", content)
    except UnreadableError:
        return
    assert isinstance(document, DockerfileDocument)
    image(document)
    for fact in facts(document):
        for run in fact.text.runs:
            if run.exact and run.place is not None:
                assert content[run.place.start : run.place.end] == run.text


@pytest.mark.parametrize(
    "content",
    ["FROM a\nENV " + "A=b " * 50_000, "FROM a\nENV " + "A=a \\\n" * 49_000, "FROM a\nCMD [" + '"a", ' * 59_000,
     "FROM a\n" + "RUN <<E\n" * 37_000, "FROM a\nENV A=" + "${A:-" * 59_000, "FROM a\nRUN " + "\\" * 299_000,
     "FROM a\n" + " " * 299_000, "FROM a AS b\n" * 24_000],
    ids=["env", "continued", "exec", "heredoc", "nested", "escape", "blank", "stages"],
)  # fmt: skip
def test_hostile_files_are_read_without_harm(content: str) -> None:
    image(read("Dockerfile", content))


def test_what_is_longer_is_not_read() -> None:
    read("Dockerfile", "FROM a\n" + "#" * 299_000)
    with pytest.raises(UnreadableError, match="longer than 300000"):
        read("Dockerfile", "FROM a\n" + "#" * 300_000)


def test_where_a_value_stands() -> None:
    (variable,) = built('FROM x\nENV A="b"').environment
    assert variable.value.place == Place("Dockerfile", 14, 15)
