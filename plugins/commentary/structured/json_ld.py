"""A post as JSON-LD in the words of schema.org: our remark, what it quotes, from whom, and what was corrected."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from jinja2.utils import htmlsafe_json_dumps

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from commentary.model import Correction
    from commentary.settings import Site
    from commentary.views import ExcerptView, PostView, SourceView

# JSON allows these two in a string, JavaScript before 2019 did not: whoever reads our data as a script gets it whole.
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_SEPARATORS = ("\u2028", "\\u2028"), ("\u2029", "\\u2029")


def data_script(value: object) -> Markup:
    """The value as JSON that nothing in it can end: `<`, `>`, `&` and `'` are escaped, by Jinja's own `tojson`."""
    return htmlsafe_json_dumps(value, dumps=_compact)


def _compact(value: object, **_: object) -> str:
    text = _ENCODE(value)
    for separator, escaped in _SEPARATORS:
        text = text.replace(separator, escaped)
    return text


def posting(post: PostView, site: Site, picture: str) -> Mapping[str, object]:
    """A BlogPosting that cites its sources as NewsArticle and holds each excerpt as a Quotation of one of them.

    `picture`: the absolute address of the site's picture. A fact that is not known is absent.
    """
    ids = [_id(source, number, post) for number, source in enumerate(post.sources, start=1)]
    return _known(
        {
            "@context": "https://schema.org",
            "@type": "BlogPosting",
            "@id": post.url,
            "url": post.url,
            "headline": post.title,
            "description": post.summary,
            "inLanguage": post.lang,
            "datePublished": post.posted.isoformat(),
            "dateModified": post.updated.isoformat() if post.updated else None,
            "author": {"@type": "Person", "name": post.author},
            "publisher": {"@type": "Organization", "name": site.name, "url": f"{site.url}/"},
            "isPartOf": {"@type": "Blog", "@id": f"{site.url}/", "name": site.name},
            "image": picture,
            "license": site.licence_url,
            "keywords": [topic.name for topic in post.topics],
            "citation": [_article(source, id_) for source, id_ in zip(post.sources, ids, strict=True)],
            "isBasedOn": [{"@id": id_} for id_ in ids],
            "hasPart": [_quotation(excerpt, post, ids) for excerpt in post.excerpts],
            "correction": [_correction(correction) for correction in post.corrections],
        }
    )


def _id(source: SourceView, number: int, post: PostView) -> str:
    """What the source is called within the post: its address, else a name of our own."""
    return source.url or f"{post.url}#source-{number}"


def _article(source: SourceView, id_: str) -> Mapping[str, object]:
    return _known(
        {
            "@type": "NewsArticle",
            "@id": id_,
            "url": source.url,
            "headline": source.headline,
            "author": [{"@type": "Person", "name": name} for name in source.byline],
            "publisher": _organization(source.publication),
            "sourceOrganization": _organization(source.agency),
            # schema.org has no word for "about".
            "datePublished": source.published.iso if source.published and not source.published.about else None,
            "inLanguage": source.lang,
            "isAccessibleForFree": False if source.paywall else None,
            "archivedAt": source.memento,
        }
    )


def _quotation(excerpt: ExcerptView, post: PostView, ids: list[str]) -> Mapping[str, object]:
    # An excerpt's source may be a variant of the post's, with its own link: they share their address.
    ours = [id_ for source, id_ in zip(post.sources, ids, strict=True) if _same(source, excerpt.source)]
    original = excerpt.original and {
        "@type": "Quotation",
        "text": excerpt.original.striptags(),
        "inLanguage": excerpt.original_lang,
    }
    return _known(
        {
            "@type": "Quotation",
            "@id": f"{post.url}#q{excerpt.number}",
            "text": excerpt.html.striptags(),
            "inLanguage": excerpt.lang,
            "isPartOf": {"@id": ours[0]} if ours else None,
            "translationOfWork": original,
        }
    )


def _same(source: SourceView, other: SourceView | None) -> bool:
    return other is not None and (source.url, source.name, source.headline) == (other.url, other.name, other.headline)


def _correction(correction: Correction) -> Mapping[str, object]:
    return {"@type": "CorrectionComment", "text": correction.note, "datePublished": correction.date.isoformat()}


def _organization(name: str | None) -> Mapping[str, object] | None:
    return {"@type": "Organization", "name": name} if name else None


def _known(fields: Mapping[str, object]) -> Mapping[str, object]:
    return {name: value for name, value in fields.items() if value is not None and value != []}
