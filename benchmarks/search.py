"""
What search costs: `python -m benchmarks.search [POSTS]` prints it, as a real Chromium sees it.

The posts are made of 40,000 words a language that occur as often as words do (Zipf's law), which is harder on
an index than the few sentences of `benchmarks.corpus`: half are English, half Korean, of 80 to 240 words each.
Transfers are bodies compressed by `gzip -9`. A first query's holds the page itself, its style and its scripts.
"""

from __future__ import annotations

import gzip
import random
import subprocess
import sys
import threading
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import accumulate
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from zoneinfo import ZoneInfo

from playwright.sync_api import CDPSession, sync_playwright
from tests.browser.conftest import launch

from commentary.model import Excerpt, Paragraph, Post, Remark, Run, Source
from commentary.settings import Site
from commentary.structured.search import SearchIndex
from commentary.vocabulary import Publication, Topic, Vocabulary

SEED = 20250430
START = datetime(2008, 1, 1, 9, tzinfo=ZoneInfo("Asia/Seoul"))
SITE = Site(name="Bench", url="https://bench.example", host="bench.example", timezone="Asia/Seoul", author="Nobody")
LEXICON = 40_000
QUERIES, FIRST_QUERIES = 200, 30
TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json"}
COMMON = (
    "the", "of", "and", "to", "in", "a", "that", "is", "was", "for", "on", "as", "with", "by", "it", "at", "from", "be",
    "this", "an", "are", "not", "have", "but", "had", "will", "which",
)  # fmt: skip
STARTS = (
    "b",
    "c",
    "d",
    "f",
    "g",
    "h",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "w",
    "st",
    "tr",
    "pr",
    "con",
    "in",
    "re",
)
PARTICLES = ("은", "는", "이", "가", "을", "를", "에", "에서", "의", "으로", "도", "했다", "한다", "라고", "", "", "")
REAL = {
    "en": ["korea", "north", "south", "tariffs", "president", "sanctions"],
    "ko": ["북한", "서울", "금리", "대통령", "기준금리", "한국"],
}


def lexicon(lang: str) -> list[str]:
    """Words, the commonest first: real ones among made-up ones."""
    chance = random.Random(f"{SEED}{lang}")
    if lang == "ko":
        syllables = [chr(0xAC00 + chance.randrange(11172)) for _ in range(900)]
        weights = list(accumulate(1 / rank for rank in range(3, 903)))
        made = [
            "".join(chance.choices(syllables, cum_weights=weights, k=chance.choice((2, 2, 2, 3, 4))))
            for _ in range(LEXICON)
        ]
        common: tuple[str, ...] = ()
    else:
        parts = [start + vowel for start in STARTS for vowel in ("a", "e", "i", "o", "u", "ea")]
        made = [
            "".join(chance.choices(parts, k=chance.choice((1, 2, 2, 3, 3, 4)))) + chance.choice("nrstl")
            for _ in range(LEXICON)
        ]
        common = COMMON
    words = list(dict.fromkeys(made))
    for rank, word in enumerate(REAL[lang]):
        words.insert(10 + rank * 15, word)
    return [*common, *words]


class Made:
    """Posts by number; the same for the same number."""

    def __init__(self) -> None:
        self.words = {lang: lexicon(lang) for lang in ("en", "ko")}
        self.weights = {
            lang: list(accumulate(1 / rank for rank in range(2, len(words) + 2))) for lang, words in self.words.items()
        }
        self.vocabulary = Vocabulary(
            topics=tuple(Topic(slug=f"topic-{n}", name=f"Topic {n}") for n in range(200)),
            publications=tuple(Publication(name=f"Paper {n}", lang="ko" if n % 2 else "en") for n in range(60)),
        )

    def post(self, number: int) -> Post:
        """The post of a number."""
        chance = random.Random(SEED * 1_000_003 + number)
        lang = "ko" if chance.random() < 0.5 else "en"

        def text(words: int) -> str:
            chosen = chance.choices(self.words[lang], cum_weights=self.weights[lang], k=words)
            if lang == "ko":
                chosen = [word + chance.choice(PARTICLES) for word in chosen]
            return " ".join(chosen) + "."

        length = chance.randint(80, 240)
        quoted = text(length // 3)
        return Post(
            path=f"content/posts/{number}.md",
            lines={},
            digest=str(number),
            title=text(8).removesuffix("."),
            posted=START + timedelta(hours=12 * number),
            topics=tuple(f"topic-{n}" for n in {int(200 * chance.random() ** 2) for _ in range(3)}),
            sources=(Source(publication=f"Paper {int(60 * chance.random() ** 2)}", headline=text(9), lang=lang),),
            slug=f"post-{number}",
            lang=lang,
            parts=(
                Remark(line=1, html="", text=text(length // 3)),
                Excerpt(line=2, html="", paragraphs=(Paragraph(runs=(Run(kind="quoted", text=quoted),)),)),
                Remark(line=3, html="", text=text(length // 3)),
            ),
        )


class Server:
    """Serves files, compressed, from memory; `sent` is how many bytes of bodies since it was last set to 0."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.sent = 0
        packed = {path: gzip.compress(content, 9, mtime=0) for path, content in files.items()}

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(handler) -> None:  # noqa: N805 - the base class's name; `self` is the server
                path = handler.path.partition("?")[0].removeprefix("/")
                path = path + "index.html" if path.endswith("/") else path
                body = packed.get(path, b"")
                self.sent += len(body)
                handler.send_response(200 if body else 404)
                handler.send_header("Content-Type", TYPES.get(Path(path).suffix, "application/octet-stream"))
                handler.send_header("Content-Encoding", "gzip")
                handler.send_header("Content-Length", str(len(body)))
                handler.send_header("Cache-Control", "max-age=3600")
                handler.end_headers()
                handler.wfile.write(body)

            def log_message(self, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()


def queries(made: Made, posts: list[Post]) -> list[str]:
    """What readers might ask, most often for common words: words, beginnings of words, two or three of them, phrases."""
    chance = random.Random(SEED)
    asked = []
    for number in range(QUERIES):
        lang = "ko" if number % 2 else "en"
        known = made.words[lang][len(COMMON) if lang == "en" else 0 :]
        words = [known[int(5000 * chance.random() ** 3)] for _ in range(chance.randint(1, 3))]
        match number % 10:
            case 8 | 9:
                text = chance.choice([p for p in posts[:200] if p.lang == lang]).remarks[0].text.split()
                at = chance.randrange(len(text) - 2)
                asked.append(f'"{" ".join(text[at : at + 2])}"')
            case 6:
                asked.append(words[0][:4])
            case 7:
                asked.append(words[0] + chance.choice(PARTICLES))
            case _:
                asked.append(" ".join(words))
    return asked


ASK = """async (query) => {
  const [form, input, found] = ["form", "input", ".found"].map((name) => document.querySelector(`site-search ${name}`));
  const start = performance.now();
  input.value = query;
  form.requestSubmit();
  await new Promise((resolve) => new MutationObserver((_, observer) => { observer.disconnect(); resolve(); })
    .observe(found, { childList: true }));
  return [performance.now() - start, found.textContent];
}"""


def spread(values: list[float], unit: str) -> str:
    """Median, 95th percentile and maximum."""
    ordered = sorted(values)
    shown = (median(ordered), ordered[int(len(ordered) * 0.95)], ordered[-1])
    return "   ".join(
        f"{name} {value:.1f} {unit}" for name, value in zip(("median", "p95", "most"), shown, strict=True)
    )


def main(count: int) -> None:
    """Make the index, put it into a built site, ask it in a browser, and print what that took."""
    made = Made()
    posts = [made.post(number) for number in range(count + 1)]
    with TemporaryDirectory() as folder:
        site, cache = Path(folder, "site"), Path(folder, "cache")
        subprocess.run([sys.executable, "-m", "commentary", "build", "--output", site], check=True, capture_output=True)
        files = {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}

        def timed(size: int) -> tuple[dict[str, bytes], dict[str, str], float]:
            """The index of so many posts: its files, their digests, and the seconds of one core that it took."""
            start = process_time()
            index = SearchIndex(posts[:size][::-1], SITE, made.vocabulary, cache=cache)
            digests = {file.name: file.digest for file in index.files()}
            changed = {name for name, digest in digests.items() if before.get(name) != digest}
            texts = {name: index.text(name).encode() for name in changed}
            return texts, digests, process_time() - start

        before: dict[str, str] = {}
        texts, before, cold = timed(count)
        changed, _, warm = timed(count + 1)
    kilobytes = sum(len(gzip.compress(text, 9)) for text in texts.values()) / 1000
    terms = [len(gzip.compress(text, 9)) / 1000 for name, text in texts.items() if name.startswith("terms")]
    print(f"{count} posts, {sum(len(p.remarks[0].text.split()) * 3 for p in posts) // len(posts)} words each")
    print(f"index        {len(texts)} files, {kilobytes:.0f} kB compressed; files of terms: {spread(terms, 'kB')}")
    print(f"made in      {cold:.1f} s of one core; with one more post, from the cache, {warm:.2f} s")
    print(f"one post     rewrites {len(changed)} files: {', '.join(sorted(changed))}")
    files = {k: v for k, v in files.items() if not k.startswith("search/") or k.endswith(".html")}
    ask(Server(files | {f"search/{name}": text for name, text in texts.items()}), queries(made, posts))


def busy(devtools: CDPSession) -> float:
    """Milliseconds that the page's thread has computed so far."""
    metrics = devtools.send("Performance.getMetrics")["metrics"]
    return next(1000 * metric["value"] for metric in metrics if metric["name"] == "TaskDuration")


def ask(server: Server, asked: list[str]) -> None:
    """Ask in Chromium, first each query of some in a browser that has nothing, then all of them one after the other."""
    first, later, cold, none = [], [], [], 0
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for query in asked[:FIRST_QUERIES]:
            page = browser.new_context().new_page()
            server.sent = 0
            page.goto(f"{server.url}/search/")
            page.wait_for_selector("site-search form")
            page.evaluate(ASK, query)
            first.append(server.sent / 1000)
            page.context.close()
        page = browser.new_context().new_page()
        page.goto(f"{server.url}/search/")
        page.wait_for_selector("site-search form")
        page.evaluate(ASK, "korea")
        for query in asked:
            server.sent = 0
            took, said = page.evaluate(ASK, query)
            later.append(server.sent / 1000)
            cold.append(took)
            none += "No post" in said
        devtools = page.context.new_cdp_session(page)
        devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
        warm, own = [], []
        for query in asked:
            before = busy(devtools)
            warm.append(page.evaluate(ASK, query)[0])
            own.append(busy(devtools) - before)
        browser.close()
    print(f"first query  {spread(first, 'kB')}   ({len(first)} queries)")
    print(
        f"later ones   {spread(later, 'kB')}   ({len(later)} queries, {none} find nothing; most: {asked[later.index(max(later))]})"
    )
    print(f"answered in  {spread(warm, 'ms')}   once its files are there")
    print(f"of one core  {spread(own, 'ms')}   whatever else this machine does; with layout and style")
    print(f"with loading {spread(cold, 'ms')}   from this machine")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
