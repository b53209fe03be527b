"""The tokens of Dart: what is a string, what is code, what is a comment."""

import pytest
import tree_sitter
import tree_sitter_dart
from hypothesis import given, settings
from hypothesis import strategies as st

from configlint.formats.dart.lexer import CHARS, STRING, Tokens, lex


def strings(content: str) -> list[str]:
    tokens = lex("a.dart", content)
    return [content[start:end] for start, end in spans(tokens)]


def spans(tokens: Tokens) -> list[tuple[int, int]]:
    return [
        (tokens.start[index], tokens.end(min(tokens.partner[index], len(tokens) - 1)))
        for index, kind in enumerate(tokens.kind)
        if kind == STRING
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param("a = 'b';", ["'b'"], id="single quotes"),
        pytest.param('a = "b";', ['"b"'], id="double quotes"),
        pytest.param("a = 'http://b'; // 'c'", ["'http://b'"], id="two slashes in a string are no comment"),
        pytest.param("/* 'a' /* 'b' */ 'c' */ 'd'", ["'d'"], id="block comments nest"),
        pytest.param("/// 'a'\n'b'", ["'b'"], id="a quote in a doc comment"),
        pytest.param("'a // b' /* ' */ 'c'", ["'a // b'", "'c'"], id="comment signs in strings, quotes in comments"),
        pytest.param(r"'a\'b'", [r"'a\'b'"], id="an escaped quote goes on"),
        pytest.param(r"'a\\' 'b'", [r"'a\\'", "'b'"], id="an escaped backslash ends"),
        pytest.param(r"r'a\' 'b'", [r"r'a\'", "'b'"], id="a raw string has no escapes"),
        pytest.param("bar'a'", ["'a'"], id="r at the end of a name makes nothing raw"),
        pytest.param("r 'a$b'", ["'a$b'"], id="r apart from the quote is a name"),
        pytest.param("'''a'b\n''c''' 'd'", ["'''a'b\n''c'''", "'d'"], id="triple quotes hold quotes and line ends"),
        pytest.param('r"""\\"""', ['r"""\\"""'], id="raw triple quotes"),
        pytest.param("'' ''", ["''", "''"], id="empty strings"),
        pytest.param("''''''", ["''''''"], id="an empty triple-quoted string"),
        pytest.param("'a${b['c']}d'", ["'a${b['c']}d'", "'c'"], id="quotes in an interpolation"),
        pytest.param("'${ {'a': '}'} }'", ["'${ {'a': '}'} }'", "'a'", "'}'"], id="braces in an interpolation"),
        pytest.param("'${'${'a'}'}'", ["'${'${'a'}'}'", "'${'a'}'", "'a'"], id="interpolation in interpolation"),
        pytest.param("'${a /* } */}'", ["'${a /* } */}'"], id="a comment in an interpolation"),
        pytest.param("'a\n'b'", ["'a", "'b'"], id="a line end closes a string that nobody closed"),
        pytest.param("'a\r'b'", ["'a", "'b'"], id="a carriage return ends a line too"),
        pytest.param(r"'a\$b $'", [r"'a\$b $'"], id="a dollar sign that interpolates nothing"),
        pytest.param("'a", ["'a"], id="a string without end"),
        pytest.param("'a${b", ["'a${b"], id="an interpolation without end"),
        pytest.param("\ufeff'a'", ["'a'"], id="a byte order mark"),
    ],
)
def test_where_strings_stand(content: str, expected: list[str]) -> None:
    assert strings(content) == expected


def test_a_simple_interpolation_is_a_name_between_characters() -> None:
    tokens = lex("a.dart", "'http://$host:$port/x'")
    assert list(zip(tokens.kind, tokens.text, strict=True))[1:-1] == [
        (CHARS, "http://"),
        ("name", "host"),
        (CHARS, ":"),
        ("name", "port"),
        (CHARS, "/x"),
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param("(a[b]{c})", ["(a[b]{c})", "[b]", "{c}"], id="nested"),
        pytest.param("{ (a }", ["{ (a }", "(a }"], id="a brace closes what was left open inside it"),
        pytest.param("( ] )", ["( ] )"], id="a bracket that closes nothing"),
        pytest.param("'${(a}'", ["${(a}", "(a}"], id="an interpolation closes what was left open inside it"),
        pytest.param("{ [", ["{ [", "["], id="never closed"),
    ],
)
def test_brackets_find_their_partner(content: str, expected: list[str]) -> None:
    tokens = lex("a.dart", content)
    found = []
    for index, text in enumerate(tokens.text):
        if text in ("(", "[", "{", "${"):
            partner = min(tokens.partner[index], len(tokens) - 1)
            found.append(content[tokens.start[index] : tokens.end(partner)])
    assert found == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param("a; // configlint: ignore[x] why", [("configlint: ignore[x] why", False)], id="behind code"),
        pytest.param("  // configlint: ignore[x]\na;", [("configlint: ignore[x]", True)], id="alone on its line"),
        pytest.param("a = '// configlint: ignore[x]';", [], id="in a string"),
        pytest.param("/* // configlint: ignore[x] */", [], id="in a block comment"),
        pytest.param("// nothing of ours", [], id="not addressed to us"),
    ],
)
def test_comments_that_speak_to_configlint(content: str, expected: list[tuple[str, bool]]) -> None:
    assert [(comment.text, comment.alone) for comment in lex("a.dart", content).comments] == expected


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("'" + "\\a" * 1_000_000, id="escapes"),
        pytest.param("(" * 3_000_000, id="brackets that never close"),
        pytest.param("(" * 1_000_000 + "}" * 1_000_000, id="brackets that close nothing"),
        pytest.param("'${" * 1_000_000, id="interpolations within interpolations"),
        pytest.param("'" * 3_000_000, id="quotes"),
        pytest.param(" " * 3_000_000, id="blanks"),
        pytest.param("/*" * 1_500_000, id="comments within comments"),
        pytest.param("'''" + "'a" * 1_000_000, id="quotes in triple quotes"),
        pytest.param("a" * 3_000_000, id="one name"),
        pytest.param("\0\u2028" * 100_000, id="control characters"),
    ],
)
def test_hostile_text_is_read_without_recursion_and_in_linear_time(content: str) -> None:
    tokens = lex("a.dart", content)
    assert all(-1 <= partner <= len(tokens) for partner in tokens.partner)


LANGUAGE = tree_sitter.Language(tree_sitter_dart.language())


def grammar_spans(content: str) -> list[tuple[int, int]]:
    """The string literals as an independent grammar of Dart sees them, adjacent ones apart, in character offsets."""
    encoded = content.encode()
    found, nodes = [], [tree_sitter.Parser(LANGUAGE).parse(encoded).root_node]
    while nodes:
        node = nodes.pop()
        assert node.type != "ERROR", content
        opening = None
        for child in node.children if node.type == "string_literal" else ():
            if opening is None:
                opening = child
            elif child.type == opening.type.removeprefix("r"):
                found.append((len(encoded[: opening.start_byte].decode()), len(encoded[: child.end_byte].decode())))
                opening = None
        nodes.extend(node.children)
    return sorted(found)


plain = st.text(alphabet="abé€😀 /:.*{}()[]", max_size=5)
single = st.one_of(
    plain,
    st.sampled_from([r"\'", r"\\", r"\n", r"\$", r"\x41", r"\u0041", r"\u{1F600}", "$id", '"', "${a.b}", "//", "/*"]),
)


def quoted(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    interpolated = inside.map(lambda code: "${f(" + code + ")}")
    body = st.lists(st.one_of(single, interpolated), max_size=4).map("".join)
    return st.one_of(
        body.map(lambda text: "'" + text + "'"),
        body.map(lambda text: "'''a" + text + "\nb'''"),
        body.map(lambda text: '"' + text.replace('"', r"\"") + '"').filter(lambda text: "${" not in text),
        plain.map(lambda text: "r'" + text + "\\'"),
        plain.map(lambda text: 'r"""' + text + "\\$x'\n" + '"""'),
    )


expressions = st.recursive(
    st.sampled_from(["a", "1", "x.y"]), lambda inner: st.one_of(quoted(inner), inner), max_leaves=8
)
trivia = st.sampled_from(["", " ", "\n", "// 'c\n", "/* ' /* \" */ */", '/// "doc\n'])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(trivia, expressions), min_size=1, max_size=4))
def test_the_spans_of_strings_are_those_of_an_independent_grammar(parts: list[tuple[str, str]]) -> None:
    content = "".join(f"{comment}\nvar v = {expression};\n" for comment, expression in parts)
    assert spans(lex("a.dart", content)) == grammar_spans(content)
