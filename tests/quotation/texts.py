"""Source texts of our own, and excerpts from them."""

from __future__ import annotations

import re

from commentary.model import Paragraph, Run
from commentary.quotation.page_text import PageText

ENGLISH = PageText(
    tuple(
        """\
Harbour board postpones the new ferry line
By Mira Lindqvist — 3 March 2025
“We will not open the northern line before the quays are safe,” the chairwoman, Ada Brandt, told reporters on Monday. \
The board had promised a first crossing by May.
Engineers who inspected the old quay in January found that nearly 1.5 metres of its wall had been washed out, and they \
called any further delay “unlawful and unwise” … although nobody has been hurt so far.
The well-known shipyard, which can’t finish the second vessel this year, said it wants a new timetable. Its workers’ \
council agreed to the plan. Ferries to the southern islands continue as before, and tickets that were sold for the \
northern line stay valid until the end of next year.
Opponents remain unconvinced. They say that the board never asked the island villages what they need, that the costs of \
two hundred million crowns are a guess at best, and that the harbour will have lost its last fishing boats before the \
first passenger sets foot on a quay.""".splitlines()
    )
)
KOREAN = PageText(
    (
        "항만위원회, 새 여객선 노선 연기",
        "위원장은 월요일 기자들에게 “부두가 안전해지기 전에는 북부 노선을 열지 않겠다”고 말했다. 위원회는 5월까지 첫 운항을 하겠다고 약속한 바 있다.",
        "지난 1월 낡은 부두를 점검한 기술자들은 벽이 거의 1.5미터나 쓸려 나갔다고 밝혔고, 더 미루는 것은 불법이며 어리석은 일이라고 지적했다.",
        "조선소는 올해 안에 두 번째 배를 완성할 수 없다며 ‘새로운 일정’을 요구했다. 남쪽 섬으로 가는 배는 평소처럼 다니고, 이미 팔린 표는 내년 말까지 쓸 수 있다.",
    )
)
JAPANESE = PageText(
    (
        "港湾委員会、新しいフェリー航路を延期",
        "委員長は月曜日、記者団に対し「岸壁が安全になるまで北の航路を開くつもりはない」と語った。委員会は五月までに最初の運航を約束していた。",
        "一月に古い岸壁を調べた技術者たちは、壁がほとんど流されていたと述べ、これ以上の遅れは違法であり愚かなことだと指摘した。",
        "造船所は今年中に二隻目の船を完成できないとして、新しい日程を求めた。南の島々への船は普段どおり運航し、すでに売られた切符は来年末まで使える。",
    )
)
ACCENTED = PageText(
    (
        "La présidente a déclaré qu’aucune liaison ne serait ouverte avant l’été, malgré la pression des commerçants.",
        "Un ingénieur a jugé « très dégradé » le mur du vieux quai, où la mer a creusé près d’un mètre et demi cet hiver.",
    )
)
PAGES = (ENGLISH, KOREAN, JAPANESE, ACCENTED)

_MARKS = re.compile(
    r"(?P<elision>[\[(](?:\.+|…\.*)[\])])|(?P<interpolation>\[[^\]]*\])|(?P<quoted>(?:[^\[(]|\((?![.…]))+)"
)


def excerpt(*paragraphs: str) -> tuple[Paragraph, ...]:
    """Paragraphs as reading makes them of an author's text with `[…]` and `[interpolations]`."""
    return tuple(
        Paragraph(runs=tuple(Run.model_validate({"kind": m.lastgroup, "text": m[0]}) for m in _MARKS.finditer(text)))
        for text in paragraphs
    )
