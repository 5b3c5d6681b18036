"""What is said of an excerpt whose words stand, and yet may mislead."""

from __future__ import annotations

import pytest

from commentary.quotation.match import verify
from commentary.quotation.page_text import PageText
from commentary.quotation.verdict import Verdict
from tests.quotation.texts import ENGLISH, KOREAN, excerpt


def found(text, source):
    """How an excerpt stands in a page of one paragraph."""
    return verify(excerpt(text), PageText((source,)))


# fmt: off
NEGATIONS = [
    "not", "no", "never", "none", "nor", "neither", "nothing", "nobody", "nowhere", "cannot", "without", "hardly",
    "don't", "nicht", "kein", "keine", "nie", "niemals", "ohne", "pas", "jamais", "aucun", "aucune", "sans",
    "não", "nunca", "jamás", "sin", "sem", "senza", "안", "못", "않는", "없다", "아니", "못하다",
    "말라", "말아", "しない", "しなかった", "しなく", "しません", "せざる", "不", "没", "沒", "無", "无",
    "非", "未", "勿",
]
# fmt: on


@pytest.mark.parametrize("word", NEGATIONS)
def test_every_negation_is_warned_of(word):
    """Put in by the editor, or taken out by him."""
    sentence = "The workers agreed to the plan of the board"
    (inserted,) = found(sentence.replace("workers", f"workers [{word}]"), sentence).warnings
    assert inserted.startswith(f"[{word}] negates")
    (omitted,) = found(
        sentence.replace("workers", "workers [who spoke]"), sentence.replace("workers", f"workers {word}")
    ).warnings
    assert omitted.startswith(f"“{word}” is left out")


@pytest.mark.parametrize(
    "word", ["note", "know", "nosy", "kino", "pasture", "passed", "sinful", "cosine", "ohnehin", "안전"]
)
def test_a_word_with_a_negation_in_it_negates_nothing(word):
    sentence = "The workers agreed to the plan of the board"
    assert found(sentence.replace("workers", f"workers [{word}]"), sentence).warnings == ()


# fmt: off
PREFIXES = [
    "a", "an", "ab", "anti", "anti-", "contra", "contre", "counter", "de", "des", "dé", "dés",
    "dis", "ent", "ex", "ex-", "half-", "il", "im", "in", "ir", "mal", "mis", "miss",
    "nicht", "non", "non-", "over", "pseudo", "quasi-", "semi", "sous", "sub", "sur", "un", "under",
    "анти", "бес", "без", "дез", "контр", "не", "недо", "противо", "псевдо", "экс",
]
SUFFIXES = [
    "less", "lessly", "lessness", "free", "-free", "los", "lose", "loser", "losen", "frei", "freie", "freies",
    "sız", "siz", "suz", "süz",
]
# fmt: on


@pytest.mark.parametrize("prefix", PREFIXES)
def test_no_word_is_cut_from_what_turns_it(prefix):
    """An excerpt may begin within a word, but not where the rest means something else."""
    sense = "закон" if prefix > "z" else "wyvern"
    text = f"{sense} of the harbour board was told"
    assert found(text, f"It is said that {prefix}{text}").verdict is Verdict.ALTERED
    assert found(text, f"It is said that stra{text}").verdict is Verdict.VERBATIM


@pytest.mark.parametrize("prefix", "불비무미부반탈몰역안못")
def test_no_korean_word_is_cut_from_what_turns_it(prefix):
    text = "합의 문서를 오늘 아침 위원회가 냈다"
    assert found(text, f"그들은 {prefix}{text}").verdict is Verdict.ALTERED
    assert found(text, f"그들은 {text}").verdict is Verdict.VERBATIM


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_no_word_loses_an_end_that_turns_it(suffix):
    text = "all of the harbour was wyvern"
    assert found(text, f"They said that {text}{suffix} then").verdict is Verdict.ALTERED
    assert found(text, f"They said that {text}ish then").verdict is Verdict.VERBATIM


def test_a_prefix_that_negates_nothing_is_no_warning():
    """Where the excerpt has cut one off and the editor puts another in."""
    source = "They said that the parties were disunited by the plan of the board"
    assert "negates" in found("the parties were [dis]united by the plan", source.replace("dis", "re")).warnings[0]
    assert found("the parties were [re]united by the plan", source.replace("dis", "")).warnings == ()


@pytest.mark.parametrize("mark", ['."', ".'", ".)", ".]", ".", "!", "?"])
def test_a_sentence_left_out_whole_ends_where_its_marks_do(mark):
    """It may negate what it likes; the rest of a sentence that is quoted may not."""
    source = (
        f"The board met early in May and voted{mark} Nobody had asked it{mark} The council of workers agreed to it."
    )
    assert found("The board met early in May […] of workers agreed to it.", source).warnings == ()
    assert found(f"early in May and voted{mark} […] of workers agreed to it.", source).warnings == ()
    (warning,) = found(
        "The board met early in May […] of workers agreed to it.", source.replace("and", "and never")
    ).warnings
    assert "is left out, which negates" in warning
    (warning,) = found(
        "The board met early in May […] of workers agreed to it.", source.replace("The council", "No part")
    ).warnings
    assert "is left out, which negates" in warning


@pytest.mark.parametrize("mark", ["。", "。」", "！", "！』", "？"])
def test_a_japanese_sentence_left_out_whole_ends_where_its_marks_do(mark):
    source = f"委員長は昨日そう述べた{mark}反対は無かった{mark}委員会は五月までに運航を約束した。"
    assert found(f"委員長は昨日そう述べた{mark}[…]五月までに運航を約束した。", source).warnings == ()
    omitted = found(
        f"委員長は昨日そう述べた{mark}[…]五月までに運航を約束した。", source.replace("委員会", "無所属")
    ).warnings
    assert [line for line in omitted if "is left out, which negates" in line]


def words(prefix, count):
    """Words that all differ."""
    return " ".join(f"{prefix}{''.join(chr(97 + int(digit)) for digit in str(at))}" for at in range(count))


def test_much_that_is_left_out_or_marked_is_warned_of():
    """Three hundred words in one elision, three elisions, ten words for each mark between: so far, and no further."""
    first, second, third = words("k", 7), words("m", 7), words("p", 6)
    assert found(f"{first} […] {second}", f"{first} {words('x', 300)} {second}").warnings == ()
    assert "301 words left out" in found(f"{first} […] {second}", f"{first} {words('x', 301)} {second}").warnings[0]
    assert found(f"{first} […] {second} […] {third}", f"{first} here {second} there {third}").warnings == ()
    third = third.rpartition(" ")[0]
    (warning,) = found(f"{first} […] {second} […] {third}", f"{first} here {second} there {third}").warnings
    assert warning.startswith("19 quoted words with 2")
    parts = [words(letter, 10) for letter in "kmpqr"]
    assert found(" […] ".join(parts[:4]), " so ".join(parts)).warnings == ()
    assert "4 elisions within it, over 3" in found(" […] ".join(parts), " so ".join(parts)).warnings[0]


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("workers’ council [not] agreed to the plan", "[not] negates"),
        ("Safe quays are a [un]lawful aim", "[un] negates"),
        ("We will [surely] open the northern line", "“not” is left out"),
        ("Ada Brandt, told reporters on […] islands continue as before, and tickets", "words left out"),
        ("say that the board […] asked the island villages what", "“never” is left out"),
        ("더 미루는 것은 [안] 불법이며", "[안] negates"),
    ],
)
def test_words_stand_but_sense_may_not(text, warning):
    """An editor's mark that turns the sense, or leaves out much, is warned of."""
    filler = ["Filler of no interest at all."] * 60
    source = PageText(
        (*ENGLISH.blocks[:3], *filler, *ENGLISH.blocks[3:], "Safe quays are a lawful aim.", *KOREAN.blocks)
    )
    result = verify(excerpt(text), source)
    assert result.verdict == Verdict.VERBATIM
    assert [line for line in result.warnings if warning in line]


def test_negation_of_a_sentence_left_out_whole_is_no_warning():
    """Only sentences that are quoted in part can be turned round."""
    text = "The board had promised a first crossing by May. […] Its workers’ council agreed to the plan."
    assert verify(excerpt(text), ENGLISH).warnings == ()


def test_half_a_word_at_an_end_is_warned_of():
    """A long excerpt may begin or end within a word, not silently."""
    result = verify(excerpt("ngineers who inspected the old quay in Janu"), ENGLISH)
    assert result.verdict == Verdict.VERBATIM
    assert len(result.warnings) == 2
    assert "“Engineers”" in result.warnings[0]
    assert "“January”" in result.warnings[1]
