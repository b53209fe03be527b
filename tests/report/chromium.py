"""Debian's Chromium without a window, driven over its own protocol, for what a page really does."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

PROGRAM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")

_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def needs_chromium() -> None:
    """Leave out a module where there is no browser."""
    if not (PROGRAM and DRIVER):
        pytest.skip(
            "the page was not tried in a browser: apt-get install chromium chromium-driver", allow_module_level=True
        )


class Screen(NamedTuple):
    """What the page is looked at on."""

    width: int = 1400
    height: int = 900
    dark: bool = False
    script: bool = True
    medium: str = "screen"


class Browser:
    """One browser with one page at a time."""

    def __init__(self, driver: Chrome) -> None:
        self._driver = driver

    def show(self, page: Path, fragment: str = "", screen: Screen = Screen()) -> None:  # noqa: B008 # immutable
        """Open a file of this machine, as it looks on a screen."""
        size = {"width": screen.width, "height": screen.height, "deviceScaleFactor": 1, "mobile": False}
        self._do("Emulation.setDeviceMetricsOverride", **size)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if screen.dark else "light"}
        calm = {"name": "prefers-reduced-motion", "value": "reduce"}
        self._do("Emulation.setEmulatedMedia", media=screen.medium, features=[scheme, calm])
        self._do("Emulation.setScriptExecutionDisabled", value=not screen.script)
        self._driver.get("about:blank")
        for kind in ("performance", "browser"):
            self._log(kind)
        self._driver.get(f"{page.as_uri()}{fragment}")

    def _do(self, command: str, **parameters: Any) -> None:
        self._driver.execute_cdp_cmd(command, parameters)

    def _log(self, kind: str) -> list[dict[str, Any]]:
        """What was logged since the last time."""
        logged: list[dict[str, Any]] = self._driver.get_log(kind)  # type: ignore[no-untyped-call] # selenium's own
        return logged

    def js(self, expression: str, *arguments: Any) -> Any:
        """The value of an expression in the page; `arguments[0]` and so on are what is given."""
        return self._driver.execute_script(f"return {expression}", *arguments)

    def find(self, selector: str) -> WebElement:
        return self._driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list[WebElement]:
        return self._driver.find_elements(By.CSS_SELECTOR, selector)

    def visible(self, selector: str) -> list[str]:
        """The ids of the elements that are to be seen."""
        return [one.get_attribute("id") or "" for one in self.all(selector) if one.is_displayed()]

    def press(self, *keys: str) -> None:
        """Keys as they reach whatever has the focus."""
        for key in keys:
            self._driver.switch_to.active_element.send_keys(key)

    @property
    def focused(self) -> WebElement:
        return self._driver.switch_to.active_element

    @property
    def fragment(self) -> str:
        return str(self.js("location.hash"))

    @property
    def requested(self) -> list[str]:
        """Every address that was asked for since the page was opened."""
        events = (json.loads(entry["message"])["message"] for entry in self._log("performance"))
        sent = (event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent")
        return [url.partition("#")[0] for url in sent]

    @property
    def complaints(self) -> list[str]:
        """What stands in the console: errors, and what the policy refused."""
        return [entry["message"] for entry in self._log("browser")]


@contextmanager
def chromium() -> Iterator[Browser]:
    options = ChromeOptions()
    options.binary_location = PROGRAM or ""
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    with TemporaryDirectory(prefix="configlint-", ignore_cleanup_errors=True) as profile:
        for flag in (*_FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        driver = Chrome(options=options, service=Service(DRIVER))
        try:
            yield Browser(driver)
        finally:
            driver.quit()


ESCAPE, ENTER, RIGHT, LEFT, DOWN = Keys.ESCAPE, Keys.ENTER, Keys.ARROW_RIGHT, Keys.ARROW_LEFT, Keys.ARROW_DOWN
