"""Where the places of an old content are in the new one."""

from collections.abc import Iterable

from configlint.model.finding import Edit
from configlint.model.regex import regex
from configlint.model.text import Place

_KEY = regex(r"\s*(?:- )?[\"']?[A-Za-z_]\w{0,99}[\"']?(?:=|: ?)[\"']?")


class Moves:
    """`spans` are the places that edits have in the new content, in their order."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        self.spans: dict[Edit, Place] = {}
        shift = 0
        for edit in sorted(edits, key=lambda edit: edit.place):
            start = edit.place.start + shift
            self.spans[edit] = Place(edit.place.path, start, start + len(edit.new))
            shift += len(edit.new) - (edit.place.end - edit.place.start)

    def moved(self, place: Place) -> Place:
        """The place, widened over every edit that it touches."""
        touched = [span for edit, span in self.spans.items() if _touch(edit.place, place)]
        start = min([self._offset(place.start), *(span.start for span in touched)])
        end = max([self._offset(place.end), *(span.end for span in touched)])
        return Place(place.path, start, end)

    def _offset(self, offset: int) -> int:
        shifts = [span.end - edit.place.end for edit, span in self.spans.items() if edit.place.end <= offset]
        return offset + (shifts[-1] if shifts else 0)

    def written(self, edit: Edit, old: str) -> Place:
        """The secret that an edit writes: all of its text, but for the key of a line that it adds."""
        span = self.spans[edit]
        adds_line = edit.new.startswith(("\n", "\r\n")) or edit.place.start == 0 or old[edit.place.start - 1] == "\n"
        key = _KEY.match(edit.new) if adds_line and edit.place.start == edit.place.end else None
        return Place(span.path, span.start + (key.end() if key else 0), span.end)


def _touch(edited: Place, place: Place) -> bool:
    """Whether an edit changes characters of a place, or inserts some in it or at its edge."""
    if edited.start == edited.end:
        return place.start <= edited.start <= place.end
    return edited.start < place.end and place.start < edited.end
