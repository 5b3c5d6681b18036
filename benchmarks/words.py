"""The words that the made-up posts are made of: names, and sentences with places for them, in two languages."""

# Twenty places and ten subjects make the 200 topics; twelve cities and five kinds of paper the 60 publications.
PLACES = (
    "Seoul", "Pyongyang", "Kaesong", "Busan", "Incheon", "Jeju", "Tokyo", "Beijing", "Moscow", "Washington",
    "Hanoi", "Manila", "Taipei", "Vladivostok", "Dandong", "Kyiv", "Brussels", "Geneva", "Ulaanbaatar", "Canberra",
)  # fmt: skip
SUBJECTS = (
    "trade", "diplomacy", "elections", "shipping", "missiles", "refugees", "courts", "sanctions", "energy", "press",
)  # fmt: skip
CITIES = (
    "Busan", "Daegu", "Gwangju", "Sapporo", "Osaka", "Dalian", "Honolulu", "Seattle", "Lyon", "Leeds", "Perth", "Cork",
)  # fmt: skip
PAPERS = ("Herald", "Courier", "Daily", "Observer", "Gazette")
THREADS = ("dispute", "inquiry", "summit", "trial")

ENGLISH = {
    "actor": (
        "the ministry", "an official at the foreign ministry", "the president’s office", "a former envoy",
        "the opposition leader", "the army’s spokesman", "a committee of the assembly", "the central bank",
        "a lawyer for the families", "the harbour authority", "a researcher at the institute", "the state news agency",
    ),
    "verb": (
        "denied", "confirmed", "postponed", "questioned", "welcomed", "condemned", "described", "announced",
        "played down", "defended", "took back", "explained",
    ),
    "object": (
        "the delivery of spare parts", "a plan to move the border post", "the ninety-day pause", "new rules for exporters",
        "the exchange of prisoners", "reports of a second launch", "the vote on the budget", "the ban on coal",
        "an offer of talks without conditions", "the release of the crew", "the figures for the first quarter",
        "the order to close the office", "joint patrols in the strait", "the appeal of the two reporters",
    ),
    "when": (
        "on Monday", "on Tuesday evening", "last week", "at a press conference", "in a written statement",
        "before the cabinet met", "after the summit", "for the third time this year", "within hours", "in April 2009",
    ),
    "reason": (
        "nothing in the notice binds anybody beyond the summer", "the law leaves the decision to the courts",
        "both sides need a result before the winter", "the treaty says the opposite in its second article",
        "nobody asked the people who live there", "the same promise was made in 2018 and forgotten by May",
        "the insurers will not carry the risk", "the neighbours would have to agree first",
    ),
    "doubt": (
        "That may be true, but", "I am not sure that this helps, since", "It’s easy to forget that",
        "Read closely, the report says something else:", "What the headline leaves out is that", "In other words,",
        "We have been here before, and", "One could object that", "The harder question is whether it matters, because",
    ),
}  # fmt: skip
ENGLISH_SENTENCES = (
    "{Actor} {verb} {object} {when}.",
    "{Actor} {verb} {object} {when}, and {actor} {verb} {object}.",
    "“We have {verb} {object},” {actor} said {when}, adding that “{reason}.”",
    "According to {actor}, {reason}; {actor} {verb} {object} {when}.",
    "{Actor} said {when} that {reason}.",
)
ENGLISH_REMARKS = (
    "{doubt} {reason}.",
    "{doubt} {actor} {verb} {object} {when}, although {reason}.",
    "If {actor} is right about {object}, then {reason}, and that is *not* what was said {when}.",
    "Nobody should be surprised that {actor} {verb} {object}: {reason}.",
    "I’d rather trust the record, which [shows the dates](https://records.example/{number}), than what {actor} {verb} {when}.",
)
ENGLISH_TITLES = ("{Actor} and {object}", "What {actor} {verb} {when}", "{Object}, once more", "Why {reason}")

KOREAN = {
    "actor": (
        "외교부는", "대통령실 관계자는", "국방부 대변인은", "야당 대표는", "전직 대사는", "국회 위원회는", "중앙은행은",
        "유족 측 변호사는", "항만 당국은", "연구소의 한 연구원은", "조선중앙통신은", "시민 단체는",
    ),
    "object": (
        "예비 부품의 인도를", "국경 초소 이전 계획을", "90일 유예 조치를", "수출 업체에 대한 새 규정을", "포로 교환을",
        "두 번째 발사 보도를", "예산안 표결을", "석탄 금수 조치를", "조건 없는 대화 제안을", "선원 석방을", "1분기 통계를",
        "사무소 폐쇄 명령을", "해협 공동 순찰을", "두 기자의 항소를",
    ),
    "verb": (
        "부인했다", "확인했다", "연기했다", "문제 삼았다", "환영했다", "규탄했다", "설명했다", "발표했다", "옹호했다", "철회했다",
    ),
    "when": (
        "월요일", "화요일 저녁", "지난주", "기자 회견에서", "서면 성명에서", "국무회의에 앞서", "정상회담 뒤", "올해 들어 세 번째로",
        "몇 시간 만에", "2009년 4월",
    ),
    "reason": (
        "고시의 어떤 조항도 여름 이후를 구속하지 않는다", "법은 결정을 법원에 맡기고 있다", "양측 모두 겨울 전에 결과가 필요하다",
        "조약 제2조는 정반대로 말한다", "그곳에 사는 사람들에게는 아무도 묻지 않았다", "같은 약속이 2018년에도 있었다",
        "보험사들은 위험을 떠안지 않을 것이다", "먼저 이웃 나라들이 동의해야 한다",
    ),
    "doubt": (
        "사실일 수도 있지만", "도움이 될지는 모르겠으나", "잊기 쉬운 일이지만", "기사를 자세히 읽어 보면", "제목이 말하지 않는 것은 이렇다.",
        "다시 말하면", "전에도 본 일이지만", "더 어려운 물음은 따로 있다.",
    ),
}  # fmt: skip
KOREAN_SENTENCES = (
    "{actor} {when} {object} {verb}.",
    "{actor} {when} {object} {verb}. {actor} 이어 {object} {verb}.",
    "“{reason},” {actor} {when} 이렇게 말하며 {object} {verb}.",
    "{actor} {reason}는 점을 들어 {object} {verb}.",
)
KOREAN_REMARKS = (
    "{doubt} {reason}.",
    "{doubt} {actor} {when} {object} {verb}. 그러나 {reason}.",
    "놀랄 일은 아니다. {actor} {object} {verb}, *그러나* {reason}.",
    "[기록된 날짜](https://records.example/{number})를 보면 {reason}. {actor} {when} {object} {verb}.",
)
KOREAN_TITLES = ("{actor} {object} {verb}", "{when} {actor} 한 말", "{reason}", "다시 보는 이야기: {reason}")
