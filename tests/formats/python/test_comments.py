"""Which comments of a Python file speak to configlint."""

import io
import tokenize

from hypothesis import given, settings
from hypothesis import strategies as st

from configlint.formats.python.document import read


def test_a_comment_is_one_outside_of_strings() -> None:
    content = (
        "a = 1  # configlint: ignore[x] one\n"
        "    # configlint: ignore[y] two\n"
        'b = \'# configlint: ignore[z]\' + """\n# configlint: ignore[z]\n"""  # configlint: ignore[w]\n'
        "# configlint is a program\n"
    )
    comments = read("a.py", content).comments
    assert [(comment.text, comment.alone) for comment in comments] == [
        ("configlint: ignore[x] one", False),
        ("configlint: ignore[y] two", True),
        ("configlint: ignore[w]", False),
    ]
    assert all(content[comment.place.start] == "#" for comment in comments)


PIECES = st.sampled_from(
    [
        "# configlint: a",
        "'# configlint: b'",
        '"""',
        "'''",
        "\n",
        "\r\n",
        "x = 1 ",
        "\\",
        '"',
        "'",
        "f'{1}'",
        " ",
        "r'\\'",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=12))
def test_the_tokenizer_finds_the_same_comments(pieces: list[str]) -> None:
    content = "".join(pieces)
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(content, newline="").readline))
    except (tokenize.TokenError, SyntaxError):
        return
    if any(token.type == tokenize.ERRORTOKEN for token in tokens):
        return
    expected = [token.string[1:].strip() for token in tokens if token.type == tokenize.COMMENT]
    assert [comment.text for comment in read("a.py", content).comments] == [
        text for text in expected if "configlint:" in text
    ]


def test_a_string_that_never_ends_takes_linear_time() -> None:
    for piece in ('"""\\', "'''\\\"", '"', '\\"""', "'\\"):
        assert read("a.py", "# configlint: x\n" + piece * 500_000).comments
