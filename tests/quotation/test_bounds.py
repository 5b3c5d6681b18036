"""An excerpt that begins or ends within a word or a number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.quotation.bounds import cut_turns
from commentary.quotation.fold import fold
from commentary.quotation.match import verify
from commentary.quotation.page_text import PageText
from commentary.quotation.verdict import Verdict
from tests.quotation.texts import excerpt


def verdict(source, text):
    """How an excerpt stands to a page of one block."""
    return verify(excerpt(text), PageText((source,))).verdict


# What the source says, what an excerpt may not make of it, and the same cut where it may.
TURNED = [
    ("It would destabilize the whole Korean peninsula.", "stabilize the whole Korean peninsula", "would destabilize the"),
    ("They deactivated the launch site at Sohae in May.", "activated the launch site at Sohae in May", "They deactivated"),
    ("They underestimated the threat from the north.", "estimated the threat from the north", "underestimated the"),
    ("A counter-productive plan for the north.", "productive plan for the north", "counter-productive plan"),
    ("Оппозиция назвала выборы незаконными и лишними.", "законными и лишними по словам", "незаконными и лишними"),
    ("정부는 탈원전 정책을 계속 추진할 것이라고 밝혔다.", "원전 정책을 계속 추진할 것이라고 밝혔다", "탈원전 정책을"),
    ("시민들은 반정부 시위를 매주 계속하겠다고 말했다.", "정부 시위를 매주 계속하겠다고 말했다", "시위를 매주"),
    ("专家说，朝鲜不可能发动战争，因为没有准备。", "可能发动战争，因为没有准备", "不可能发动战争"),
    ("专家说，朝鲜没有发动战争的能力。", "没", "朝鲜没有发动战争"),
    ("それは不可能な計画だと述べた。", "可能な計画だと述べた", "不可能な計画"),
    ("首相は「政府は北朝鮮への制裁を解除しない」と述べた。", "政府は北朝鮮への制裁を解除し", "北朝鮮への制裁を解除しない"),
    ("政府は制裁を解除しませんと首相は述べた。", "政府は制裁を解除し", "政府は制裁を解除しません"),
    ("Growth was -5.2 percent in the North last year.", "5.2 percent in the North last year", "-5.2 percent in the"),
    ("Growth was −5.2 percent in the North last year.", "5.2 percent in the North last year", "-5.2 percent in the"),
    ("They lost -$40 apiece in the North last year.", "$40 apiece in the North last year", "-$40 apiece in"),
    ("Quelque 10 000 soldats sont partis en Russie.", "000 soldats sont partis en Russie", "10 000 soldats sont"),
    ("Quelque 10\u00a0500 soldats sont partis en Russie.", "500 soldats sont partis en Russie", "10 500 soldats sont"),
    ("Quelque 10\u202f000 soldats sont partis en Russie.", "000 soldats sont partis en Russie", "10 000 soldats sont"),
    ("Pour la France, ils étaient 10 000.", "Pour la France, ils étaient 10", "ils étaient 10 000"),
    ("He said 1/2 of the members agreed to it.", "2 of the members agreed to it", "1/2 of the members"),
    ("He said 10–15 of the members agreed to it.", "15 of the members agreed to it", "10–15 of the members"),
    ("They met at 12:30 in the hall of the people.", "30 in the hall of the people", "at 12:30 in the hall"),
    ("The price of it all rose to $1.47.", "The price of it all rose to $1.", "rose to $1.47."),
]  # fmt: skip


@pytest.mark.parametrize(("source", "half", "whole"), TURNED)
def test_half_that_says_something_else_does_not_stand(source, half, whole):
    """A negation, a sign or a digit lost at an excerpt's end is another text, however long the excerpt."""
    assert verdict(source, half) == Verdict.ALTERED
    assert verdict(source, whole) == Verdict.VERBATIM


def test_half_word_is_named_as_what_is_wrong():
    """Every word of it may stand on the page, so that a diff shows nothing."""
    page = PageText(("Growth was -5.2 percent in the North last year.",))
    hint = verify(excerpt("5.2 percent in the North last year"), page).hint
    assert "begins or ends within a word or a number" in (hint or "")
    assert verify(excerpt("5.3 percent in the North last year"), page).hint is None


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("In the year 2024 300 soldiers left for Russia.", "300 soldiers left for Russia"),
        ("It began in 2010—15 soldiers left for Russia.", "15 soldiers left for Russia"),
        ("The plan – 5 percent a year – was dropped.", "5 percent a year"),
        ("COVID-19, and 20 other diseases", "20 other diseases"),
        ("He said: 20 soldiers left.", "20 soldiers left"),
        ("南非总统表示，战争必须结束。", "总统表示，战争必须结束"),
        ("潜艇沉没了，这艘船也沉没了。", "了，这艘船也沉没"),
        ("財産の有無を問わず、全員が参加した。", "を問わず、全員が参加した"),
        ("政府は北朝鮮への制裁を解除しない。", "政府は北朝鮮への制裁"),
    ],
)
def test_end_beside_a_whole_word_stands(source, text):
    """What only looks like a part of the same number or word is none."""
    result = verify(excerpt(text), PageText((source,)))
    assert (result.verdict, result.warnings) == (Verdict.VERBATIM, ())


def test_numbers_of_two_blocks_are_two():
    """A block that ends in a number does not group the digits of the next."""
    page = PageText(("Updated on May 5", "300 soldiers left for Russia."))
    assert verify(excerpt("300 soldiers left for Russia."), page).verdict == Verdict.VERBATIM


NEGATIONS = """
    朝鲜不|可能 计划未|实施 请勿|开火 那是个非|法组织 证据无|效 證據無|效 朝鲜没|有 朝鮮沒|有
    解除し|ない 解除し|なかった 寒く|なく 解除し|なければ 解除し|ません 解除せ|ざる 解除せ|ず、 解除せ|ずに 解除せ|ずと 知ら|ぬ。 ある|まい。
    เขาไม่|ได้ ເຂົາບໍ່|ໄດ້ គាត់មិន|បាន
"""
WORDS = """
    南非|总统 北非|国家 东非|国家 東非|国家 西非|国家 中非|关系 亚非|国家 亞非|国家 是非|不分 除非|停火
    有無|を 皆無|で 全无|准备 虚无|的 虛無|的 絶無|で
    沉没|了 沈没|した 淹没|了 埋没|した 出没|する 覆没|了 吞没|了 湮没|了 泯没|了 日没|後 陥没|した 戦没|者 病没|した
    必|ずしも 思わ|ぬほど 語る|まいとし 。|ない
"""


@pytest.mark.parametrize("cut", NEGATIONS.split())
def test_a_cut_between_a_negation_and_what_it_negates_turns_the_sense(cut):
    before, after = cut.split("|")
    assert cut_turns(fold(before + after), len(before))


@pytest.mark.parametrize("cut", WORDS.split())
def test_a_cut_behind_another_word_with_the_same_character_does_not(cut):
    before, after = cut.split("|")
    assert not cut_turns(fold(before + after), len(before))


def test_words_that_also_stand_without_their_negation_are_found_there():
    """Of several places the one that says the same is taken."""
    page = PageText(("朝鲜不可能发动战争。", "他说可能发动战争。"))
    found = verify(excerpt("可能发动战争"), page)
    assert (found.verdict, found.segments[0].start) == (Verdict.VERBATIM, page.text.rindex("可能"))


@pytest.mark.parametrize(
    ("source", "half"),
    [
        ("सरकार ने कहा कि वह प्रतिबंध हटाएगी", "सरकार ने कहा कि वह प्रतिबंध हटाएग"),
        ("सरकार ने कहा कि वह प्रतिबंध हटाएगी", "सरकार ने कहा कि वह प्रतिबंध हट"),
        ("அரசு தடையை நீக்கும் என்று கூறியது", "அரசு தடையை நீக்கும் என்று கூறியத"),
        ("รัฐบาลจะยกเลิกมาตรการนี้", "รัฐบาลจะยกเลิกมาตรการน"),
        ("အစိုးရက ပြောကြားခဲ့သည်", "အစိုးရက ပြောကြားခဲ့သည"),
    ],
)
def test_letter_is_not_parted_from_its_vowel_sign(source, half):
    """Half a syllable is another, in any script."""
    assert verdict(source, half) == Verdict.ALTERED
    assert verdict(source, source) == Verdict.VERBATIM


def test_few_words_with_vowel_signs_are_few():
    """Each sign was taken for the end of a word, so that one word was long enough to be cut."""
    source = PageText(("सरकार ने कहा कि वह प्रतिबंध हटाएगा।",))
    assert verify(excerpt("प्रतिबंध हटाए"), source).verdict == Verdict.ALTERED
    assert verify(excerpt("प्रतिबंध हटाएगा"), source).verdict == Verdict.VERBATIM


def test_half_a_word_with_vowel_signs_is_warned_of():
    """In Hindi, too, an end within a word is seen, and the word named whole."""
    result = verify(excerpt("सरकार ने कहा कि वह प्रतिबंध हटाए"), PageText(("सरकार ने कहा कि वह प्रतिबंध हटाएगा।",)))
    assert result.warnings == ("it ends within “हटाएगा”; quote the whole word",)


@given(st.integers(1, 999_999_999), st.sampled_from([" ", "\u00a0", "\u202f", ",", ".", "'"]), st.data())
def test_no_part_of_a_number_stands_for_it(number, separator, data):
    """However its digits are grouped."""
    written = f"{number:,}".replace(",", separator)
    cut = data.draw(st.integers(1, max(1, len(written) - 1)))
    source = PageText((f"They sent all of {written} soldiers to the front.",))
    assert verify(excerpt(f"They sent all of {written}"), source).verdict == Verdict.VERBATIM
    assert verify(excerpt(f"{written} soldiers to the front"), source).verdict == Verdict.VERBATIM
    if cut < len(written):
        assert not verify(excerpt(f"They sent all of {written[:cut]}"), source).verdict.stands
        assert not verify(excerpt(f"{written[cut:]} soldiers to the front"), source).verdict.stands
