"""What is the same on every page is worked into the templates' code, and nobody can tell from the page."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError

from commentary.templating.folding import folding

SITE = SimpleNamespace(name='A & "B"', started=2025, menu=(("About", "/about/"),), zone=object(), email=None)
WORDS = {"Topics": "Thèmes <b>", "by %(name)s": "%(name)s, von %(name)s", "%(n)s of 100%%": "%(n)s / 100%%"}


def translate(text: str) -> str:
    return WORDS.get(text, text)


def plain(**templates: str) -> Environment:
    env = Environment(
        loader=DictLoader(templates), autoescape=True, undefined=StrictUndefined, extensions=["jinja2.ext.i18n"]
    )
    env.install_gettext_callables(translate, lambda one, many, n: one if n == 1 else many, newstyle=True)
    return env


def folded(site: object = SITE, **templates: str) -> Environment:
    return folding(plain(**templates), {"site": site}, translate)


def page(template: str, **names: object) -> str:
    """What a template prints, by both ways."""
    known = {"name": "<Kim>", "flag": True, **names}
    as_ever = plain(page=template).get_template("page").render(known, site=SITE)
    assert folded(page=template).get_template("page").render(known) == as_ever
    return as_ever


def code(template: str) -> str:
    return str(folded(page=template).compile(template, raw=True))


def test_a_name_of_the_site_is_text_and_escaped() -> None:
    assert page('<a title="{{ site.name }}">') == '<a title="A &amp; &#34;B&#34;">'
    assert "A &amp; " in code("{{ site.name }}")


def test_a_fact_of_the_site_can_be_tested_and_looped_over() -> None:
    menu = "{% for label, path in site.menu %}{{ path }}{% endfor %}"
    assert page("{% if site.email %}mail{% else %}none{% endif %}" + menu) == "none/about/"


def test_a_fact_of_the_site_that_is_no_literal_is_asked_for() -> None:
    assert page("{{ site.zone is defined }}") == "True"


def test_words_are_translated_and_are_html() -> None:
    assert page('{{ _("Topics") }}') == "Thèmes <b>"
    assert "gettext" not in code("{% trans %}Topics{% endtrans %}")


def test_words_are_html_as_an_argument_too() -> None:
    assert page('{% macro shout(what) %}{{ what }}!{% endmacro %}{{ shout(_("Topics")) }}') == "Thèmes <b>!"


def test_a_sentence_is_filled_in_and_what_fills_it_is_escaped() -> None:
    assert page("{% trans name=name %}by {{ name }}{% endtrans %}") == "&lt;Kim&gt;, von &lt;Kim&gt;"
    assert page("{% trans name=site.name %}by {{ name }}{% endtrans %}").startswith("A &amp; &#34;B&#34;, von A")
    assert "gettext" not in code("{% trans name=name %}by {{ name }}{% endtrans %}")


def test_html_that_fills_a_sentence_stays_html() -> None:
    assert page("{% set who %}<i>{{ name }}</i>{% endset %}{% trans name=who %}by {{ name }}{% endtrans %}") == (
        "<i>&lt;Kim&gt;</i>, von <i>&lt;Kim&gt;</i>"
    )


def test_a_percent_sign_is_printed_once() -> None:
    assert page("{% trans n=3 %}{{ n }} of 100%{% endtrans %}") == "3 / 100%"
    assert page("{% trans n=name %}{{ n }} of 100%{% endtrans %}") == "&lt;Kim&gt; / 100%"


def test_a_sentence_with_a_plural_is_left_to_run() -> None:
    assert page("{% trans n=site.started %}{{ n }} post{% pluralize %}{{ n }} posts{% endtrans %}") == "2025 posts"


def test_a_sentence_whose_hole_nothing_fills_fails_on_its_page() -> None:
    with pytest.raises(KeyError, match="name"):
        folded(page='{{ _("by %(name)s") }}').get_template("page").render()


def test_a_misspelt_name_of_the_site_stops_the_page() -> None:
    with pytest.raises(UndefinedError, match="nmae"):
        folded(page="{{ site.nmae }}").get_template("page").render()


def test_a_template_may_give_a_constant_a_meaning_of_its_own() -> None:
    other = SimpleNamespace(name="Other")
    assert page("{% macro of(site) %}{{ site.name }}{% endmacro %}{{ of(other) }}", other=other) == "Other"
    assert page("{% for site in others %}{{ site.name }}{% endfor %}", others=[other]) == "Other"
    assert page('{% macro _(text) %}own{% endmacro %}{{ _("Topics") }}') == "own"


def test_sites_that_share_an_environment_share_no_template() -> None:
    shared = plain(page="{{ site.name }}")
    first, second = (folding(shared, {"site": SimpleNamespace(name=name)}, translate) for name in ("First", "Second"))
    assert [env.get_template("page").render() for env in (first, second, first)] == ["First", "Second", "First"]
    assert shared.get_template("page").render(site=SITE) == "A &amp; &#34;B&#34;"


MACROS = "{% macro told(fact) %}{{ fact|counted }}{% endmacro %}"


def asked(*facts: object) -> tuple[str, int]:
    """What a macro says of facts one after the other, and how often it was asked."""
    env = folded(macros=MACROS, page='{% from "macros" import told %}{% for f in facts %}{{ told(f) }};{% endfor %}')
    seen: list[object] = []
    env.filters["counted"] = lambda fact: seen.append(fact) or fact
    return env.get_template("page").render(facts=facts), len(seen)


def test_a_macro_is_asked_once_about_the_same_fact() -> None:
    assert asked("a", "a", "b") == ("a;a;b;", 2)


def test_facts_that_are_equal_but_no_twins_are_told_apart() -> None:
    assert asked(1, True, 1) == ("1;True;1;", 2)


def test_a_macro_is_asked_again_about_what_may_have_changed() -> None:
    assert asked(["a"], ["a"]) == ("[&#39;a&#39;];[&#39;a&#39;];", 2)
