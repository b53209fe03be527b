"""What of a picture is drawn, and where: little where nothing is wrong, and nothing on top of anything else."""

from collections.abc import Sequence
from itertools import combinations

from samples import finding

from configlint.model.finding import Finding, Label, Severity
from configlint.model.picture import Member, Picture, Role, Sort, Statement, Value
from configlint.model.text import Place
from configlint.report.html.choice import MANY, MOST
from configlint.report.html.drawing import FILE, SERVICE, USER, VALUE, Drawing
from configlint.report.html.drawing import drawing as drawn_with
from configlint.report.html.layout import HEIGHT, layout


def stated(path: str, start: int = 0, role: Role = "states", user: str = "") -> Statement:
    return Statement(place=Place(path, start, start + 5), said="said", by="by", role=role, user=user)


def value(
    name: str, *statements: Statement, services: Sequence[str] = ("api",), users: Sequence[str] = (),
    sort: Sort = "address",
) -> Value:  # fmt: skip
    return Value(sort=sort, name=name, said="", statements=statements, services=tuple(services), users=tuple(users))


def picture(*values: Value, services: int = 0, stack: str = "default") -> Picture:
    named = dict.fromkeys([*(name for one in values for name in one.services), *(f"more{n}" for n in range(services))])
    users = dict.fromkeys(name for one in values for name in one.users)
    return Picture(
        stack=stack,
        values=values,
        services=tuple(Member(name=name, kind="service") for name in named),
        users=tuple(Member(name=name, kind="service") for name in users),
    )


def wrong(path: str, start: int = 0, severity: Severity = "error", beside: Place | None = None) -> Finding:
    related = [Label(place=beside, message="")] if beside else []
    return finding(Place(path, start, start + 5), "m", severity=severity, related=related)


def drawing(one: Picture, findings: Sequence[Finding]) -> Drawing:
    """The drawing of the only stack."""
    return drawn_with(one, findings, "n", range(len(findings)))


def titles(drawn: Drawing, column: int) -> list[str]:
    return [node.title for node in drawn.nodes if node.column == column]


def test_only_the_place_that_is_wrong_is_red() -> None:
    shared = value("v", stated("a"), stated("b"), users=["web"])
    drawn = drawing(picture(shared), [wrong("a", beside=Place("b", 0, 5))])
    names = {node.id: node.title for node in drawn.nodes}
    assert {names[link.start]: link.level for link in drawn.links if link.step == FILE} == {"a": "error", "b": ""}
    assert {node.title: node.level for node in drawn.nodes} == {
        "a": "error",
        "b": "",
        "v": "error",
        "api": "",
        "web": "",
    }
    assert all(link.findings == (0,) for link in drawn.links if link.step == FILE), "both light up with the finding"


def test_what_one_user_gets_wrong_is_red_where_it_uses_the_service() -> None:
    shared = value("v", stated("server"), stated("a", user="a"), stated("b", user="b"), users=["a", "b"])
    drawn = drawing(picture(shared), [wrong("b")])
    names = {node.id: node.title for node in drawn.nodes}
    assert {names[link.end]: link.level for link in drawn.links if link.step == SERVICE} == {"a": "", "b": "error"}
    assert [link.level for link in drawn.links if link.step == VALUE] == [""]


def test_what_has_no_effect_is_faded_but_what_is_expected_is_not() -> None:
    one = value("w", stated("won"), stated("lost", role="overridden"), stated("sample", role="template"),
                stated("asked", role="expected"))  # fmt: skip
    drawn = drawing(picture(one), [])
    names = {node.id: node.title for node in drawn.nodes}
    assert {names[link.start] for link in drawn.links if link.faded} == {"lost", "sample"}


def test_a_value_that_one_file_states_is_not_drawn_unless_it_is_wrong() -> None:
    values = [value("lonely", stated("a")), value("wrong", stated("a", 10)), value("shared", stated("a"), stated("b"))]
    drawn = drawing(picture(*values), [wrong("a", 10)])
    assert titles(drawn, VALUE) == ["wrong", "shared"]
    assert drawn.rest == ("1 more value on which nothing disagrees",)


def test_a_stack_of_forty_services_shows_what_is_wrong_and_counts_the_rest() -> None:
    values = [
        value(f"v{number}", stated("compose.yaml", number * 10), stated(f"{number}/Dockerfile"),
              services=[f"s{number}"], users=[f"s{number + 1}"])
        for number in range(40)
    ]  # fmt: skip
    drawn = drawing(picture(*values, services=3), [wrong("compose.yaml", 330)])
    assert titles(drawn, VALUE)[0] == "v33"
    assert len(titles(drawn, VALUE)) == MANY
    assert len(titles(drawn, SERVICE)) == MANY
    assert drawn.rest == (
        "24 more values on which nothing disagrees",
        "27 more services that share none of these values",
    )


def test_all_that_is_wrong_is_drawn_however_much() -> None:
    values = [value(f"v{number}", stated("a", number * 10)) for number in range(MANY + 9)]
    drawn = drawing(picture(*values), [wrong("a", number * 10) for number in range(MANY + 9)])
    assert len(titles(drawn, VALUE)) == MANY + 9


def test_but_no_more_than_anybody_reads() -> None:
    values = [value(f"v{number}", stated("a", number * 10)) for number in range(MOST + 2)]
    drawn = drawing(picture(*values), [wrong("a", number * 10) for number in range(MOST + 2)])
    assert len(titles(drawn, VALUE)) == MOST
    assert drawn.rest == ("2 more values on which something disagrees",)


def test_of_many_users_those_are_drawn_that_get_it_wrong() -> None:
    statements = [stated(f"{n:03}.env", user=f"u{n}") for n in range(100)]
    drawn = drawing(picture(value("v", *statements, users=[f"u{n}" for n in range(100)])), [wrong("099.env")])
    assert len(titles(drawn, USER)) == len(titles(drawn, FILE)) == MOST
    assert "u99" in titles(drawn, USER)
    assert "099.env" in titles(drawn, FILE)
    assert drawn.rest == ("60 more files", "60 more users")
    assert len([link for link in drawn.links if link.level]) == 2


def test_a_few_services_are_drawn_though_they_share_nothing() -> None:
    assert titles(drawing(picture(services=3), []), SERVICE) == ["more0", "more1", "more2"]


def test_a_finding_without_a_value_marks_its_file_in_its_own_stack_alone() -> None:
    broken = wrong("d/x.yaml")
    here, there = (drawn_with(picture(services=1), [broken], "n", own) for own in ({0}, set[int]()))
    assert [(node.title, node.note, node.level) for node in here.nodes if node.column == FILE] == [
        ("x.yaml", "d/", "error")
    ]
    assert titles(there, FILE) == []


def test_what_a_rule_of_the_user_s_compares_is_a_value_of_its_own() -> None:
    apart = wrong("a", 50, beside=Place("c", 0, 5))
    drawn = drawing(
        picture(services=1), [wrong("a", beside=Place("b", 0, 5)), wrong("a", 9, beside=Place("b", 9, 14)), apart]
    )
    assert titles(drawn, VALUE) == ["secret-parity", "secret-parity"]
    names = {node.id: node.title for node in drawn.nodes}
    assert sorted((names[link.start], link.level, link.findings) for link in drawn.links) == [
        ("a", "error", (0, 1)), ("a", "error", (2,)), ("b", "", (0, 1)), ("c", "", (2,)),
    ]  # fmt: skip
    assert drawn.rest == ()


def test_a_secret_that_no_service_is_known_to_use_stands_beside_what_it_is_compared_with() -> None:
    alone = value("PASSWORD", stated("a"), services=(), sort="secret")
    drawn = drawing(picture(alone), [wrong("a", beside=Place("b", 0, 5))])
    assert titles(drawn, VALUE) == ["secret-parity"]
    assert titles(drawn, FILE) == ["a", "b"]


def test_but_one_that_is_wrong_by_itself_is_drawn_as_it_is() -> None:
    drawn = drawing(picture(value("PASSWORD", stated("a"), services=(), sort="secret")), [wrong("a")])
    assert titles(drawn, VALUE) == ["PASSWORD"]
    assert [link.level for link in drawn.links] == ["error"]


def test_routes_are_told_where_a_finding_is_about_them() -> None:
    one = value("v", stated("a"), stated("b"), stated("main.py", role="serves"))
    assert titles(drawing(picture(one), []), FILE) == ["a", "b"]
    assert "main.py" in titles(drawing(picture(one), [wrong("a", beside=Place("main.py", 0, 5))]), FILE)


def test_info_and_what_cannot_be_verified_light_up_but_are_not_red() -> None:
    one = value("v", stated("a"), stated("b"))
    drawn = drawing(picture(one), [wrong("a", severity="info")])
    assert {node.level for node in drawn.nodes} == {""}
    assert next(node for node in drawn.nodes if node.title == "v").findings == (0,)


def entangled(count: int) -> Drawing:
    values = [
        value(f"v{n}", *(stated(f"f{n * k % 17}") for k in range(1, 4)), services=[f"s{n % 5}", f"s{n % 3}"],
              users=[f"u{n % 7}"])
        for n in range(count)
    ]  # fmt: skip
    return drawing(picture(*values), [])


def test_no_node_stands_on_another_and_all_stand_within_the_picture() -> None:
    for count in (1, 2, 9, MANY):
        drawn = entangled(count)
        where = layout(drawn)
        for node in drawn.nodes:
            box = where.boxes[node.id]
            assert 0 <= box.x <= box.x + box.width <= where.width
            assert 0 <= box.y <= box.y + HEIGHT <= where.height
        for one, other in combinations(drawn.nodes, 2):
            apart = abs(where.boxes[one.id].y - where.boxes[other.id].y)
            assert one.column != other.column or apart >= HEIGHT


def test_links_leave_and_reach_the_sides_of_their_nodes() -> None:
    drawn = entangled(MANY)
    where = layout(drawn)
    for link, ends in zip(drawn.links, where.ends, strict=True):
        assert where.boxes[link.start].y <= ends.start <= where.boxes[link.start].y + HEIGHT
        assert where.boxes[link.end].y <= ends.end <= where.boxes[link.end].y + HEIGHT
    assert {USER} == {node.column for node in drawn.nodes if node.title.startswith("u")}


def test_values_in_line_with_their_files_are_drawn_without_crossings() -> None:
    drawn = drawing(
        picture(*(value(f"v{n}", stated(f"f{n}"), stated(f"g{n}"), services=[f"s{9 - n}"]) for n in range(9))), []
    )
    where = layout(drawn)
    steps: dict[int, list[tuple[float, float]]] = {}
    for link, ends in zip(drawn.links, where.ends, strict=True):
        steps.setdefault(link.step, []).append((ends.start, ends.end))
    for lines in steps.values():
        for one, other in combinations(sorted(lines), 2):
            assert one[1] <= other[1]
