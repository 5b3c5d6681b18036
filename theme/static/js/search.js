// The search page. All words it shows are the template's; state is in the address.
import { FACETS, SearchIndex } from "./search-index.js";
import { fold, mark, parse } from "./search-terms.js";

const PAGE = 10; // results at a time
const READ = 15; // posts read for them, at most
const VALUES = 10; // of each facet: the commonest
const PAUSE = 150; // ms after a key, before it is answered
const BEFORE = 60; // characters of a passage before its first mark, and in all
const PASSAGE = 260;
const UNFINISHED = /[\u1100-\u11ff\u3131-\u318e]+$/u; // of a syllable that is still being typed

class SiteSearch extends HTMLElement {
  #index;
  #question = 0; // counts them: an answer to an earlier one is dropped
  #results;
  #items;
  #timer;

  connectedCallback() {
    if (this.#index) return;
    this.#index = new SearchIndex(this.dataset.index);
    const words = this.#template("words").querySelectorAll("[data-word]");
    this.words = Object.fromEntries([...words].map((word) => [word.dataset.word, word.textContent]));
    this.append(this.#template("form"));
    const [form, input, further] = ["form", "input", ".further"].map((name) => this.querySelector(name));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#go({ ...this.#state(), q: input.value.trim() });
    });
    input.addEventListener("focus", () => this.#index.open().catch(() => {}), { once: true });
    input.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#typed(input.value), PAUSE);
    });
    further.addEventListener("click", () => this.#further());
    this.querySelector(".facets").addEventListener("click", (event) => this.#chosen(event));
    window.addEventListener("popstate", () => this.#restore());
    this.#restore();
  }

  #template(name) {
    return document.importNode(this.querySelector(`.t-${name}`).content, true);
  }

  #state() {
    const given = new URLSearchParams(location.search);
    return Object.fromEntries(["q", ...FACETS].map((name) => [name, given.get(name) ?? ""]));
  }

  #address(state) {
    const given = new URLSearchParams(Object.entries(state).filter(([, value]) => value));
    return given.size ? `?${given}` : location.pathname;
  }

  #restore() {
    this.querySelector("input").value = this.#state().q;
    return this.#answer();
  }

  #typed(text) {
    const q = text.replace(UNFINISHED, "").trim();
    if (q === this.#state().q) return;
    history.replaceState(null, "", this.#address({ ...this.#state(), q }));
    this.#answer();
  }

  #go(state) {
    clearTimeout(this.#timer);
    const address = this.#address(state);
    if (address !== location.search) history.pushState(null, "", address);
    return this.#answer();
  }

  async #chosen(event) {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { facet, value } = link.dataset;
    await this.#go(Object.fromEntries(new URL(link.href).searchParams));
    // The links were made anew; whoever came by keyboard goes on where they were.
    const same = [...this.querySelectorAll(".facets a")].find(
      ({ dataset }) => dataset.facet === facet && dataset.value === value,
    );
    (same ?? this.querySelector("input")).focus();
  }

  async #answer() {
    const question = (this.#question += 1);
    const chosen = this.#state();
    const items = parse(chosen.q);
    const asked = items.length > 0 || FACETS.some((facet) => chosen[facet]);
    this.toggleAttribute("data-asked", asked); // before the answer comes, what is below makes room for it
    try {
      if (!asked) {
        this.#clear("");
        return;
      }
      const [facets, { posts, sure }] = await Promise.all([this.#index.open(), this.#index.find(items)]);
      const results = new Results(this.#index, facets.narrow(posts, chosen), sure ? [] : items);
      const first = await results.next(PAGE);
      if (question !== this.#question) return;
      this.#clear(results.count ? `${this.words[results.sure ? "found" : "about"]} ${results.count}` : this.words.none);
      this.#results = results;
      this.#items = items;
      this.#show(first);
      this.querySelector(".facets").append(...FACETS.map((facet) => this.#facet(facet, facets, posts, chosen)));
    } catch {
      if (question === this.#question) this.#clear(this.words.failed);
    }
  }

  #clear(message) {
    this.querySelector(".found").textContent = message;
    this.querySelector(".facets").replaceChildren();
    this.querySelector(".results").replaceChildren();
    this.querySelector(".further").hidden = true;
  }

  #show(posts) {
    this.querySelector(".results").append(...posts.map((post) => this.#result(post)));
    this.querySelector(".further").hidden = !this.#results.more;
  }

  async #further() {
    const results = this.#results;
    const posts = await results.next(PAGE).catch(() => []);
    if (results !== this.#results || !posts.length) return;
    const shown = this.querySelectorAll(".results > li").length;
    this.#show(posts);
    this.querySelectorAll(".results > li")[shown].querySelector("a").focus();
  }

  #result({ title, href, lang, posted, publications, topics, parts }) {
    const result = this.#template("result");
    const names = ["li", "time", "a", ".hand", ".words", ".whence", ".under"];
    const [item, time, link, hand, words, whence, under] = names.map((name) => result.querySelector(name));
    item.lang = lang;
    time.dateTime = posted;
    time.textContent = day(posted);
    time.lang = document.documentElement.lang;
    link.href = href;
    link.append(...marked(title, this.#items));
    const [kind, language, text] = best(parts, this.#items);
    hand.textContent = this.words[kind];
    hand.parentElement.dataset.kind = kind;
    hand.lang = document.documentElement.lang;
    words.lang = language;
    const [shown, from] = [passage(text, this.#items), publications.join(", ")];
    words.append(...marked(shown, this.#items));
    whence.append(...marked(from, this.#items));
    const unseen = this.#items.filter((one) => ![title, shown, from].some((seen) => has(seen, one)));
    const subjects = topics.filter((topic) => unseen.some((one) => has(topic, one)));
    if (!subjects.length) under.remove();
    under.lang = document.documentElement.lang;
    under.querySelector(".hand").textContent = this.words.topic;
    under.querySelector(".words").append(...marked(subjects.join(", "), unseen));
    return item;
  }

  // The commonest values of a facet among the posts found, each leading to those that have it, or back.
  #facet(facet, facets, posts, chosen) {
    const section = this.#template("facet").firstElementChild;
    const among = facets.narrow(posts, chosen, facet);
    const counts = facets
      .counts(facet, among)
      .filter(({ slug, count }) => count < among.length || slug === chosen[facet]); // others narrow nothing
    if (facet !== "year") counts.sort((a, b) => b.count - a.count);
    const shown = counts.filter(({ slug }, rank) => rank < VALUES || slug === chosen[facet]);
    section.querySelector("h2").textContent = this.words[facet];
    section.querySelector("ul").append(
      ...shown.map(({ slug, name, count }) => {
        const item = document.createElement("li");
        const link = document.createElement("a");
        const current = slug === chosen[facet];
        Object.assign(link.dataset, { facet, value: slug });
        link.href = this.#address({ ...chosen, [facet]: current ? "" : slug });
        link.textContent = name;
        if (current) link.setAttribute("aria-current", "true");
        item.append(link, ` ${count}`);
        return item;
      }),
    );
    section.hidden = !shown.length;
    return section;
  }
}

// Posts found, read as they are shown. `unsure`: the items that a post's text has yet to be searched for.
class Results {
  #index;
  #posts;
  #unsure;

  constructor(index, posts, unsure) {
    this.#index = index;
    this.#posts = [...posts];
    this.#unsure = unsure;
    this.count = posts.length;
  }

  get more() {
    return this.#posts.length > 0;
  }

  // Whether the count is exact.
  get sure() {
    return !this.#unsure.length || !this.more;
  }

  // So many more, or as many as are among the next few: what a phrase of common words costs to read is bounded.
  async next(size) {
    const shown = [];
    let left = READ;
    while (left > 0 && shown.length < size && this.more) {
      const tried = this.#posts.splice(0, Math.min(left, size - shown.length));
      left -= tried.length;
      const held = await Promise.all(tried.map((post) => !this.#unsure.length || this.#index.holds(post, this.#unsure)));
      const kept = tried.filter((_, at) => held[at]);
      this.count -= tried.length - kept.length;
      shown.push(...kept);
    }
    return Promise.all(shown.map((post) => this.#index.post(post)));
  }
}

const has = (text, { pattern }) => fold(text).search(pattern) >= 0;

// The part of a post that most of the items stand in.
function best(parts, items) {
  const counts = parts.map(([, , text]) => items.filter((item) => has(text, item)).length);
  return parts[counts.indexOf(Math.max(...counts))];
}

// So much of a text as shows its first mark, cut between words.
function passage(text, items) {
  let first = 0;
  for (const [stretch, marks] of mark(text, items)) {
    if (marks) break;
    first += stretch.length;
  }
  if (first >= text.length) first = 0;
  const from = first > BEFORE ? text.lastIndexOf(" ", first - BEFORE) + 1 : 0;
  const end = from + PASSAGE;
  const spaced = text.slice(0, end + PASSAGE).indexOf(" ", end); // none: the text ends, or has no words to cut between
  const to = spaced >= 0 ? spaced : text.length < end + PASSAGE ? text.length : end;
  return `${from ? "… " : ""}${text.slice(from, to)}${to < text.length ? " …" : ""}`;
}

// A text as nodes, the items' words in <mark>.
function marked(text, items) {
  return mark(text, items).map(([stretch, marks]) => {
    if (!marks) return stretch;
    const element = document.createElement("mark");
    element.textContent = stretch;
    return element;
  });
}

// As the rest of the site writes dates: English ones without a comma, elsewhere as the language does.
function day(iso) {
  const lang = document.documentElement.lang;
  const options = { dateStyle: "long", timeZone: "UTC" };
  return new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, options).format(new Date(iso));
}

customElements.define("site-search", SiteSearch);
