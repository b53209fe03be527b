"""The page in a real browser: what it shows, what it does when keys are pressed, and what it never does."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import DOWN, ENTER, ESCAPE, LEFT, RIGHT, Browser, Screen, chromium, needs_chromium
from running import run, write

needs_chromium()

EXAMPLES = Path(__file__).parents[2] / "examples"
WIDTHS = (375, 1400)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages of the examples."""
    directory = tmp_path_factory.mktemp("pages")
    names = ("livekit-stack/broken", "livekit-stack/fixed", "compose-stack/broken", "compose-stack/fixed", "websocket")
    return {name: page(directory / name.replace("/", "-"), EXAMPLES / name) for name in names}


def page(target: Path, root: Path) -> Path:
    """The page of a repository, as the command writes it."""
    ran = run(root, "check", "--no-cache", "--format", "html", "--root", str(root))
    assert ran.exit in (0, 1), ran.stderr
    target = target.with_suffix(".html")
    target.write_text(ran.stdout, encoding="utf-8")
    return target


@pytest.fixture
def broken(browser: Browser, pages: dict[str, Path]) -> Browser:
    """The broken compose stack on a wide screen."""
    browser.show(pages["compose-stack/broken"])
    return browser


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_the_screen(browser: Browser, pages: dict[str, Path], width: int, dark: bool) -> None:
    for one in pages.values():
        browser.show(one, screen=Screen(width=width, dark=dark))
        assert browser.js("document.documentElement.scrollWidth") <= browser.js("document.documentElement.clientWidth")
        assert browser.js("innerWidth") == width


def test_nothing_is_fetched_and_the_console_is_silent(browser: Browser, pages: dict[str, Path]) -> None:
    for one in pages.values():
        browser.show(one)
        assert set(browser.requested) == {one.as_uri()}
        assert browser.complaints == []


def test_the_policy_refuses_what_the_page_did_not_bring(broken: Browser) -> None:
    assert broken.js("fetch('https://example.com/y').then(() => 'fetched', () => 'refused')") == "refused"
    assert any("Content Security Policy" in said for said in broken.complaints)


def test_dark_mode_is_dark(browser: Browser, pages: dict[str, Path]) -> None:
    levels = []
    for dark in (False, True):
        browser.show(pages["compose-stack/broken"], screen=Screen(dark=dark))
        colors = [browser.js(f"getComputedStyle(document.{at}).{what}") for at, what in BACK_AND_TEXT]
        levels.append([sum(map(int, re.findall(r"\d+", color)[:3])) for color in colors])
    (light_back, light_text), (dark_back, dark_text) = levels
    assert light_text < 150 < 600 < light_back
    assert dark_back < 150 < 600 < dark_text


BACK_AND_TEXT = (("body", "backgroundColor"), ("body", "color"))

CONTRAST = """(() => {
  const rgb = color => color.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(c => (c /= 255) <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
  const behind = one => {
    for (; one; one = one.parentElement) {
      const shape = one.matches('g.node') ? one.querySelector('rect') : one;
      const color = rgb(getComputedStyle(shape)[shape === one ? 'backgroundColor' : 'fill']);
      if (color[3] !== 0) return color;
    }
    return rgb(getComputedStyle(document.body).backgroundColor);
  };
  const poor = [];
  for (const one of document.querySelectorAll('body *')) {
    const own = [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (!own || !one.checkVisibility() || one.matches('title, script, option')) continue;
    const style = getComputedStyle(one);
    let shown = 1;
    for (let at = one; at; at = at.parentElement) shown *= Number(getComputedStyle(at).opacity);
    const back = behind(one), ink = rgb(one.ownerSVGElement ? style.fill : style.color);
    const [a, b] = [light(ink.map((c, i) => c * shown + back[i] * (1 - shown))), light(back)];
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) poor.push(`${ratio.toFixed(2)} ${one.tagName}.${one.getAttribute('class')} ${one.textContent}`);
  }
  return poor;
})()"""


@pytest.mark.parametrize("dark", [False, True])
def test_all_text_stands_out_from_what_is_behind_it(browser: Browser, pages: dict[str, Path], dark: bool) -> None:
    """At least 4.5 to 1 (WCAG 2.1, 1.4.3)."""
    browser.show(pages["compose-stack/broken"], screen=Screen(dark=dark))
    browser.js("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert browser.js(CONTRAST) == []


@pytest.mark.parametrize(("name", "red"), [("livekit-stack/broken", True), ("livekit-stack/fixed", False)])
def test_a_disagreement_is_a_red_link(browser: Browser, pages: dict[str, Path], name: str, red: bool) -> None:
    browser.show(pages[name])
    links = browser.all("g.link.error[data-from] > path:first-child")
    assert bool(links) is red
    for link in links:
        assert link.value_of_css_property("stroke") == "rgb(179, 38, 30)"
    assert browser.all("g.link:not(.error)[data-from]")


def test_a_place_without_effect_is_faded(broken: Browser) -> None:
    (link,) = broken.all("g.link.faded.warning")
    assert float(link.value_of_css_property("opacity")) < 0.7
    start = broken.js("document.getElementById(arguments[0]).textContent", link.get_attribute("data-from"))
    assert "gunicorn.conf.py" in start


def test_filters_leave_what_passes_all_of_them(broken: Browser) -> None:
    everything = broken.visible("article")
    broken.find("[name=rule]").send_keys("secret-parity")
    assert [one.get_attribute("data-rule") for one in broken.all("article") if one.is_displayed()] == ["secret-parity"]
    assert broken.find("#count").text == f"1 of {len(everything)}"
    broken.find("[name=text]").send_keys("no such word")
    assert broken.visible("article") == []
    assert broken.find(".none").is_displayed()
    broken.find("button[type=reset]").click()
    assert broken.visible("article") == everything


def test_a_file_is_filtered_by_every_place_of_a_finding(broken: Browser) -> None:
    options = [one.get_attribute("value") for one in broken.all("[name=file] option")]
    assert "livekit/livekit.yaml" in options
    broken.find("[name=file]").send_keys("livekit/livekit.yaml")
    assert [one.get_attribute("data-rule") for one in broken.all("article") if one.is_displayed()] == ["secret-parity"]


def test_levels_are_switched_off_one_by_one(broken: Browser) -> None:
    broken.find("[name=level][value=error]").click()
    levels = {one.get_attribute("data-level") for one in broken.all("article") if one.is_displayed()}
    assert levels == {"warning", "info"}


def test_the_address_holds_the_state_and_brings_it_back(browser: Browser, pages: dict[str, Path]) -> None:
    browser.show(pages["compose-stack/broken"])
    browser.find("[name=text]").send_keys("asr")
    browser.find("[name=level][value=warning]").click()
    browser.find("article:not([hidden]) .message").click()
    fragment, left = browser.fragment, browser.visible("article")
    assert 0 < len(left) < len(browser.all("article"))
    browser.show(pages["compose-stack/broken"], fragment)
    assert browser.visible("article") == left
    assert browser.find("[name=text]").get_attribute("value") == "asr"
    assert not browser.find("[name=level][value=warning]").is_selected()
    assert [one.get_attribute("id") for one in browser.all("article.on")] == left[:1]


@pytest.mark.parametrize("fragment", ["#show=nobody", "#rule=none&file=none", "#%E0%A4%A", "#show=count", "#text=%00"])
def test_a_wrong_address_harms_nothing(browser: Browser, pages: dict[str, Path], fragment: str) -> None:
    browser.show(pages["compose-stack/broken"], fragment)
    assert browser.all("article")
    assert browser.complaints == []


def test_keys_walk_through_the_findings(broken: Browser) -> None:
    ids = broken.visible("article")
    broken.press("j", "j", "k")
    assert broken.focused.get_attribute("id") == ids[0]
    broken.press("j")
    assert broken.focused.get_attribute("id") == ids[1]
    assert [one.get_attribute("id") for one in broken.all("article.on")] == [ids[1]]
    assert broken.js("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_a_slash_leads_to_the_filter_and_escape_away_from_it(broken: Browser) -> None:
    broken.press("/", "asr")
    assert broken.focused.get_attribute("name") == "text"
    assert broken.focused.get_attribute("value") == "asr"
    assert len(broken.visible("article")) < len(broken.all("article"))
    broken.press("j")
    assert broken.find("[name=text]").get_attribute("value") == "asrj"
    broken.press(ESCAPE)
    assert broken.focused.tag_name == "body"
    assert len(broken.visible("article")) == len(broken.all("article"))
    assert broken.fragment in ("", "#")


def lit(browser: Browser, kind: str) -> set[str]:
    """The titles of the nodes, or the ids of the findings, that are lit."""
    if kind == "article":
        return {one.get_attribute("id") or "" for one in browser.all("article.on")}
    return {str(browser.js("arguments[0].querySelector('text').textContent", one)) for one in browser.all("g.node.on")}


def test_a_finding_lights_its_places_in_the_picture(broken: Browser) -> None:
    broken.find("article[data-rule=secret-parity] .message").click()
    assert {".env", "livekit.yaml", "LiveKit key pair", "api"} <= lit(broken, "node")
    assert "Dockerfile" not in lit(broken, "node")
    assert broken.all(".canvas.lit g.link.error.on")
    broken.find("article[data-rule=secret-parity] .message").click()
    assert lit(broken, "node") == set()


def test_a_node_lights_its_findings_and_opens_its_card(broken: Browser) -> None:
    node = next(one for one in broken.all("g.node") if one.text.startswith("LiveKit key pair"))
    node.click()
    rules = {one.get_attribute("data-rule") for one in broken.all("article.on")}
    assert rules == {"secret-parity"}
    card = broken.find(f".card[data-node={node.get_attribute('id')}]")
    assert card.get_attribute("open") is not None
    assert ".env:4" in card.text
    assert node.get_attribute("aria-pressed") == "true"


def test_the_picture_is_walked_through_with_arrows(broken: Browser) -> None:
    assert broken.js("document.querySelectorAll('g.node[tabindex=\"0\"]').length") == 1
    broken.js("document.querySelector('g.node').focus()")
    assert broken.focused.get_attribute("data-column") == "0"
    broken.press(RIGHT)
    assert broken.focused.get_attribute("data-column") == "1"
    first = broken.focused.get_attribute("id")
    broken.press(DOWN)
    assert broken.focused.get_attribute("data-column") == "1"
    assert broken.focused.get_attribute("id") != first
    broken.press(ENTER)
    assert broken.focused.get_attribute("aria-pressed") == "true"
    broken.press(LEFT)
    assert broken.focused.get_attribute("data-column") == "0"
    assert broken.focused.get_attribute("aria-label")


def test_the_page_is_read_without_its_script(browser: Browser, pages: dict[str, Path]) -> None:
    browser.show(pages["compose-stack/broken"], screen=Screen(script=False))
    assert browser.visible("article") == [one.get_attribute("id") for one in browser.all("article")]
    assert browser.find(".canvas svg").is_displayed()
    assert not browser.find("form").is_displayed()
    browser.find(".card summary").click()
    assert "livekit/livekit.yaml:8" in browser.find(".card").text


def test_on_paper_there_is_nothing_to_press(browser: Browser, pages: dict[str, Path]) -> None:
    browser.show(pages["compose-stack/broken"], screen=Screen(medium="print"))
    assert not browser.find("form").is_displayed()
    assert browser.find(".canvas svg").is_displayed()
    assert all(one.is_displayed() for one in browser.all("article"))


HOSTILE = "<script>document.title='taken'</script>\"'><img src=x onerror=\"document.title='taken'\">"


PAIR = "LIVEKIT_API_KEY=</text>\nLIVEKIT_API_SECRET=made-up-0123456789\n"


def hostile() -> dict[str, str]:
    """Markup, style, script and characters that reorder, wherever a repository has room for them."""
    return {
        "docker-compose.yml": f"""\
services:
  '{HOSTILE.replace("'", "''")}':
    image: "x</svg><style>*{{display:none}}</style>"
    ports: ["8000:80"]
  "\u202egnp.exe":
    image: "y\u2066z"
    ports: ["8000:80"]
    environment: {{A_URL: "http://nobody:1/{HOSTILE.replace('"', "%22")}", "B</title>_URL": "http://also-nobody:2"}}
    env_file: "{{expression(alert(1))}}"
""",
        "--><b>.env": "X=1\n",
        "</script><script>document.title='taken'<.env": PAIR,
        "livekit.yaml": "keys:\n  '</text>': another-made-up-0123456789\n",
    }


def test_what_files_hold_is_text_and_nothing_else(browser: Browser, tmp_path: Path) -> None:
    root = tmp_path / "hostile"
    files = {name.replace("/", "\u2215"): content for name, content in hostile().items()}
    shown = page(tmp_path / "page", write(root, files))
    browser.show(shown)
    assert str(browser.js("document.title")).endswith("configlint")
    assert browser.js("document.querySelectorAll('script, style, title:not(svg *)').length") == 3
    assert browser.js("document.querySelectorAll('img, b, link, iframe').length") == 0
    assert browser.complaints == []
    content = str(browser.js("document.body.textContent"))
    assert "<script>document.title" in content
    assert "\\u202egnp.exe" in content
    assert not set("\u202e\u2066\x00") & set(content)
    assert "made-up-0123456789" not in str(browser.js("document.documentElement.outerHTML"))
    browser.find("article .message").click()
    for node in browser.all("g.node"):
        browser.js("arguments[0].dispatchEvent(new Event('mouseenter'))", node)
    assert browser.complaints == []
