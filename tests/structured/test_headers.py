import re

from commentary.structured.headers import FOR_EVER, POLICY, SHORT, headers, policy_with

PATHS = ["index.html", "2025/04/30/a/index.html", "2025/index.html", "theme/site.abc.css", "feed.atom"]


def read(text):
    """Rule -> its headers."""
    rules = {}
    for block in text.strip().split("\n\n"):
        pattern, *lines = block.splitlines()
        assert pattern not in rules
        rules[pattern] = dict(line.strip().split(": ", 1) for line in lines)
    return rules


def test_the_policy_lets_nothing_in_but_our_own_files():
    directives = dict(part.strip().partition(" ")[::2] for part in POLICY.split(";"))

    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == "'self'"
    assert directives["require-trusted-types-for"] == "'script'"
    assert re.findall(r"unsafe|\*|https?:|data:", POLICY) == []


def test_a_page_with_data_names_its_hash_and_allows_nothing_else():
    """The hash of an empty text is a known one (CSP 3, 6.7.2.3)."""
    digest = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

    assert policy_with("").replace(f" 'sha256-{digest}'", "") == POLICY
    assert f"script-src 'self' 'sha256-{digest}';" in policy_with("")


def test_every_address_has_the_policy_and_no_frame_may_hold_it():
    rules = read(headers(PATHS, root="", https=True))

    assert rules["/*"]["Content-Security-Policy"] == f"{POLICY}; frame-ancestors 'none'"
    assert rules["/*"]["X-Content-Type-Options"] == "nosniff"
    assert "Strict-Transport-Security" in rules["/*"]
    assert "Strict-Transport-Security" not in read(headers(PATHS, root="", https=False))["/*"]


def test_one_rule_alone_says_how_long_a_file_may_be_kept():
    """A host joins the values of all rules that match, and two would contradict each other."""
    rules = read(headers(PATHS, root="/blog", https=True))

    assert {rule: values["Cache-Control"] for rule, values in rules.items() if "Cache-Control" in values} == {
        "/blog/theme/*": FOR_EVER,
        "/blog/": SHORT,
        "/blog/2025/*": SHORT,
        "/blog/feed.atom": SHORT,
    }
    assert "Cache-Control" not in rules["/blog/*"]


def test_a_host_heeds_every_rule():
    paths = [f"{year}/index.html" for year in range(1800, 2000)]
    rules = read(headers([*paths, "theme/site.css"], root="", https=True))

    assert len(rules) == 100
    assert rules["/theme/*"]["Cache-Control"] == FOR_EVER
