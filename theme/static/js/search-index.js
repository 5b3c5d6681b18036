// Reads the index that plugins/commentary/structured/search writes: which of its files a query needs, and what they say.
import { fold, keyOf } from "./search-terms.js";

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUES = Object.fromEntries([...DIGITS].map((digit, value) => [digit, value]));
const HIT = 1;
const IN_TITLE = 2;
const SURE = 12; // so many posts or fewer are all read before they are counted

export const FACETS = ["topic", "publication", "year"];

export class SearchIndex {
  #files = new Map();
  #base;

  constructor(base) {
    this.#base = base;
  }

  // What is known of all posts. Asked for anew on each visit; the other files' addresses change with it.
  async open() {
    this.facets ??= this.#load("facets.json", "no-cache").then((facets) => new Facets(facets));
    return this.facets.catch((error) => {
      this.facets = undefined;
      throw error;
    });
  }

  // What a result shows of a post.
  async post(number) {
    const { count, chunk } = await this.open();
    const file = Math.floor(number / chunk);
    const posts = await this.#load(`posts/${file}.json?${Math.min(count, (file + 1) * chunk)}`);
    return posts[number % chunk];
  }

  // Whether a post holds these items as they stand: their words next to each other.
  async holds(number, items) {
    const { title, publications, topics, parts } = await this.post(number);
    const texts = [title, ...publications, ...topics, ...parts.map(([, , text]) => text)].map(fold);
    return items.every(({ pattern }) => texts.some((text) => text.search(pattern) >= 0));
  }

  // The posts that have all items: `posts`, best first, and whether that is `sure` or there may be fewer.
  async find(items) {
    const { count } = await this.open();
    const wants = items.flatMap(({ asked }) => asked);
    const hits = await Promise.all(wants.map((want) => this.#posts(want, count)));
    const found = new Uint8Array(count).fill(HIT);
    const score = new Uint8Array(count);
    for (const { asked } of items) {
      const own = hits.splice(0, asked.length);
      for (let post = 0; post < count; post += 1) {
        const all = own.reduce((both, hit) => both & hit[post], HIT | IN_TITLE);
        found[post] &= all;
        score[post] += all & IN_TITLE;
      }
    }
    let posts = [];
    for (let post = count - 1; post >= 0; post -= 1) if (found[post]) posts.push(post);
    posts.sort((a, b) => score[b] - score[a] || b - a); // first those with the words in their title, then the newest
    const loose = items.filter((item) => item.loose);
    const sure = !loose.length || posts.length <= SURE;
    if (loose.length && sure) {
      const held = await Promise.all(posts.map((post) => this.holds(post, loose)));
      posts = posts.filter((_, at) => held[at]);
    }
    return { posts, sure };
  }

  // For each post, whether it has one of these terms.
  async #posts(alternatives, count) {
    const hits = new Uint8Array(count);
    const read = alternatives.map(async ({ term, longer }) => {
      for (const file of await this.#holding(term)) {
        const shard = await file;
        const found = longer ? Object.keys(shard).filter((key) => key.startsWith(term)) : [term];
        for (const key of found.filter((one) => Object.hasOwn(shard, one))) {
          const [all, titled] = [shard[key]].flat();
          for (const post of ascending(all)) if (post < count) hits[post] |= HIT;
          for (const post of ascending(titled ?? "")) if (post < count) hits[post] |= IN_TITLE;
        }
      }
    });
    await Promise.all(read);
    return hits;
  }

  // The files that hold a term, on their way: one of each level. Named with the newest post they cover, for caches.
  async #holding(term) {
    const { count, levels } = await this.open();
    const hash = hashOf(keyOf(term));
    return levels.flatMap(([period, files], level) => {
      const number = numberOf(hash, files);
      const end = count - ((((count - number) % period) + period) % period);
      return files && end >= period ? [this.#load(`terms/${level}-${number}.json?${end}`)] : [];
    });
  }

  #load(path, cache = "default") {
    if (!this.#files.has(path)) {
      const file = fetch(this.#base + path, { cache }).then((response) => {
        if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
        return response.json();
      });
      this.#files.set(path, file);
      file.catch(() => this.#files.delete(path));
    }
    return this.#files.get(path);
  }
}

// Which posts have which year, topic and publication.
class Facets {
  constructor({ count, chunk, levels, years, topics, publications }) {
    Object.assign(this, { count, chunk, levels });
    const ends = [...years.slice(1).map(([, first]) => first), count];
    const named = (values) => values.map(([slug, name, posts]) => ({ slug, name, posts: [...ascending(posts)] }));
    const year = ([slug, from], at) => ({ slug: `${slug}`, name: `${slug}`, posts: range(from, ends[at]) });
    this.values = { topic: named(topics), publication: named(publications), year: years.map(year).reverse() };
  }

  // Those of the posts that have the chosen values; `except`: whatever their value of that facet.
  narrow(posts, chosen, except) {
    const narrowing = FACETS.filter((facet) => facet !== except && chosen[facet]);
    return narrowing.reduce((left, facet) => {
      const value = this.values[facet].find(({ slug }) => slug === chosen[facet]);
      const own = this.#mask(value?.posts ?? []);
      return left.filter((post) => own[post]);
    }, posts);
  }

  // The values of a facet that these posts have, `{slug, name, count}`.
  counts(facet, posts) {
    const mask = this.#mask(posts);
    return this.values[facet]
      .map(({ slug, name, posts: own }) => ({ slug, name, count: own.reduce((sum, post) => sum + mask[post], 0) }))
      .filter(({ count }) => count);
  }

  #mask(posts) {
    const mask = new Uint8Array(this.count);
    for (const post of posts) mask[post] = 1;
    return mask;
  }
}

// FNV-1a over code points, with its high bits mixed into the low ones; as in shape.py.
export function hashOf(key) {
  let hash = 0x811c9dc5;
  for (const char of key) hash = Math.imul(hash ^ char.codePointAt(0), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

function numberOf(hash, files) {
  const size = 2 ** Math.ceil(Math.log2(files || 1));
  const number = hash % size;
  return number < files ? number : number % (size / 2);
}

// The numbers of an ascending list written as steps; as in numbers.py.
function* ascending(text) {
  let number = 0;
  let shift = 0;
  for (const digit of text) {
    const value = VALUES[digit];
    number += (value % 32) * 2 ** shift;
    shift += 5;
    if (value < 32) {
      yield number;
      shift = 0;
    }
  }
}

function range(from, to) {
  return Array.from({ length: to - from }, (_, at) => from + at);
}
