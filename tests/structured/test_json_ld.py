import json
from typing import Any

from commentary.dates import PartialDate
from commentary.model import Correction
from commentary.structured.json_ld import data_script, posting
from commentary.views import Views
from tests.factories import NOW, make_excerpt, make_post, make_remark, make_site, make_source, make_vocabulary

PICTURE = "https://remarks.example/theme/card.png"


def read(**changes: Any) -> dict[str, Any]:
    """The posting of a post, as a reader of its page gets it."""
    site = make_site()
    view = Views(site, make_vocabulary()).post(make_post(**changes))
    return json.loads(data_script(posting(view, site, PICTURE)))


def test_a_posting_says_who_wrote_what_and_when():
    found = read(author="Kim A")

    assert found["@context"] == "https://schema.org"
    assert found["@type"] == "BlogPosting"
    assert found["url"] == found["@id"] == "https://remarks.example/2025/04/30/tariff-pause/"
    assert found["headline"] == "The tariff pause is only a pause"
    assert found["author"] == {"@type": "Person", "name": "Kim A"}
    assert found["publisher"]["name"] == "Test Remarks"
    assert found["datePublished"] == "2025-04-30T09:00:00+09:00"
    assert found["keywords"] == ["Trade"]
    assert found["image"] == PICTURE


def test_a_source_is_cited_with_what_is_known_of_it():
    source = make_source(byline=("Lee B",), agency="Yonhap", paywall=True, published=PartialDate.parse("2025-04"))
    found = read(sources=(source,))

    assert found["citation"] == [
        {
            "@type": "NewsArticle",
            "@id": source.url,
            "url": source.url,
            "headline": source.headline,
            "author": [{"@type": "Person", "name": "Lee B"}],
            "publisher": {"@type": "Organization", "name": "The Herald"},
            "sourceOrganization": {"@type": "Organization", "name": "Yonhap"},
            "datePublished": "2025-04",
            "inLanguage": "en",
            "isAccessibleForFree": False,
        }
    ]
    assert found["isBasedOn"] == [{"@id": source.url}]


def test_what_is_not_known_is_absent():
    (cited,) = read(sources=(make_source(url=None, headline=None, published=None),))["citation"]

    assert set(cited) == {"@type", "@id", "publisher", "inLanguage"}
    assert {"citation", "isBasedOn", "correction", "dateModified"} & set(read(sources=())) == set()


def test_a_day_that_is_guessed_is_not_told_to_those_who_cannot_be_told_so():
    (cited,) = read(sources=(make_source(published=PartialDate.parse("~2025-04-28")),))["citation"]

    assert "datePublished" not in cited


def test_each_quotation_is_part_of_its_own_source():
    one, two = make_source(key="one", url="https://herald.example/1"), make_source(key="two", url=None)
    parts = (make_remark(), make_excerpt("First.", source_key="two"), make_excerpt("Second.", source_key="one"))
    found = read(sources=(one, two), parts=parts)
    url = found["url"]

    assert [(q["@type"], q["@id"], q["text"], q["isPartOf"]["@id"]) for q in found["hasPart"]] == [
        ("Quotation", f"{url}#q1", "First.", f"{url}#source-2"),
        ("Quotation", f"{url}#q2", "Second.", "https://herald.example/1"),
    ]


def test_a_quotation_of_an_unrecorded_source_is_part_of_none():
    (quotation,) = read(sources=())["hasPart"]

    assert quotation["text"].startswith("“We will pause")
    assert "isPartOf" not in quotation


def test_a_translated_quotation_names_the_words_it_translates():
    original = make_excerpt("관세를 유예한다.")
    excerpt = make_excerpt(original_html=original.html, original=original.paragraphs)
    (quotation,) = read(sources=(make_source(lang="ko"),), parts=(make_remark(), excerpt))["hasPart"]

    assert quotation["inLanguage"] == "en"
    assert quotation["translationOfWork"] == {"@type": "Quotation", "text": "관세를 유예한다.", "inLanguage": "ko"}


def test_corrections_are_told():
    found = read(corrections=(Correction(date=NOW, note="It was ninety days."),))

    assert found["dateModified"] == "2025-05-01T12:00:00+09:00"
    assert found["correction"] == [
        {"@type": "CorrectionComment", "text": "It was ninety days.", "datePublished": "2025-05-01T12:00:00+09:00"}
    ]


def test_nothing_in_the_data_can_end_its_script():
    """Read back it is as typed; written, it holds no character that HTML or JavaScript would take for its own."""
    title = "</script><!--<script> & 'x' \"y\" \u2028\u2029 \u202e 🙂"
    text = str(data_script({"headline": title}))

    assert json.loads(text) == {"headline": title}
    assert set("<>&'\u2028\u2029") & set(text) == set()
    assert "🙂" in text
