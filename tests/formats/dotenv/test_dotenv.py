"""The dotenv reader: what python-dotenv means, and exactly where it stands. Every secret here is made up."""

import io

import pytest
from dotenv import dotenv_values
from dotenv.parser import parse_stream
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from configlint.formats.dotenv.document import DOTENV, Binding, DotenvDocument, claims, read, template_name
from configlint.formats.dotenv.lines import statements
from configlint.formats.dotenv.render import render
from configlint.model.document import UnreadableError

NAMES = st.sampled_from(["A", "B", "LIVEKIT_API_SECRET", "x.y", "é"])
FRAGMENTS = st.sampled_from(
    ["A", "B=", "=", " ", "\t", "#", "'", '"', "\\", "\\'", '\\"', "\\n", "\n", "\r\n", "\r", "export ", "x", "é", "$X",
     "${X}", " # c", "\x0b", "\x85", "\u2028", "`", "\n\n", "A='b'", 'A="b c"', "😀", ":", "\ufeff"]
)  # fmt: skip
SOUP = st.lists(FRAGMENTS, max_size=14).map("".join)


def values(document: DotenvDocument) -> list[tuple[str, str | None]]:
    return [(binding.name.raw, binding.value.raw if binding.value else None) for binding in document.bindings]


def only(content: str) -> Binding:
    (binding,) = read(".env", content).bindings
    return binding


@pytest.mark.parametrize(
    ("content", "value", "written", "quote"),
    [
        ("A=b", "b", "b", "bare"),
        ("A = b", "b", "b", "bare"),
        ("export A=b", "b", "b", "bare"),
        ("  A=b  ", "b", "b", "bare"),
        ("A=b # c", "b", "b", "bare"),
        ("A=b#c", "b#c", "b#c", "bare"),
        ("A=b\t# c", "b", "b", "bare"),
        ("A=#c", "#c", "#c", "bare"),
        ("A=http://h/#x", "http://h/#x", "http://h/#x", "bare"),
        ('A=it\'s fine; "really"', 'it\'s fine; "really"', 'it\'s fine; "really"', "bare"),
        ('A="b c" # d', "b c", "b c", "double"),
        ("A='b c'#d", "b c", "b c", "single"),
        ("A='l1\nl2'\n", "l1\nl2", "l1\nl2", "single"),
        ("A=`b`", "`b`", "`b`", "bare"),
        ("A=b\r\n", "b", "b", "bare"),
        ("\ufeffA=b", "b", "b", "bare"),
        ("# clé\n\n\nA=b", "b", "b", "bare"),
        ("'A'=b", "b", "b", "bare"),
        ("A=${X}", "${X}", "${X}", "bare"),
    ],
)
def test_a_value_stands_where_it_is_written(content: str, value: str, written: str, quote: str) -> None:
    binding = only(content)
    assert binding.name.raw == "A"
    assert binding.value is not None
    assert binding.value.raw == value
    assert binding.quote == quote
    place = binding.value.place
    assert place is not None
    assert content[place.start : place.end] == written
    assert binding.value.site is not None


def test_the_name_and_the_whole_binding_have_their_places() -> None:
    content = "\ufeff# é\r\n  export  TOKEN = 'x'  # c\r\n"
    binding = only(content)
    assert binding.exported
    assert binding.name.place is not None
    assert content[binding.name.place.start : binding.name.place.end] == "TOKEN"
    assert content[binding.place.start : binding.place.end] == "TOKEN = 'x'"


def test_a_name_without_equals_sign_has_no_value_and_no_fact() -> None:
    document = read(".env", "A\nexport B\n")
    assert values(document) == [("A", None), ("B", None)]
    assert list(DOTENV.facts(document)) == []


@pytest.mark.parametrize("content", ["A=", "A= ", "A=\r\n", "A= # c", "A = # c\n", "A=''", 'A=""'])
def test_an_empty_value_can_be_filled_in(content: str) -> None:
    binding = only(content)
    assert binding.value is not None
    assert binding.value.raw == ""
    assert values(read(".env", rewritten(content, binding, "new"))) == [("A", "new")]


def test_escapes_are_decoded_and_not_rewritable() -> None:
    binding = only('A="a\\n\\"b\\q"')
    assert binding.value is not None
    assert binding.value.raw == 'a\n"b\\q'
    assert binding.value.site is None
    assert [run.exact for run in binding.value.runs] == [True, False, False, True]


@pytest.mark.parametrize(
    "content", ['A="b"c\nB=1', "hello world\nB=1", "A: b\nB=1", 'A="b\nB=1', "='x'\nB=1", "''=x\nB=1", "export =\nB=1"]
)
def test_a_malformed_line_is_kept_secret_and_the_others_are_read(content: str) -> None:
    document = read(".env", content)
    assert values(document) == [("B", "1")]
    (line,) = document.malformed
    assert line.secret
    assert line.raw == content.split("\n")[0]


def test_secrets_are_flagged_by_name_and_by_their_role_in_a_url() -> None:
    content = "LIVEKIT_API_KEY=devkey\nLIVEKIT_API_SECRET='abc'\nDATABASE_URL=postgres://u:pw@h/d\nLIVEKIT_KEYS=k: s3\n"
    shown = [str(fact.text) for fact in DOTENV.facts(read(".env", content))]
    assert shown == [
        "devkey",
        "<secret, under 32 characters>",
        "postgres://u:<secret, under 32 characters>@h/d",
        "k: <secret, under 32 characters>",
    ]


def test_a_name_written_twice_with_two_values_is_a_duplicate() -> None:
    document = read(".env", "A=1\nB=1\nA=1\nB=2\nA\nB='2'\nB=1\n")
    found = [(found.key, found.first.raw, found.second.raw) for found in document.duplicates]
    assert found == [(("B",), "1", "2"), (("B",), "2", "1")]
    assert [fact.text.raw for fact in DOTENV.facts(document) if fact.key == ("B",)] == ["1", "2", "2", "1"]


def test_comments_that_speak_are_comments_only() -> None:
    content = (
        "\ufeff# configlint: ignore-file[a] why\r\nA='# configlint: ignore[b]'\nB=1 # configlint: ignore[c]\n"
        "C=x#configlint: ignore[d]\n# other\nD='\n# configlint: ignore[e]'\n"
    )
    comments = read(".env", content).comments
    assert [(comment.text, comment.alone) for comment in comments] == [
        ("configlint: ignore-file[a] why", True),
        ("configlint: ignore[c]", False),
    ]
    assert [content[comment.place.start] for comment in comments] == ["#", "#"]


# --- against python-dotenv


@settings(max_examples=300)
@given(SOUP)
@example("A=x \x85# c")
@example("A='b'\x0b#c\nB")
@example("\ufeff\ufeffA=1")
@example("A=\\\nB='\\'\n'C=1")
def test_the_locator_alone_reads_as_python_dotenv_does(content: str) -> None:
    theirs = list(parse_stream(io.StringIO(content, newline="")))
    start = 1 if content.startswith("\ufeff") else 0
    for statement, binding in zip(statements(content), theirs, strict=True):
        assert statement.start == start
        start += len(binding.original.string)
        assert statement.end == start
        assert statement.malformed == binding.error
        assert (statement.name and content[slice(*statement.name)]) == binding.key
        assert (statement.value is None) == (binding.value is None)


@settings(max_examples=300)
@given(SOUP)
def test_the_reader_gives_the_values_of_python_dotenv(content: str) -> None:
    theirs = [(found.key, found.value) for found in parse_stream(io.StringIO(content, newline="")) if found.key]
    assert values(read(".env", content)) == theirs


@settings(max_examples=300)
@given(SOUP)
def test_every_exact_run_stands_in_the_file_as_it_is(content: str) -> None:
    document = read(".env", content)
    for text in [text for binding in document.bindings for text in (binding.name, binding.value) if text]:
        for run in text.runs:
            if run.exact and run.place:
                assert content[run.place.start : run.place.end] == run.text


PLAIN = st.from_regex(
    r"(export )?[A-Z_]{1,3}=([A-Za-z0-9_./:@%+,=^-]*|'[^'\\\r\n]*'|\"[^\"\\\r\n]*\")( +#[^\r\n]*)?", fullmatch=True
)


@given(st.lists(PLAIN, max_size=5), st.sampled_from(["\n", "\r\n"]))
def test_plain_lines_need_no_second_opinion(lines: list[str], end: str) -> None:
    content = end.join(lines)
    theirs = [(found.key, found.value) for found in parse_stream(io.StringIO(content, newline="")) if found.key]
    ours = [
        (content[slice(*found.name)], content[slice(*found.inner)])
        for found in statements(content)
        if found.plain and found.name and found.inner
    ]
    assert ours == theirs


# --- rewriting


def rewritten(content: str, binding: Binding, new: str) -> str:
    assert binding.value is not None
    assert binding.value.site is not None
    literal = binding.value.site.literal
    assert literal is not None
    text = render(literal, new)
    assert text is not None
    return content[: literal.place.start] + text + content[literal.place.end :]


NASTY = st.one_of(
    st.sampled_from(["", " ", "a b", "#", "a #b", "'", '"', "a'b", 'a"b', "\\", "a\\nb", "a\\", "=", "$X", "p$$w",
    "é", "😀",
                     "a\nb", "export", "~", "`x`", "a;b", "-", "{}", "\t", "a\tb", "1.5", "\\\\", "a'b\\"]),
    st.text(max_size=12),
)  # fmt: skip


@settings(max_examples=200)
@given(st.lists(st.tuples(NAMES, FRAGMENTS), min_size=1, max_size=4), SOUP, NASTY)
def test_a_rewritten_value_is_read_back_and_nothing_else_changes(
    pairs: list[tuple[str, str]], soup: str, new: str
) -> None:
    content = "\n".join(f"{name}={value}" for name, value in pairs) + "\n" + soup
    document = read(".env", content)
    assume(not document.malformed)  # a new quote may close one that a malformed line left open
    before = values(document)
    for index, binding in enumerate(document.bindings):
        literal = binding.value.site.literal if binding.value and binding.value.site else None
        text = render(literal, new) if literal else None
        if literal is None or text is None:
            continue
        after = read(".env", content[: literal.place.start] + text + content[literal.place.end :])
        assert values(after) == [*before[:index], (before[index][0], new), *before[index + 1 :]]
        assert not after.malformed


@given(NASTY)
def test_what_is_rendered_means_the_same_to_python_dotenv_with_interpolation(new: str) -> None:
    for content in ("A=x", "A='x'", 'A="x"', "A="):
        binding = only(content)
        literal = binding.value.site.literal if binding.value and binding.value.site else None
        assert literal is not None
        text = render(literal, new)
        if text is not None:
            after = content[: literal.place.start] + text + content[literal.place.end :]
            assert dotenv_values(stream=io.StringIO(after, newline="")) == {"A": new}


@pytest.mark.parametrize(
    ("content", "new", "after"),
    [
        ("A=old # c\n", "new", "A=new # c\n"),
        ("A='old'\n", "new", "A='new'\n"),
        ('A="old"\n', "new", 'A="new"\n'),
        ("A=old\n", "a b", 'A="a b"\n'),
        ("A='old'\n", "it's", 'A="it\'s"\n'),
        ('A="old"\n', "p$w", "A='p$w'\n"),
        ("A=old\n", "p$w", "A='p$w'\n"),
        ("A=old\n", "http://h:1/x?a=b", 'A="http://h:1/x?a=b"\n'),
        ("A=\n", "http://h:1/x", "A=http://h:1/x\n"),
        ("export A = old\r\n", "new", "export A = new\r\n"),
        ("A='l1\nl2'\n", "new", "A='new'\n"),
    ],
)
def test_the_quotes_that_stand_are_kept_where_they_can_be(content: str, new: str, after: str) -> None:
    assert rewritten(content, only(content), new) == after


@pytest.mark.parametrize("new", ["${X}", "a\x00b", "it's $5", "\ud800", "\r"])
def test_what_no_reader_would_give_back_is_not_written(new: str) -> None:
    for content in ("A=x", "A='x'", 'A="x"'):
        site = only(content).value
        assert site is not None
        assert site.site is not None
        assert site.site.literal is not None
        assert render(site.site.literal, new) is None


# --- which files


@pytest.mark.parametrize(
    "path",
    [".env", "a/.env", ".env.production", ".env.local", "api.env", "docker/web.env", "env.example", "env_template.txt",
     "example.env", ".flaskenv", ".env.example", ".env.sample", ".env.template", ".env.dist", "app.env.example",
     ".env-dev",
     "env-sample", "ENV.EXAMPLE", ".env.example.txt"],
)  # fmt: skip
def test_files_that_are_dotenv(path: str) -> None:
    assert claims(path)


@pytest.mark.parametrize(
    "path",
    [".env.bak", ".env.backup-2024", ".env_old", ".env~", ".envrc", ".env.d/x", ".env.enc", ".env.vault",
     "environment.ts",
     "env.py", "env.d.ts", ".env.j2", ".env.tpl", "src/env.dart", ".env.example.md", ".env.ts", "environment",
     "my.envelope",
     ".env.new", ".env.gpg", "env.production.js", ".env.swp", "README.md"],
)  # fmt: skip
def test_files_that_are_not(path: str) -> None:
    assert not claims(path)


@pytest.mark.parametrize(
    ("path", "template"),
    [(".env.example", True), ("env_template.txt", True), ("a/example.env", True), (".env.dist", True), (".env", False),
     (".env.production", False), ("examples/.env", False), (".env.sample", True), (".env.test", False)],
)  # fmt: skip
def test_templates_are_known_by_their_names(path: str, template: bool) -> None:
    assert template_name(path) is template


@pytest.mark.parametrize(
    "content",
    [
        "A=" + "x" * 290_000,
        'A="' + "\\n" * 140_000 + '"',
        "A=x" + " " * 290_000 + "y",
        "A='" + "x" * 290_000,
        " " * 290_000,
        "\x00" * 290_000,
        "A=" + "#" * 290_000,
        "='" * 140_000,
        "A=b\n" * 70_000,
        "A= # c\n" * 10_000,
        "A='\n" * 50_001,
        "token=" * 50_000,
    ],
)
def test_hostile_files_are_read_without_harm(content: str) -> None:
    assert read(".env", content).content is content


def test_a_file_of_three_megabytes_is_refused() -> None:
    with pytest.raises(UnreadableError):
        read(".env", "A=" + "x" * 3_000_000)
