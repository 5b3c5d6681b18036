"""Texts that would run as script, or break out of where they stand, if one place forgot to escape them."""

from __future__ import annotations

import json

CALL = "alert(1)"
PAYLOADS = (
    f"<script>{CALL}</script>",
    f"</script><script>{CALL}</script>",
    f"</title><script>{CALL}</script>",
    f"</textarea></style></noscript><svg onload={CALL}>",
    f"<img src=x onerror={CALL}>",
    f"<IMG SRC=x OnErRoR='{CALL}' //",
    f'"><svg/onload={CALL}>',
    f'\'><iframe srcdoc="&lt;script&gt;parent.{CALL}&lt;/script&gt;">',
    f'" autofocus onfocus={CALL} tabindex=0 x="',
    f"' onmouseover='{CALL}' style='position:fixed;inset:0",
    f"`${{{CALL}}}`",
    f'\\"-{CALL}}}//',
    f"]]><script>{CALL}</script>",
    f"--><script>{CALL}</script><!--",
    f"<![CDATA[<script>{CALL}</script>]]>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={CALL}>",
    f"<svg><animate onbegin={CALL} attributeName=x dur=1s>",
    f"<details open ontoggle={CALL}>",
    f"<a href=javascript:{CALL}>x</a>",
    f"<form action=javascript:{CALL}><button>x</button></form>",
    f'<meta http-equiv=refresh content="0;url=javascript:{CALL}">',
    f"<base href=//evil.example/><link rel=stylesheet href=x onerror={CALL}>",
    f"<object data=javascript:{CALL}><embed src=javascript:{CALL}>",
    f"&lt;script&gt;{CALL}&lt;/script&gt;",
    f"&#60;img src=x onerror={CALL}&#62;",
    f"\u202e<img src=x onerror={CALL}>",
    f"\\u003cimg src=x onerror={CALL}\\u003e",
    "{{ 7*7 }}{% raw %}${7*7}",
)
# What a link of a remark or an excerpt may try.
ADDRESSES = (
    f"javascript:{CALL}",
    f"JaVaScRiPt:{CALL}",
    f"java&#x0a;script:{CALL}",
    f"&#106;avascript:{CALL}",
    f"data:text/html,<script>{CALL}</script>",
    f"vbscript:{CALL}",
    f'//evil.example/"onmouseover={CALL}',
    f'https://herald.example/"onmouseover="{CALL}',
    f"https://herald.example/?a='><script>{CALL}</script>",
)


def hostile_post(number: int, payload: str) -> str:
    """A post with a payload in every field that is free text, and in its body in every way that Markdown has."""
    text = json.dumps(f"{payload} {number}")  # a double-quoted scalar of YAML, too
    url = f"https://herald.example/{number}?q={payload.replace(' ', '+')}"
    if not url.isprintable():
        url = f"https://herald.example/{number}"
    links = "\n".join(f'[{payload}]({a}) <{a}> <a href="{a}" onclick={CALL}>x</a>' for a in ADDRESSES)
    images = " ".join(f"![{payload}]({address})" for address in ADDRESSES if address.startswith("https:"))
    quoted = payload.replace("\u202e", "")  # which no excerpt may hold
    return f"""\
---
title: {text}
date: 2025-04-{number % 28 + 1:02} 09:00
topics: [hostile, trade]
story: hostile
author: {text}
summary: {text}
source:
  publication: {text}
  agency: {text}
  url: {json.dumps(url)}
  headline: {text}
  byline: [{text}, {text}]
  published: 2025-04-01
  lang: ko
  translation: author
  via: {{name: {text}, url: {json.dumps(url)}}}
related:
  - {{headline: {text}, publication: {text}, url: {json.dumps(url + "#r")}}}
corrections:
  - {{date: 2025-05-01, note: {text}, was: {text}}}
allow: [altered-remark]
---
Remark: {payload}

{links}

{images}

[{payload}]: {ADDRESSES[number % len(ADDRESSES)]} "{payload}"

```{payload}
{payload}
```

| {payload} | a |
|---|---|
| `{payload}` | **{payload}** |

> {quoted} […] [{quoted}] [x](https://herald.example/"onmouseover={CALL}) *{quoted}*

{payload}
"""


def hostile_vocabulary() -> dict[str, str]:
    """Files of content/data whose every free text is a payload."""
    both = [json.dumps(p) for p in PAYLOADS]
    topics = (
        "trade:\n  name: Trade\n" + f"hostile:\n  name: {both[6]}\n  description: {both[0]}\n  synonyms: [{both[1]}]\n"
    )
    stories = f"hostile:\n  title: {both[3]}\n  description: {both[6]}\n"
    publications = "".join(
        f"{text}:\n  home: https://herald.example/{n}\n"
        for n, text in enumerate(json.dumps(f"{p} {n}") for n, p in enumerate(PAYLOADS))
    )
    return {
        "content/data/topics.yaml": topics,
        "content/data/stories.yaml": stories,
        "content/data/publications.yaml": publications,
    }
