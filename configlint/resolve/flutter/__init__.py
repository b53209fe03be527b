"""Flutter apps: what each package calls, ships and bundles."""

from collections.abc import Iterator

from configlint.model.tables import Row
from configlint.resolve.flutter.apps import apps
from configlint.workspace.workspace import Workspace


def rows(workspace: Workspace) -> Iterator[Row]:
    """All that is known of the apps of a repository."""
    found = apps(workspace)
    if found:
        # Imported here: most repositories have no app, and need nothing that reads Dart.
        from configlint.resolve.flutter.app_builds import builds
        from configlint.resolve.flutter.app_rows import of_app

        known = builds(workspace, found)

        for app in found:
            yield from of_app(workspace, app, known[app.directory])
