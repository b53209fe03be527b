"""Flutter apps: what each package calls, ships and bundles."""

from collections.abc import Iterator

from configlint.model.tables import Row
from configlint.resolve.flutter.apps import apps
from configlint.workspace.workspace import Scene


def rows(scene: Scene) -> Iterator[Row]:
    """All that is known of the apps of a repository."""
    found = apps(scene)
    if found:
        # Imported here: most repositories have no app, and need nothing that reads Dart.
        from configlint.resolve.flutter.app_builds import builds
        from configlint.resolve.flutter.app_rows import of_app

        known = builds(scene, found)

        for app in found:
            yield from of_app(scene, app, known[app.directory])
