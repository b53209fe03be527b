"""Whether an Android app asks for the permission to use the network.

Flutter's template puts `android.permission.INTERNET` into the manifests for debug and profile builds only, so that an
app works until it is released. Libraries may ask for it, too: the build merges their manifests into that of the app.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from configlint.formats.yaml.nodes import Mapping
from configlint.model.cell import typed, unknown
from configlint.model.reason import Reason
from configlint.model.tables import EVERY_STACK, Permission, Url
from configlint.model.tables.words import PermissionState
from configlint.model.text import Text
from configlint.resolve.flutter.apps import App
from configlint.workspace.workspace import Workspace

if TYPE_CHECKING:
    from configlint.formats.android_manifest import Manifest

INTERNET = "android.permission.INTERNET"
_SOURCES = "android/app/src"
_NOT_RELEASED = frozenset({"debug", "profile", "androidTest", "test"})
_CALLED = frozenset({"http", "https", "ws", "wss"})
_ASKING = (
    "firebase_", "cloud_", "google_", "facebook_", "flutter_facebook", "onesignal", "sentry", "mapbox", "applovin",
    "appsflyer", "adjust_", "purchases_", "amplify", "agora", "zego", "stripe_", "flutter_stripe", "webview",
    "flutter_inappwebview", "unity_ads", "ironsource", "intercom", "mixpanel", "branch", "flutter_branch", "huawei",
)  # fmt: skip
"""How plugins begin whose libraries for Android ask for permissions of their own. firebase_core does not."""


def rows(workspace: Workspace, app: App, urls: Iterable[Url]) -> Iterator[Permission]:
    """The permission for the first call that release builds make, if the app has a manifest."""
    base = f"{app.directory}/" if app.directory else ""
    called = (url for url in urls if url.method and url.reach == "always" and url.audience == "mobile")
    call = next((url for url in called if str(url.scheme.value) in _CALLED and url.at.place is not None), None)
    manifest = workspace.store.manifest(f"{base}{_SOURCES}/main/AndroidManifest.xml") if call is not None else None
    if call is None or manifest is None or call.at.place is None:
        return
    plugin = _plugin(workspace, app)
    state = _state(manifest, plugin, elsewhere=_is_asked_elsewhere(workspace, base))
    root = Text.written(manifest.path, manifest.root)
    yield Permission(
        stack=EVERY_STACK, at=root, service=app.directory, name=INTERNET, state=state,
        manifest=unknown(Reason("may-be-merged", plugin), root) if state == "unknown" else typed(manifest.path, root),
        need=typed(call.name, Text.written(call.name, call.at.place)),
    )  # fmt: skip


def _state(manifest: "Manifest", plugin: str, *, elsewhere: bool) -> PermissionState:
    if INTERNET in manifest.removed:
        return "missing"
    if INTERNET in manifest.permissions or elsewhere:
        return "asked"
    return "unknown" if plugin else "missing"


def _is_asked_elsewhere(workspace: Workspace, base: str) -> bool:
    """Whether the manifest of a flavour, or that of release builds, asks for it."""
    for path in workspace.below(f"{base}{_SOURCES}"):
        source, _, name = path.removeprefix(f"{base}{_SOURCES}/").partition("/")
        if name == "AndroidManifest.xml" and source != "main" and source not in _NOT_RELEASED:
            manifest = workspace.store.manifest(path)
            if manifest is not None and INTERNET in manifest.permissions:
                return True
    return False


def _plugin(workspace: Workspace, app: App) -> str:
    """A plugin that may ask for permissions of its own; empty where the app has none."""
    document = workspace.store.yaml(f"{app.directory}/pubspec.yaml" if app.directory else "pubspec.yaml")
    root = document.root if document is not None else None
    listed = root.get("dependencies") if isinstance(root, Mapping) else None
    names = listed.names() if isinstance(listed, Mapping) else ()
    return next((name for name in names if name.startswith(_ASKING) and name != "firebase_core"), "")
