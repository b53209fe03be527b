"""An answer is used again where the variables that it rests on are the same."""

from configlint.code.environments import Answers, Environment
from configlint.model.reason import Reason
from configlint.model.text import Text

ONE, OTHER = Text.assumed("1"), Text.assumed("2")


def asked() -> tuple[Answers[str], list[str]]:
    """A question that looks at `A`, and at `B` where `A` is set; and the answers that were worked out."""
    made: list[str] = []

    def question(environment: Environment) -> str:
        first = environment("A")
        made.append("-" if first is None else first.raw + str(environment("B")))
        return made[-1]

    return Answers(question), made


def test_what_the_answer_does_not_rest_on_does_not_matter() -> None:
    answers, made = asked()
    assert answers.of({"C": ONE}.get) == answers.of({"B": ONE}.get) == "-"
    assert len(made) == 1


def test_another_value_is_another_answer() -> None:
    answers, made = asked()
    first = answers.of({"A": ONE}.get)
    assert answers.of({"A": OTHER}.get) != first
    assert answers.of({"A": ONE, "B": OTHER}.get) != first
    assert answers.of({"A": ONE}.get) == first
    assert len(made) == 3


def test_an_unknown_value_is_the_same_for_the_same_reason() -> None:
    answers, made = asked()
    for source in (".env", ".env", "other.env"):
        reason = Reason("may-be-set", "A", source)
        answers.of(lambda name, reason=reason: Text.unknown(reason) if name == "A" else None)  # type: ignore[misc]
    assert len(made) == 2
