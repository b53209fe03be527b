"""What a fix would change is seen, and no secret with it."""

from collections.abc import Sequence

import samples
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import options, place

from configlint.model.finding import Edit
from configlint.model.text import Place
from configlint.report.diff import Change, render_diff


def change(content: str, *edits: Edit, path: str = "f") -> Change:
    new = content
    for edit in sorted(edits, reverse=True):
        new = new[: edit.place.start] + edit.new + new[edit.place.end :]
    return Change(path=path, old=content, new=new, edits=edits)


def shown(content: str, *edits: Edit, secrets: Sequence[Place] = ()) -> list[str]:
    return render_diff([change(content, *edits)], {"f": secrets}, options()).splitlines()[2:]


def test_a_secret_is_replaced_in_plain_view_of_its_key() -> None:
    edit = Edit(place(".env", samples.ENV, samples.OLD), samples.NEW, True)
    planned = Change(
        path=".env",
        old=samples.ENV,
        new=samples.ENV.replace(samples.OLD, samples.NEW),
        edits=(edit,),
        titles=("use the server's secret",),
    )
    assert (
        render_diff([planned], {}, options())
        == """\
--- .env
+++ .env
    use the server's secret
@@ line 2 @@
  LIVEKIT_API_KEY=devkey
- LIVEKIT_API_SECRET=<secret, 12 characters>
+ LIVEKIT_API_SECRET=<secret, 40 characters>
  LIVEKIT_URL=ws://livekit:7880
"""
    )


def test_edits_side_by_side_are_one_change_and_near_ones_one_hunk() -> None:
    content = "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\ng: 7\nh: 8\ni: 9\nj: 0\nk: 1\n"
    edits = [Edit(place("f", content, digit), digit * 2, False) for digit in ("2", "3", "6")]
    assert shown(content, *edits) == [
        *("@@ line 2 @@", "  a: 1", "- b: 2", "- c: 3", "+ b: 22", "+ c: 33", "  d: 4", "  e: 5", "- f: 6", "+ f: 66"),
        *("  g: 7", "  h: 8"),
    ]


def test_far_edits_are_two_hunks() -> None:
    content = "".join(f"k{number}: v{number}\n" for number in range(20))
    lines = shown(content, Edit(place("f", content, "v2"), "x", False), Edit(place("f", content, "v15"), "y", False))
    assert [line for line in lines if line.startswith("@@")] == ["@@ line 3 @@", "@@ line 16 @@"]


def test_lines_that_are_added_or_removed() -> None:
    assert shown("A=1\n", Edit(Place("f", 4, 4), "B=2\n", False)) == ["@@ line 2 @@", "  A=1", "+ B=2"]
    assert shown("A=1\nB=2\n", Edit(Place("f", 4, 8), "", False)) == ["@@ line 2 @@", "  A=1", "- B=2"]
    assert shown("A=1", Edit(Place("f", 3, 3), "\nB=2\n", False)) == ["@@ line 2 @@", "  A=1", "+ B=2"]
    assert shown("", Edit(Place("f", 0, 0), "B=2\n", False)) == ["@@ line 1 @@", "+ B=2"]


def test_an_added_line_shows_its_key_and_not_its_secret() -> None:
    lines = shown("A=1\n", Edit(Place("f", 4, 4), "LIVEKIT_API_SECRET=k3Jd82hsPq0a\n", True))
    assert lines[-1] == "+ LIVEKIT_API_SECRET=<secret, 12 characters>"


def test_a_secret_that_looks_like_an_assignment_is_not_taken_for_a_key() -> None:
    lines = shown("A=\n", Edit(Place("f", 2, 2), "QUJDREVG=rest", True))
    assert lines[-1] == "+ A=<secret, 13 characters>"


def test_other_secrets_of_a_hunk_are_masked_on_both_sides() -> None:
    content = "PORT=1\nTOP=quiet-value PORT2=1\n"
    secret = place("f", content, "quiet-value")
    lines = shown(
        content,
        Edit(place("f", content, "1"), "1000", False),
        Edit(place("f", content, "1", after="PORT2"), "2", False),
        secrets=[secret],
    )
    assert lines[1:] == ["- PORT=1", "- TOP=<secret> PORT2=1", "+ PORT=1000", "+ TOP=<secret> PORT2=2"]


def test_a_secret_of_another_file_is_masked_wherever_it_is_copied_to() -> None:
    server = change(samples.LIVEKIT, path="livekit.yaml")
    client = change("# none\n", Edit(Place("f", 7, 7), f"# was {samples.NEW}\n", False))
    text = render_diff([server, client], {"livekit.yaml": [samples.SECRETS[1]]}, options())
    assert samples.NEW not in text


def test_a_minified_line_is_cut_around_the_edit() -> None:
    content = "x=1;" * 20_000 + "host='localhost';" + "y=2;" * 20_000
    lines = shown(content, Edit(place("f", content, "localhost"), "192.168.1.44", False))
    assert all(len(line) < 5000 for line in lines)
    assert "localhost" in lines[1]
    assert "192.168.1.44" in lines[2]


LETTERS = st.text(alphabet="abcdefgh=: \n", max_size=60)


@given(LETTERS, LETTERS, LETTERS, st.booleans())
@settings(max_examples=200)
def test_no_secret_shows_wherever_it_stands(before: str, middle: str, after: str, swap: bool) -> None:
    old_secret, new_secret = "QxZ1-OLD-7", "QxZ2-NEW-8"
    content = f"{before}{old_secret}{middle}PORT{after}"
    start = len(before)
    secret = Place("f", start, start + len(old_secret))
    port = len(before) + len(old_secret) + len(middle)
    edits = [Edit(Place("f", port, port + 4), "PORT2", False)]
    if swap:
        edits.append(Edit(secret, new_secret, True))
    text = render_diff([change(content, *edits)], {"f": [secret]}, options())
    assert "QxZ" not in text
    assert "OLD" not in text
    assert "NEW" not in text
    assert "PORT2" in text
