"""The output for people, as whole blocks where the layout is the point."""

import re
from collections.abc import Sequence

import pytest
import samples
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import finding, options, place, result

from configlint.model.finding import Finding, Label
from configlint.model.text import Place
from configlint.report import FORMATS, Options
from configlint.report.screen import char_width, screen, width

PLAIN = options()
ANSI = re.compile(r"\x1b\[[0-9;]*m")


def rendered(
    findings: Sequence[Finding], contents: dict[str, str], secrets: Sequence[Place] = (), how: Options = PLAIN
) -> str:
    return FORMATS["text"](result(findings, contents, secrets), how)


def block(content: str, part: str, label: str = "here", how: Options = PLAIN) -> list[str]:
    """The lines below the header for one place in one file."""
    lines = rendered([finding(place("f", content, part), label=label)], {"f": content}, how=how).split("\n")
    return lines[2 : lines.index("")]


def test_every_place_of_a_finding_is_shown_with_its_masked_line() -> None:
    text = FORMATS["text"](samples.full(), options(width=80))
    assert (
        text[: text.index("\n\n")]
        == """\
error[secret-parity]: LIVEKIT_API_SECRET is not the server's secret for key
  devkey (12 characters here, 40 there)
  ╭─ .env:2:20
2 │ LIVEKIT_API_SECRET=••••••••
  │                    ━━━━━━━━ another secret
  │
  ├─ livekit.yaml:4:11
4 │   devkey: ••••••••
  │           ──────── the server's secret
  ├─ fix: use the server's secret (configlint fix)
  ╰─ then: recreate api: docker compose up -d --force-recreate api"""
    )


def test_two_places_of_one_file_stand_in_the_order_of_its_lines() -> None:
    text = rendered([samples.port_conflict()], samples.CONTENTS)
    assert (
        text[: text.index("\n\n")]
        == """\
error[port-conflict]: asr and api both publish 8000/tcp on every address
  ╭─ docker-compose.yml:8:14
5 │     ports: ["8000:8000"]
  │              ───────── api publishes it too
…
8 │     ports: ["8000:8001"]
  │              ━━━━━━━━━ asr
  ╰─ help: publish one of them on another port, or on another address"""
    )


def test_a_single_line_between_two_places_is_shown_and_masked() -> None:
    content = "a: 1\nb: hidden-value\nc: 2\n"
    found = finding(
        place("f", content, "1"), label="one", related=[Label(place=place("f", content, "2"), message="two")]
    )
    text = rendered([found], {"f": content}, [place("f", content, "hidden-value")])
    assert "2 │ b: …\n" in text


def test_a_console_that_cannot_draw_gets_ascii() -> None:
    text = FORMATS["text"](samples.full(), options(encoding="cp1252", verbose=True))
    text.encode("cp1252")
    assert (
        text[: text.index("\n\n")]
        == """\
error[secret-parity]: LIVEKIT_API_SECRET is not the server's secret for key devkey (12 characters here, 40 there)
 --> .env:2:20
2 | LIVEKIT_API_SECRET=********
  |                    ^^^^^^^^ another secret
  |
 --> livekit.yaml:4:11
4 |   devkey: ********
  |           -------- the server's secret
  = fix: use the server's secret (configlint fix)
  = then: recreate api: docker compose up -d --force-recreate api"""
    )


def test_characters_that_the_console_lacks_are_spelled_out_and_the_marks_follow() -> None:
    assert block("名=é localhost\n", "localhost", how=options(encoding="cp1252")) == [
        r"1 | \u540d=é localhost",
        "  |          ^^^^^^^^^ here",
    ]


@pytest.mark.parametrize(
    ("content", "part", "expected"),
    [
        pytest.param("a:\tb\tc", "c", ["1 │ a:    b    c", "  │            ━ here"], id="a tab is four columns"),
        pytest.param("日本=x", "x", ["1 │ 日本=x", "  │      ━ here"], id="wide characters take two"),
        pytest.param("日本=x", "本", ["1 │ 日本=x", "  │   ━━ here"], id="a wide character is underlined whole"),
        pytest.param("e\u0301=x", "x", ["1 │ e\u0301=x", "  │   ━ here"], id="a combining accent takes none"),
        pytest.param("\ufeffk=x", "x", ["1 │ k=x", "  │   ━ here"], id="a byte order mark is not there"),
        pytest.param("k=x\r\n", "x", ["1 │ k=x", "  │   ━ here"], id="nor is a carriage return"),
        pytest.param("\x1b[31mk=x", "x", [r"1 │ \x1b[31mk=x", "  │           ━ here"], id="ANSI sequences are seen"),
        pytest.param("\u202ek=x", "x", [r"1 │ \u202ek=x", "  │         ━ here"], id="reordering characters are seen"),
        pytest.param("##[group]x", "x", [r"1 │ #\x23[group]x", "  │             ━ here"], id="so are CI commands"),
        pytest.param(">-\n  one\n  two\nz", ">-\n  one\n  two", ["1 │ >-", "  │ ━━… here"], id="several lines"),
        pytest.param("k: v\nz", "v\n", ["1 │ k: v", "  │    ━ here"], id="a line end is not another line"),
    ],
)
def test_marks_stand_below_what_they_mark(content: str, part: str, expected: list[str]) -> None:
    assert block(content, part) == expected


@given(
    before=st.text(alphabet="a é日本\u0301\t\x1b#[%", max_size=150),
    part=st.text(alphabet="bé日\t\x1b", min_size=1, max_size=20),
    after=st.text(alphabet="a 日\u0301\t\x1b", max_size=150),
    columns=st.sampled_from([50, 80, None]),
    encoding=st.sampled_from(["utf-8", "cp1252", "ascii"]),
)
@settings(max_examples=300)
def test_what_is_underlined_is_what_is_marked(
    before: str, part: str, after: str, columns: int | None, encoding: str
) -> None:
    content = f"{before}{part}a{after}"
    found = finding(Place("f", len(before), len(before) + len(part)))
    how = options(width=columns, encoding=encoding)
    _, _, line, marks, *_ = FORMATS["text"](result([found], {"f": content}), how).split("\n")
    output = screen(encoding)
    stroke = output.symbols.primary
    first, last = marks.index(stroke), marks.rindex(stroke) + 1
    marked, whole = _columns(line, first, last), "".join(map(output.glyph, part))
    assert marked
    assert marked == whole or (whole.startswith(marked) and line.endswith(output.symbols.ellipsis))
    line.encode(encoding)
    assert columns is None or width(line) <= columns


def _columns(line: str, first: int, last: int) -> str:
    """The characters of a line from one column to another, with those that combine with them."""
    at, shown = 0, ""
    for char in line:
        if first <= at < last if char_width(char) else first < at <= last:
            shown += char
        at += char_width(char)
    return shown


def test_an_empty_place_has_a_caret() -> None:
    text = rendered([finding(Place("f", 2, 2), label="a value belongs here")], {"f": "K=\n"})
    assert "1 │ K=\n  │   ^ a value belongs here\n" in text


def test_a_file_that_is_not_there_is_named_without_a_line() -> None:
    text = rendered([finding(Place("missing/.env", 0, 0), label="does not exist")], {})
    assert "╭─ missing/.env\n  │ does not exist\n" in text


def test_a_mark_at_the_end_of_a_file_has_its_label() -> None:
    assert "╭─ f:2:1\n  │ add it here\n" in rendered([finding(Place("f", 4, 4), label="add it here")], {"f": "K=v\n"})


def test_a_long_line_is_cut_around_the_place() -> None:
    content = "x=1;" * 50_000 + "host='localhost';" + "y=2;" * 50_000
    (line, marks) = block(content, "localhost", how=options(width=60))
    assert width(line) <= 60
    assert width(marks) <= 60
    column = marks.index("━")
    assert line[column : column + 9] == "localhost"
    assert line.startswith("1 │ …")
    assert line.endswith("…")


def test_a_place_in_a_word_without_end_is_shown_alone() -> None:
    content = "x" * 5000 + "localhost" + "y" * 5000
    assert block(content, "localhost") == ["1 │ …localhost…", "  │  ━━━━━━━━━ here"]


def test_places_far_apart_on_one_line_are_shown_one_by_one() -> None:
    content = "first " + "x " * 500 + "second\n"
    found = finding(
        place("f", content, "first"),
        label="one",
        related=[Label(place=place("f", content, "second"), message="two")],
    )
    lines = rendered([found], {"f": content}, how=options(width=60)).split("\n")
    assert [line[:4] for line in lines[2:6]] == ["1 │ ", "  │ ", "1 │ ", "  │ "]
    assert "second" in lines[4]
    assert lines[5].endswith("──────")
    assert lines[6].endswith(" two")


def test_a_place_wider_than_the_room_is_marked_to_its_edge() -> None:
    line, marks, *_ = block("a=" + "b" * 500, "b" * 500, label="", how=options(width=60))
    assert width(line) == 60
    assert line.endswith("…")
    assert marks.count("━") == width(line) - len("1 │ a=…")


def test_a_label_without_room_beside_its_mark_goes_below() -> None:
    label = "a label of many words that has no room beside the mark"
    lines = block(" " * 30 + "value", "value", label=label, how=options(width=60))
    assert lines[1].strip("│ ") == "━━━━━"
    assert " ".join(line.strip("│ ") for line in lines[2:]) == label
    assert all(width(line) <= 60 for line in lines)


def test_prose_is_wrapped_for_a_terminal_only() -> None:
    found = finding(place("f", "x\n", "x"), "word " * 40 + "end", hint="help " * 40 + "end")
    narrow = rendered([found], {"f": "x\n"}, how=options(width=80))
    assert all(width(line) <= 80 for line in narrow.split("\n"))
    assert "word " * 40 + "end" in rendered([found], {"f": "x\n"})


def test_two_labels_of_one_place_share_a_mark() -> None:
    at = place("f", "k: v\n", "v")
    text = rendered([finding(at, label="this", related=[Label(place=at, message="and this")])], {"f": "k: v\n"})
    assert "━ this; and this\n" in text


def test_many_places_are_cut_short_unless_all_are_wanted() -> None:
    contents = {f"{index}.env": "K=v\n" for index in range(30)}
    related = [Label(place=place(path, "K=v\n", "v"), message="used") for path in list(contents)[1:]]
    found = finding(place("0.env", "K=v\n", "v"), related=related)
    short = rendered([found], contents)
    assert "note: 20 more places: --verbose shows all" in short
    assert short.count("used") == 9
    assert rendered([found], contents, how=options(verbose=True)).count("used") == 29


def test_colour_changes_nothing_but_colour() -> None:
    plain = FORMATS["text"](samples.full(), options(width=80, verbose=True))
    colored = FORMATS["text"](samples.full(), options(width=80, verbose=True, color=True))
    assert "\x1b" not in plain
    assert "\x1b[1;31merror[secret-parity]\x1b[0m" in colored
    assert ANSI.sub("", colored) == plain


def test_info_and_unverifiable_are_counted_and_shown_only_when_asked_for() -> None:
    short = FORMATS["text"](samples.full(), options())
    assert "worker-count]" not in short
    assert "1 unverifiable: --verbose shows it.\n" in short
    assert "1 rule could not be checked here: worker-count (to fail on that, use --require).\n" in short
    long = FORMATS["text"](samples.full(), options(verbose=True))
    assert "unverifiable[worker-count]: the number of workers is computed" in long
    assert "--verbose" not in long


def test_an_unsafe_fix_says_what_it_needs_and_why() -> None:
    text = rendered([samples.localhost()], samples.CONTENTS)
    assert "├─ fix: write mobile.host, 192.168.1.44 (configlint fix --unsafe)\n" in text
    assert "╰─ unsafe: the same constant is used by the desktop build\n" in text


def test_in_a_group_each_finding_is_one_line_of_the_terminal() -> None:
    contents = {f"{index}/.env": samples.ENV for index in range(60)}
    findings = [finding(place(path, samples.ENV, "A"), f"日本 in {path} " + "x " * 40, rule="r") for path in contents]
    lines = rendered(findings, contents, how=options(width=60)).splitlines()
    grouped = [line for line in lines if line.startswith("  ") and "/.env:" in line and "─" not in line]
    assert len(grouped) == 59
    assert all(line.endswith("…") and 57 <= width(line) <= 60 for line in grouped)


def test_many_findings_are_grouped_by_rule_and_none_is_lost() -> None:
    contents = {f"{index}/.env": samples.ENV for index in range(120)}
    secrets = [place(path, samples.ENV, samples.OLD) for path in contents]
    findings = [
        finding(at, f"in {at.path}", rule="port-parity" if index % 3 else "secret-parity")
        for index, at in enumerate(secrets)
    ]
    text = rendered(findings, contents, secrets)
    assert "error[port-parity]: 79 more\n" in text
    assert "error[secret-parity]: 39 more\n" in text
    assert all(f"in {path}\n" in text for path in contents)
    assert text.count("╭─") == 2
    assert "`configlint baseline`" in text
    assert rendered(findings, contents, secrets, how=options(verbose=True)).count("╭─") == 120


@pytest.mark.parametrize("message", ["::error::x", "a\n::set-env name=P::x", "\x1b]0;title\x07", "##[add-path]/tmp"])
@pytest.mark.parametrize("name", ["text", "concise", "markdown"])
def test_nothing_in_a_message_is_a_command_to_the_terminal_or_to_ci(name: str, message: str) -> None:
    found = finding(Place(message, 0, 0), message, label=message, hint=message, rule="r")
    text = FORMATS[name](result([found], {}, notes=[message]), options(width=40))
    assert "\x1b" not in text
    assert "##[" not in text
    assert not any(line.lstrip().startswith("::") for line in text.split("\n"))
