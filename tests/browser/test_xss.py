"""Hostile texts in every field reach readers as text: in real Chromium nothing of theirs runs or is even tried."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.factories import write_project
from tests.hardening.payloads import PAYLOADS, hostile_post, hostile_vocabulary
from tests.hardening.running import commentary
from tests.hardening.sizes import SOAK

HOOKS = """
window.__ran = [];
for (const name of ["alert", "prompt", "confirm", "print"]) window[name] = (...words) => window.__ran.push(name + words);
document.addEventListener("securitypolicyviolation", (event) => window.__ran.push("CSP " + event.violatedDirective + " " + event.sample));
"""
LOOK = """() => ({
  ran: window.__ran,
  handlers: [...document.querySelectorAll("*")].flatMap((e) => [...e.attributes].map((a) => a.name)).filter((n) => n.startsWith("on")),
  schemes: [...new Set([...document.querySelectorAll("a[href]")].map((a) => a.protocol))],
  foreign: [...document.querySelectorAll("script:not([src],[type]), iframe, object, embed, form[action^='java'], base, svg [onload]")].map((e) => e.outerHTML),
})"""
SHARE = (0, 2, 6, 7, 11, 14, 20, 25)  # of the payloads, where there is no time for all


@pytest.fixture(name="hostile", scope="module")
def _hostile(tmp_path_factory):
    chosen = PAYLOADS if SOAK else [PAYLOADS[n] for n in SHARE]
    posts = {f"2025-04-30-hostile-{n}.md": hostile_post(n, payload) for n, payload in enumerate(chosen)}
    posts["2025-04-30-withdrawn.md"] = hostile_post(99, PAYLOADS[4]).replace(
        "topics:", f"status: withdrawn\nreason: '{PAYLOADS[0]}'\ntopics:", 1
    )
    project = write_project(tmp_path_factory.mktemp("hostile") / "project", posts, files=hostile_vocabulary())
    result = commentary(project, "build", "--now", "2025-06-01")
    assert result.returncode == 0, result.stderr
    return project / "output"


def test_no_payload_runs_or_is_stopped_by_the_policy(hostile, browser, serve):
    """Neither a call nor a report of the policy: nothing that a policy would have to stop is there."""
    root = serve(hostile)
    paths = sorted(p.relative_to(hostile).as_posix() for p in hostile.rglob("*.html"))
    assert len(paths) > 10
    if not SOAK:
        paths = [p for p in paths if p.startswith("20") or "hostile" in p or "/" not in p][:30]
    paths += [f"search/?q={quote(payload)}" for payload in PAYLOADS[:3]] if (hostile / "search").exists() else []
    page = browser.new_page()
    page.add_init_script(HOOKS)
    console = []
    page.on("console", lambda message: console.append(message.text) if "olicy" in message.text else None)
    page.on("dialog", lambda dialog: (console.append(f"dialog {dialog.message}"), dialog.dismiss()))
    seen = {}
    for path in paths:
        page.goto(f"{root}/{path}")
        page.evaluate(
            "() => document.querySelectorAll('a, summary, [tabindex]').forEach((e) => { e.focus(); e.dispatchEvent(new MouseEvent('mouseover', {bubbles: true})); })"
        )
        found = page.evaluate(LOOK)
        schemes = set(found.pop("schemes")) - {"http:", "https:", "mailto:", "feed:"}
        if any(found.values()) or schemes:
            seen[path] = found, schemes
    page.close()

    assert seen == {}
    assert [text for text in console if "frame-ancestors" not in text] == []


@pytest.mark.parametrize("name", ["feed.atom", "feed.rss", "sitemap.xml", "feeds.opml"])
def test_no_payload_runs_in_a_file_of_xml(hostile, browser, name):
    """Served as XML, as our headers have it, so that Chromium shows it."""
    page = browser.new_page()
    page.add_init_script(HOOKS)
    body = (hostile / name).read_bytes()
    page.route("**/*", lambda route: route.fulfill(body=body, content_type="application/xml; charset=utf-8"))
    page.goto("http://remarks.example/")
    page.wait_for_load_state()

    # What shows XML in Chromium is a style sheet of its own, under a policy of its own.
    assert [what for what in page.evaluate("() => window.__ran") if not what.startswith("CSP style-src-elem")] == []
    page.close()


def test_payloads_are_shown_as_typed(hostile, browser, serve):
    """The pages are not merely empty of them."""
    root = serve(hostile)
    page = browser.new_page()
    page.goto(f"{root}/2025/04/01/hostile-0/")

    assert page.locator("h1").inner_text() == f"{PAYLOADS[0]} 0"
    assert PAYLOADS[0] in page.title()
    page.close()
