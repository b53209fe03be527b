"""What a fix would change is seen, and no secret with it."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
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
    return render_diff([change(content, *edits)], {"f": secrets}, {}, options()).splitlines()[2:]


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
        render_diff([planned], {}, {}, options())
        == """\
# use the server's secret
# secrets are masked: git apply rejects this patch; configlint fix writes it
--- a/.env
+++ b/.env
@@ -1,3 +1,3 @@
 LIVEKIT_API_KEY=devkey
-LIVEKIT_API_SECRET=<secret A>
+LIVEKIT_API_SECRET=<secret B>
 LIVEKIT_URL=ws://livekit:7880
"""
    )


def test_edits_side_by_side_are_one_change_and_near_ones_one_hunk() -> None:
    content = "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\ng: 7\nh: 8\ni: 9\nj: 0\nk: 1\n"
    edits = [Edit(place("f", content, digit), digit * 2, False) for digit in ("2", "3", "6")]
    assert shown(content, *edits) == [
        *("@@ -1,8 +1,8 @@", " a: 1", "-b: 2", "-c: 3", "+b: 22", "+c: 33", " d: 4", " e: 5", "-f: 6", "+f: 66"),
        *(" g: 7", " h: 8"),
    ]


def test_far_edits_are_two_hunks() -> None:
    content = "".join(f"k{number}: v{number}\n" for number in range(20))
    lines = shown(content, Edit(place("f", content, "v2"), "x", False), Edit(place("f", content, "v15"), "y", False))
    assert [line for line in lines if line.startswith("@@")] == ["@@ -1,5 +1,5 @@", "@@ -14,5 +14,5 @@"]


def test_lines_that_are_added_or_removed() -> None:
    assert shown("A=1\n", Edit(Place("f", 4, 4), "B=2\n", False)) == ["@@ -1,1 +1,2 @@", " A=1", "+B=2"]
    assert shown("A=1\nB=2\n", Edit(Place("f", 4, 8), "", False)) == ["@@ -1,2 +1,1 @@", " A=1", "-B=2"]
    unended = "\\ No newline at end of file"
    assert shown("A=1", Edit(Place("f", 3, 3), "\nB=2\n", False)) == [
        *("@@ -1,1 +1,2 @@", "-A=1", unended, "+A=1", "+B=2"),
    ]
    assert shown("", Edit(Place("f", 0, 0), "B=2\n", False)) == ["@@ -0,0 +1,1 @@", "+B=2"]


def test_an_added_line_shows_its_key_and_not_its_secret() -> None:
    lines = shown("A=1\n", Edit(Place("f", 4, 4), "LIVEKIT_API_SECRET=k3Jd82hsPq0a\n", True))
    assert lines[-1] == "+LIVEKIT_API_SECRET=<secret A>"


def test_a_secret_that_looks_like_an_assignment_is_not_taken_for_a_key() -> None:
    lines = shown("A=\n", Edit(Place("f", 2, 2), "QUJDREVG=rest", True))
    assert lines[-1] == "+A=<secret A>"


def test_other_secrets_of_a_hunk_are_masked_on_both_sides() -> None:
    content = "PORT=1\nTOP=quiet-value PORT2=1\n"
    secret = place("f", content, "quiet-value")
    lines = shown(
        content,
        Edit(place("f", content, "1"), "1000", False),
        Edit(place("f", content, "1", after="PORT2"), "2", False),
        secrets=[secret],
    )
    assert lines[2:] == ["-PORT=1", "-TOP=… PORT2=1", "+PORT=1000", "+TOP=… PORT2=2"]


def test_a_minified_line_is_cut_around_the_edit() -> None:
    content = "x=1;" * 20_000 + "host='localhost';" + "y=2;" * 20_000
    lines = shown(content, Edit(place("f", content, "localhost"), "192.168.1.44", False))
    assert all(len(line) < 5000 for line in lines)
    assert [line for line in lines if line.startswith("-") and "localhost" in line]
    assert [line for line in lines if line.startswith("+") and "192.168.1.44" in line]


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
    text = render_diff([change(content, *edits)], {"f": [secret]}, {}, options())
    assert "QxZ" not in text
    assert "OLD" not in text
    assert "NEW" not in text
    assert "PORT2" in text


PLAIN = "A=1\n# about b\nB=two\nC=http://api:8000/x\n\nD='three four'\nE=5\n# the end\n"


@pytest.mark.parametrize(
    "content", [PLAIN, PLAIN.replace("\n", "\r\n"), PLAIN.rstrip("\n"), f"\ufeff{PLAIN}", "\tA=1\n"]
)
@pytest.mark.parametrize("name", ["f", "a file/with blanks"])
def test_git_takes_what_nothing_is_masked_in(content: str, name: str, tmp_path: Path) -> None:
    """Each line changed alone and together with the last one, a line added, a line removed."""
    starts = [at for at in range(len(content)) if content[at - 1 : at] in ("", "\n") or at == 0]
    single = [Edit(Place(name, at + 1, at + 1), "X", False) for at in starts if content[at : at + 1] not in "\r\n"]
    trials = [[one] for one in single] + [[one, single[-1]] for one in single[:-1]]
    trials += [[Edit(Place(name, at, at), "NEW=1\n", False)] for at in starts[1:]]
    trials += [[Edit(Place(name, starts[0], starts[1]), "", False)]] if len(starts) > 1 else []
    for edits in trials:
        planned = change(content, *edits, path=name)
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content.encode())
        patch = render_diff([planned], {}, {}, options())
        assert "masked" not in patch
        subprocess.run(["git", "apply", "-"], input=patch.encode(), cwd=tmp_path, check=True)
        assert file.read_bytes() == planned.new.encode()


def test_a_patch_says_that_something_is_masked_in_it() -> None:
    content = "PORT=1\nAPI_SECRET=quiet\n"
    edit = Edit(place("f", content, "1"), "2", False)
    text = render_diff([change(content, edit)], {"f": [place("f", content, "quiet")]}, {}, options())
    assert text.startswith("# secrets are masked")
    assert "quiet" not in text


def test_context_ends_where_something_would_be_masked_but_for_the_one_line_that_git_needs() -> None:
    content = "SECRET=a\nX=0\nPORT=1\nY=2\nTOKEN=b\nZ=3\n"
    secrets = [place("f", content, "a"), place("f", content, "b")]
    assert shown(content, Edit(place("f", content, "1"), "8", False), secrets=secrets)[-5:] == [
        *("@@ -2,3 +2,3 @@", " X=0", "-PORT=1", "+PORT=8", " Y=2"),
    ]
