// What a query asks the index for, and where its words stand in a text. The counterpart of
// plugins/commentary/structured/search/terms.py; search_cases.json in the tests holds both to it.

const HANGUL = "\\uac00-\\ud7a3";
const OTHER =
  "\\u1100-\\u11ff\\u3005-\\u3007\\u3041-\\u3096\\u30a1-\\u30fa\\u30fc-\\u30ff\\u3131-\\u318e" +
  "\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3fffd}";
const CJK = `[${HANGUL}${OTHER}]`;
const LETTER = "[\\p{L}\\p{N}]";
const TOKEN = new RegExp(`(${CJK}+)|(?:(?!${CJK})${LETTER})+`, "gu");
const WORD = `(?:(?!${CJK})${LETTER})`;
const BETWEEN = "[^\\p{L}\\p{N}]+";
const LONE_HANGUL = new RegExp(`^[${HANGUL}]$`, "u");
const FIRST_CJK = new RegExp(`^${CJK}`, "u");
const PART = /["“”„«»]([^"“”„«»]*)(?:["“”„«»]|$)|[^\s"“”„«»]+/gu;
// Marks on Latin, Greek and Cyrillic letters, and what shows nothing.
const DROPPED = /[\u0300-\u036f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", ı: "i" };

const MOST = 4; // terms that a query reads files for, as far as it can be helped
export const KEY_LENGTH = 3; // letters of a word that decide which file holds it

// The text as it is compared: no case, no diacritics, one form for compatible characters.
export function fold(text) {
  const plain = text.normalize("NFKD").replace(DROPPED, "").toLowerCase();
  return plain.replace(/[ßæœøđðłı]/gu, (letter) => LETTERS[letter]).normalize("NFC");
}

// What decides which file holds a term.
export function keyOf(term) {
  if (term.includes(" ")) return term.replace(" ", "");
  return FIRST_CJK.test(term) ? term : [...term].slice(0, KEY_LENGTH).join("");
}

/*
 * The words and phrases of a query: each `{asked, pattern, loose}`. `asked` is a list of wants that a post must
 * all meet, each a list of alternatives, `{term, longer}`: with or
 * without the words that it begins. `pattern` finds the whole in a folded text. `loose`:
 * a post can meet every want without holding the whole, so that its text decides.
 */
export function parse(query) {
  const items = [];
  let before = ""; // the CJK character that the last unquoted word ended in
  for (const [whole, phrase] of query.matchAll(PART)) {
    const quoted = phrase !== undefined;
    const item = wanted(fold(quoted ? phrase : whole), quoted, quoted ? "" : before);
    before = item && !quoted ? item.last : "";
    if (item) items.push(item);
  }
  // Of a long query every second want will do where the text decides.
  if (items.flatMap(({ asked }) => asked).length > MOST)
    for (const item of items.filter(({ loose }) => loose))
      item.asked = item.asked.filter((_, at, { length }) => at % 2 === 0 || at === length - 1);
  return items;
}

function wanted(text, quoted, before) {
  const tokens = [...text.matchAll(TOKEN)];
  if (!tokens.length) return null;
  const asked = [];
  let pattern = "";
  let last = ""; // the last character of a run, and the last two of a word: what a term across a space begins with
  let ending = "";
  let end = 0;
  for (const { 0: word, 1: run, index } of tokens) {
    const gap = text.slice(end, index);
    if (pattern && gap) pattern += BETWEEN;
    if (run) {
      const chars = [...run];
      if (quoted && last && gap === " ") asked.push([{ term: `${last} ${chars[0]}` }]);
      asked.push(...(chars.length > 1 ? pairs(chars, quoted) : [[{ term: run }]]));
      pattern += chars.join(quoted || chars.length < 3 ? "" : " ?");
      last = chars.at(-1);
      ending = "";
    } else {
      const prefix = !quoted && index + word.length === tokens.at(-1).index + tokens.at(-1)[0].length;
      const longer = prefix && word.length >= KEY_LENGTH;
      asked.push([{ term: word, longer }]);
      const letters = [...word];
      if (ending) asked.push([{ term: `${ending} ${letters.slice(0, 2).join("")}` }]);
      ending = letters.slice(-2).join("");
      pattern += `(?<!${WORD})${word}${longer ? `${WORD}*` : `(?!${WORD})`}`;
      last = "";
    }
    end = index + word.length;
  }
  if (asked.length === 1 && LONE_HANGUL.test(tokens[0][0])) {
    // One syllable finds the beginnings of words, and what goes on from the word before it.
    if (before) asked[0].push({ term: before + last });
    pattern = `(?:(?<!${CJK})${before && `|(?<=${before})`})${pattern}`;
  }
  return { asked, pattern: new RegExp(pattern, "gu"), loose: asked.length > 1, last };
}

// Neighbours in a run; those of a word of three or more may be written with a space.
function pairs(chars, quoted) {
  return chars.slice(1).map((char, at) => [
    { term: chars[at] + char },
    ...(quoted || chars.length < 3 ? [] : [{ term: `${chars[at]} ${char}` }]),
  ]);
}

// A text cut into stretches, `[text, marked]`, by where the items' patterns match its folded form.
export function mark(text, items) {
  const [folded, origin] = aligned(text);
  const marked = new Uint8Array(text.length + 1);
  for (const { pattern } of items)
    for (const match of folded.matchAll(pattern))
      marked.fill(1, origin[match.index], origin[match.index + match[0].length]);
  const stretches = [];
  for (let from = 0, to = 1; from < text.length; from = to++) {
    while (to < text.length && marked[to] === marked[from]) to += 1;
    stretches.push([text.slice(from, to), marked[from] === 1]);
  }
  return stretches;
}

// The folded text, and for each of its places the place in the text that it comes from.
function aligned(text) {
  let folded = "";
  const origin = [];
  let at = 0;
  for (const char of text) {
    const part = fold(char);
    for (let n = 0; n < part.length; n += 1) origin.push(at);
    folded += part;
    at += char.length;
  }
  origin.push(at);
  return [folded, origin];
}
