"""Every kind of page, as readers of all sorts meet it: in light and dark, small and large, by keyboard, without scripts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe

from commentary.plan import Kind
from tests.browser.whole import KINDS

SEEN = [kind for kind in KINDS if kind is not Kind.REDIRECT]  # a redirect is gone before it is seen
SCHEMES = ("light", "dark")
WIDTHS = (320, 1280)
AXE = Axe().axe_script
CHECK = """async () => (await axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'],
    preload: false, iframes: false,
})).violations.map(v => `${v.id}: ${v.nodes.map(n => n.target.join(' ')).join(', ')}`)"""
OVERFLOW = """() => document.documentElement.scrollWidth > innerWidth
    ? [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
        .map(e => e.tagName + '.' + e.className).slice(0, 5) : []"""
BEGINS_WITH_A_DOT = r"""() => [...document.querySelectorAll('body, body *')].filter(
    e => /^" ?·/.test(getComputedStyle(e, '::before').content) ||
         [...e.childNodes].some(n => n.nodeType === Node.TEXT_NODE && /(^|[ \n])·/.test(n.data))
).map(e => e.tagName + '.' + e.className)"""
HEADINGS = "() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(e => Number(e.tagName[1]))"
FOCUSED = """() => {
    const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e)
    return {
        name: e === document.body ? null : e.textContent.trim() || e.name, href: e.getAttribute('href'),
        seen: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight,
        marked: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0,
        inside: document.querySelector('main').contains(e),
    }
}"""
REACHABLE = """() => [...document.querySelectorAll('a[href], button, input, [tabindex="0"]')]
    .filter(e => e.checkVisibility()).map(e => e.textContent.trim() || e.name)"""


@pytest.fixture(name="watched")
def _watched(page, whole):
    """A page that notes what its console says and what it asks of other sites."""
    base, _ = whole
    messages, foreign = [], []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on("request", lambda request: request.url.startswith(base) or foreign.append(request.url))
    yield page
    assert messages == []
    assert foreign == []


def test_there_is_every_kind_of_page():
    assert len(SEEN) > 14


@pytest.mark.parametrize("kind", SEEN)
def test_page_is_accessible_in_every_scheme_and_width(kind, watched, whole):
    """No violation of WCAG 2.2 AA that axe can find, nothing to scroll sideways for, a silent console."""
    base, site = whole
    for address in site.addresses[kind]:
        watched.goto(base + address)
        watched.evaluate(AXE)
        for scheme in SCHEMES:
            watched.emulate_media(color_scheme=scheme)
            for width in WIDTHS:
                watched.set_viewport_size({"width": width, "height": 800})
                assert watched.evaluate(CHECK) == [], (address, scheme, width)
                assert watched.evaluate(OVERFLOW) == [], (address, scheme, width)
                assert watched.evaluate(BEGINS_WITH_A_DOT) == [], (address, scheme, width)


def test_axe_finds_what_is_wrong(page, whole):
    """Else none of its silence above would mean anything."""
    base, _ = whole
    page.goto(base)
    page.evaluate(AXE)
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")

    assert [found.partition(":")[0] for found in page.evaluate(CHECK)] == ["button-name"]


@pytest.mark.parametrize("kind", SEEN)
def test_page_stands_double_text_size_and_forced_colours(kind, page, whole):
    base, site = whole
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    for address in site.addresses[kind]:
        page.goto(base + address)
        assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") >= 32
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(OVERFLOW) == [], (address, width)
        page.emulate_media(forced_colors="active")
        page.evaluate(AXE)
        assert page.evaluate(CHECK) == [], address
        page.emulate_media(forced_colors="none")


@pytest.mark.parametrize("kind", SEEN)
def test_no_heading_skips_a_level(kind, page, whole):
    """Nor does one of a remark, which stands below the page's name, or in a list below the post's."""
    base, site = whole
    for address in site.addresses[kind]:
        page.goto(base + address)
        levels = [0, *page.evaluate(HEADINGS)]

        assert levels[1] == 1, address
        assert all(level <= before + 1 for before, level in pairwise(levels)), (address, levels)


def test_excerpts_keep_their_mark_in_forced_colours(page, whole):
    base, site = whole
    page.emulate_media(forced_colors="active")
    page.goto(base + site.addresses[Kind.POST][0])
    mark = page.evaluate("""() => {
        const style = getComputedStyle(document.querySelector('.excerpt'), '::before')
        const behind = getComputedStyle(document.documentElement).backgroundColor
        return [style.borderInlineStartStyle, parseFloat(style.borderInlineStartWidth) > 0,
            style.borderInlineStartColor !== behind]
    }""")

    assert mark == ["solid", True, True]


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
@pytest.mark.parametrize("kind", [Kind.STREAM, Kind.POST, Kind.SEARCH])
def test_nothing_moves(kind, motion, page, whole):
    base, site = whole
    page.emulate_media(reduced_motion=motion)
    page.goto(base + site.addresses[kind][0])
    moving = page.evaluate("""() => [...document.querySelectorAll('*')].filter(e => {
        const style = getComputedStyle(e)
        return style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0
            || style.scrollBehavior === 'smooth'
    }).map(e => e.tagName)""")

    assert page.evaluate("document.getAnimations().length") == 0
    assert moving == []


@pytest.mark.parametrize("kind", [Kind.STREAM, Kind.POST])
def test_a_page_is_walked_through_by_keyboard(kind, watched, whole):
    """The first stop leads past the navigation; then every link is reached in order, seen and marked."""
    base, site = whole
    watched.goto(base + site.addresses[kind][0])
    expected = watched.evaluate(REACHABLE)
    assert len(expected) > 20
    walked = []
    for _ in expected:
        watched.keyboard.press("Tab")
        stop = watched.evaluate(FOCUSED)
        assert stop["seen"], stop
        assert stop["marked"], stop
        walked.append(stop["name"])

    assert walked == expected


def test_the_skip_link_leads_to_the_text(watched, whole):
    base, site = whole
    watched.goto(base + site.addresses[Kind.POST][0])
    watched.keyboard.press("Tab")
    assert watched.evaluate(FOCUSED)["href"] == "#main"
    watched.keyboard.press("Enter")
    watched.keyboard.press("Tab")

    assert watched.evaluate(FOCUSED)["inside"]


@pytest.fixture(name="bare")
def _bare(browser):
    """A page without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("kind", SEEN)
def test_page_is_readable_without_javascript(kind, bare, whole):
    base, site = whole
    for address in site.addresses[kind]:
        bare.goto(base + address)
        assert len(bare.locator("main").inner_text()) > 60, address
        assert bare.locator("main h1").first.is_visible()


def test_the_site_is_navigable_without_javascript(bare, whole):
    """From the front page to a topic, a post, its neighbour, and from search by hand to a publication."""
    base, _ = whole
    bare.goto(base)
    bare.get_by_role("navigation").get_by_role("link", name="Topics", exact=True).click()
    bare.get_by_role("link", name="Japan").click()
    bare.locator("main .what a").first.click()
    assert bare.locator("blockquote").count() > 0
    bare.locator("a[rel=prev]").first.click()
    assert bare.locator("blockquote").count() > 0
    bare.goto(f"{base}/search/")
    assert bare.get_by_role("searchbox").count() == 0  # it would do nothing
    bare.get_by_role("main").get_by_role("link", name="Stars and Stripes").click()

    assert bare.locator("h1").inner_text() == "Stars and Stripes"


def test_a_redirect_leads_on(page, bare, whole):
    base, site = whole
    for reader in (page, bare):
        reader.goto(base + site.addresses[Kind.REDIRECT][0], wait_until="commit")
        reader.wait_for_url("**/2025/05/01/translated/")

        assert reader.locator("article h1").count() == 1


def test_the_policy_stops_scripts_and_markup_that_are_not_ours(page, whole):
    """An inline script does not run, no text becomes markup, and nothing is sent elsewhere."""
    base, _ = whole
    page.goto(base)
    page.evaluate("""() => {
        const script = document.createElement('script')
        script.append('window.intruder = true')
        document.body.append(script)
    }""")

    assert page.evaluate("window.intruder") is None
    with pytest.raises(Exception, match="TrustedHTML"):
        page.evaluate("document.body.innerHTML = '<p>text</p>'")
    assert page.evaluate("fetch('http://127.0.0.2:9/').then(() => 'sent', error => error.name)") == "TypeError"
