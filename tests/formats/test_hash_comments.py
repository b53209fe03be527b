"""Comments that speak to configlint, found without knowing a format."""

from configlint.formats.comments import comment, hash_comments


def test_a_comment_that_does_not_speak_is_none() -> None:
    assert comment("f", "# hello", 0, 7, "#") is None


def test_a_comment_is_alone_where_nothing_else_stands_on_its_line() -> None:
    content = "a /* configlint: x */\n  /* configlint: y */  \n/* configlint: z */ b\n"
    found = [
        comment("f", content, start, content.index("*/", start) + 2, "/*")
        for start in range(len(content))
        if content.startswith("/*", start)
    ]
    assert [item.alone for item in found if item] == [False, True, False]


def test_a_byte_order_mark_stands_beside_nothing() -> None:
    found = comment("f", "\ufeff# configlint: x\r\n", 1, 16, "#")
    assert found is not None
    assert found.alone
    assert found.text == "configlint: x"


def test_only_a_sign_behind_white_space_and_outside_of_strings_begins_a_comment() -> None:
    content = "a#configlint: 1\nb # configlint: 2\n'# configlint: 3' # configlint: 4\r\n# configlint: 5"
    found = list(hash_comments("f", content, lambda offset: content[offset - 1] != "'"))
    assert [item.text for item in found] == ["configlint: 2", "configlint: 4", "configlint: 5"]
    assert [content[item.place.start : item.place.end] for item in found] == [f"# {item.text}" for item in found]
