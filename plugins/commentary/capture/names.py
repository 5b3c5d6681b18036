"""The names in a byline: people, without the words around them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from commentary.capture.headlines import fold
from commentary.capture.tags import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LEAD = re.compile(
    r"^(?:(?:written|reported|words|story|text|texte|texto|fotos?|photos?|foto|article|publicado|escrito|publié|écrit|rédigé"
    r"|escribe|scritto)\s+)?"
    r"(?:by|von|par|por|(?-i:di|da|de)|af|av|door|oleh|autor(?:a|es|in|en)?|autor\W{1,2}in|auteure?s?|autore|authors?|escribe|redacción"
    r"|text|글|기자|작성자|作者|记者|記者|编辑|責任編集|责任编辑|文)(?:\s*[:：/|]\s*|\s+)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\s*(?:[,;|/•]|[·ㆍ、，])\s*|\s+(?:and|und|et|y|e|og|och|en|ja|&|with|with additional reporting by|mit|con|avec"
    r"|im gespräch mit|im interview mit)\s+|\s*\n\s*",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:editor|reporter|correspondent|writer|contributor|columnist|bureau|staff|redak\w+|redacc?i\w+|redazione|rédac\w+"
    r"|journalist\w*|korrespondent\w*|autor(?:in)?|author|team|desk|news(?:room)?|press|agenc\w+|agentur\w*|admin\w*|online"
    r"|webmaster|guest|published|publi\w+|updated|posted|min|read|more|uhr|about|share|email|follow|contact\w*)\b"
    r"|편집국|뉴스팀|취재팀|온라인|편집부|编辑部|本报|通讯员",
    re.IGNORECASE,
)
_AGENCIES = frozenset(
    re.findall(
        r"\w+",
        "afp ap apa ansa apnews associatedpress bloomberg cna ddp dpa dpainfocom efe epa epd europapress jiji kcna kna kyodo"
        " lusa newsis reuters rtr sda sid tass tasnim upi xinhua yonhap yna 연합뉴스 뉴시스 뉴스1 로이터 新华社 共同 時事",
    )
)
_KOREAN_ROLE = re.compile(
    r"\s*(?:[가-힣]*기자|[가-힣]*특파원|논설[가-힣]+|선임[가-힣]+|칼럼니스트|앵커|교수|에디터|PD)(?:\s*=.*)?$"
)
_NOISE = re.compile(r"\(.*?\)|\[.*?\]|<.*?>|\S+@\S+|https?://\S+|(?<!\w)@\w+")
_PARTICLES = frozenset(
    re.findall(r"\w+", "al ben bin da das de del della den der di do dos du el e ibn la le van von y zu")
)
_CJK_NAME = re.compile(r"[\u3400-\u9fff\uac00-\ud7a3\u3040-\u30ff]{2,6}")
_MOST_WORDS = 6  # of a name


def people(bylines: Iterable[str], *, but: Iterable[str] = (), strict: bool = False) -> tuple[str, ...]:
    """The people named in bylines, each once. `but`: names of the site, which are no people.

    `strict`, for text that only may be a byline: names of two to five words, each with a capital.
    """
    outlets = {fold(name) for name in but if name}
    found: dict[str, str] = {}
    for byline in bylines:
        names = list(_parts(byline))
        if names and fold(names[0]) in outlets:  # "hessenschau.de, Frankfurt, Germany"
            continue
        for name in names:
            key = fold(name)
            if (
                key
                and key not in outlets | _AGENCIES
                and (_reads_as_name(name) if strict else len(name.split()) <= _MOST_WORDS)
            ):
                found.setdefault(key, name)
    return tuple(found.values())


def _parts(byline: str) -> Iterator[str]:
    text = one_line(_NOISE.sub(" ", byline))
    while shorter := _LEAD.match(text):
        text = text[shorter.end() :]
    for part in _BETWEEN.split(text):
        name = _KOREAN_ROLE.sub("", _LEAD.sub("", part.strip())).strip(" .:-–—*\u200b")
        if not re.search(r"\d", name) and not _ROLE.search(name) and any(c.isalpha() for c in name):
            yield name


def _reads_as_name(name: str) -> bool:
    if _CJK_NAME.fullmatch(name):
        return True
    words = [word for word in re.split(r"[\s-]+", name) if word.casefold() not in _PARTICLES]
    return " " in name and 0 < len(words) < _MOST_WORDS and all(word[:1].isupper() for word in words)
