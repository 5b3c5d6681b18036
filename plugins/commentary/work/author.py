"""
The author's desk at `/author/` of the local server: a passage that a bookmarklet brings becomes a post on a click.

Other pages in the author's browser can reach this server, too. So a request must name this machine as its host (a
name that is pointed here, DNS rebinding, does not) and what asks for a post must carry this server's token, which no
other page can read: there is no CORS. Nothing of it is part of the site.
"""

from __future__ import annotations

import html
import json
import secrets
from http import HTTPStatus
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from pydantic import TypeAdapter, ValidationError

from commentary.errors import CommentaryError
from commentary.reading.vocabularies import load_vocabulary
from commentary.values import Frozen
from commentary.work.capture import Captured, as_excerpt, capture
from commentary.work.clock import moment
from commentary.work.new import Beginning, compose, new
from commentary.work.new_from_page import fill, keep_and_verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import Message

    from commentary.settings import Settings
    from commentary.vocabulary import Vocabulary

PATH = "/author/"
MAX_BODY = 1_000_000

_PAGE = files("commentary.work") / "author_page"
_BOOKMARKLET = "javascript:location.href={}+new URLSearchParams({{url:location.href,excerpt:String(getSelection())}})"  # the whole of it
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class Answer(NamedTuple):
    """What the server is to send."""

    content: bytes
    kind: str = "application/json"
    status: HTTPStatus = HTTPStatus.OK


class _Wish(Frozen):
    url: str
    excerpt: str
    title: str = ""
    topics: str = ""


_WISH = TypeAdapter(_Wish)


class AuthorDesk:
    """Answers the requests below `/author/` of one server."""

    def __init__(self, settings: Settings, port: int, style: Callable[[], str]) -> None:
        self.settings = settings
        self._style = style  # where the site's style sheet is
        self.token = secrets.token_urlsafe()
        self.hosts = {f"{name}:{port}" for name in ("localhost", "127.0.0.1")}
        self._last: tuple[str, Captured] | None = None  # the page shown last: writing its post fetches it no more

    def get(self, path: str, host: str) -> Answer:
        """The page, and its script."""
        if host not in self.hosts:
            return _refusal(f"{host!r} is not this machine; open http://localhost/ with this server's port")
        if path == PATH:
            return Answer(self._page(host).encode(), "text/html; charset=utf-8")
        if path == f"{PATH}page.js":
            return Answer((_PAGE / "page.js").read_bytes(), "text/javascript; charset=utf-8")
        return _refusal("there is no such page", HTTPStatus.NOT_FOUND)

    def post(self, path: str, headers: Message, body: bytes) -> Answer:
        """A proposal, or a post that is written."""
        host, origin = headers.get("Host") or "", headers.get("Origin")
        if host not in self.hosts or (origin and origin != f"http://{host}"):
            return _refusal("another page asks, not the one of this server")
        if not secrets.compare_digest((headers.get("X-Commentary-Token") or "").encode(), self.token.encode()):
            return _refusal("the token is not this server's; reload the page")
        try:
            wish = _WISH.validate_json(body)
        except ValidationError:
            return _refusal("the request is not as this page makes it; reload the page", HTTPStatus.BAD_REQUEST)
        answers = {f"{PATH}proposal": self._propose, f"{PATH}post": self._write}
        if path not in answers:
            return _refusal("there is no such page", HTTPStatus.NOT_FOUND)
        try:
            return Answer(json.dumps(answers[path](wish), ensure_ascii=False).encode())
        except CommentaryError as error:
            return _refusal(str(error), HTTPStatus.UNPROCESSABLE_ENTITY)

    def _propose(self, wish: _Wish) -> dict[str, str]:
        captured, _, beginning = self._begin(wish)
        now = moment(None, self.settings.site.zone)
        _, text = compose(self.settings, beginning, now=now)
        verdict = captured.judge(as_excerpt(wish.excerpt), at=now).judgement.verdict if wish.excerpt.strip() else ""
        return {"text": text, "verdict": verdict}

    def _write(self, wish: _Wish) -> dict[str, str]:
        captured, vocabulary, beginning = self._begin(wish)
        now = moment(None, self.settings.site.zone)
        path = new(self.settings, beginning, now=now)
        outcomes = keep_and_verify(self.settings, path, captured, vocabulary, now=now)
        verdicts = ", ".join(outcome.verdict for outcome in outcomes)
        return {"path": path.relative_to(self.settings.root).as_posix(), "verdict": verdicts}

    def _begin(self, wish: _Wish) -> tuple[Captured, Vocabulary, Beginning]:
        vocabulary, _ = load_vocabulary(self.settings.content / "data", self.settings.root)
        if not wish.url.startswith(("http://", "https://")):
            raise CommentaryError(f"{wish.url[:80]!r} is no page of the web; select a passage in one")
        if not self._last or self._last[0] != wish.url:
            self._last = wish.url, capture(self.settings, wish.url, url=None, vocabulary=vocabulary)
        captured = self._last[1]
        topics = tuple(topic.strip() for topic in wish.topics.split(",") if topic.strip())
        beginning = Beginning(topics=topics, excerpt=wish.excerpt, title=wish.title or None)
        filled = fill(beginning, captured, vocabulary, given={}, site_lang=self.settings.site.lang)
        return captured, vocabulary, filled

    def _page(self, host: str) -> str:
        vocabulary, _ = load_vocabulary(self.settings.content / "data", self.settings.root)
        filled = {
            "token": self.token,
            "style": self._style(),
            "bookmarklet": quote(_BOOKMARKLET.format(f"'http://{host}{PATH}#'"), safe="':/=()+,{}#"),
            "topics": "".join(f'<option value="{html.escape(topic.slug)}">' for topic in vocabulary.topics),
        }
        page = (_PAGE / "index.html").read_text("utf-8")
        for name, value in filled.items():
            page = page.replace(f"@{name}@", value if name == "topics" else html.escape(value))
        return page


def _refusal(reason: str, status: HTTPStatus = HTTPStatus.FORBIDDEN) -> Answer:
    return Answer(json.dumps({"error": reason}, ensure_ascii=False).encode(), status=status)
