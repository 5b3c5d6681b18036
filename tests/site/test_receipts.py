"""The receipts of the shipped site, by the schema that it publishes; and nothing of the workshop in it."""

from __future__ import annotations

import json

from jsonschema import Draft202012Validator

from tests.site.conftest import BuiltSite


def test_every_post_that_quotes_has_a_valid_receipt(site: BuiltSite) -> None:
    validator = Draft202012Validator(json.loads((site.folder / "receipt.schema.json").read_bytes()))
    for page in site.posts():
        receipt = json.loads((page.parent / "receipt.json").read_bytes())
        quotations = site.tree(page).xpath("//figure[contains(@class, 'quotation')]")
        validator.validate(receipt)

        assert len(receipt["excerpts"]) == len(quotations) > 0
        assert site.tree(page).xpath("//a[@type='application/json']/@href")[0].endswith("/receipt.json")


def test_the_shipped_posts_say_that_they_are_unchecked(site: BuiltSite) -> None:
    for page in site.posts():
        receipt = json.loads((page.parent / "receipt.json").read_bytes())

        assert {excerpt["verdict"] for excerpt in receipt["excerpts"]} == {"unchecked"}
        text = site.tree(page).text_content()
        assert "Not yet compared with the source" in text or "source not recorded" in text


def test_every_link_to_a_source_is_robust(site: BuiltSite) -> None:
    """Robust Links: where it led, when we quoted it, and the archived copy if one is known."""
    links = [link for page in site.posts() for link in site.tree(page).xpath("//a[@data-originalurl]")]

    assert links
    for link in links:
        assert link.get("href").partition("#:~:")[0] == link.get("data-originalurl")
        assert len(link.get("data-versiondate")) == len("2025-04-30")
        assert link.get("data-versionurl") is None


def test_every_post_offers_to_report_an_error(site: BuiltSite) -> None:
    for page in site.posts():
        (mail,) = site.tree(page).xpath("//a[contains(., 'Report an error in this quotation')]/@href")

        assert mail.startswith("mailto:editor@parallel-remarks.example?")
        assert "subject=Error%20in%20a%20quotation%3A%20" in mail
        assert page.parent.name in mail


def test_no_author_page_and_no_copy_is_published(site: BuiltSite) -> None:
    names = list(site.files())

    assert [name for name in names if name.startswith("author") or "snapshot" in name or name.endswith(".gz")] == []
    assert "receipt.schema.json" in names
