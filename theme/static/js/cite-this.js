// Copies a reference to the post, made from the page's own JSON-LD: as BibTeX (biblatex's @online) or CSL-JSON.
import { Copying } from "./copying.js";

class CiteThis extends Copying {
  flavours(form) {
    const data = JSON.parse(document.querySelector('script[type="application/ld+json"]').textContent);
    return { "text/plain": form === "bibtex" ? bibtex(data) : csl(data) };
  }
}

const dayOf = (data) => data.datePublished.slice(0, 10); // as the page says it, in the site's time zone

function bibtex(data) {
  const fields = {
    author: `{${braced(data.author.name)}}`, // braces keep a name whole
    title: `{${braced(data.headline)}}`,
    date: dayOf(data),
    organization: braced(data.publisher.name),
    url: data.url,
  };
  const lines = Object.entries(fields).map(([name, value]) => `  ${name} = {${value}},\n`);
  return `@online{${keyOf(data)},\n${lines.join("")}}\n`;
}

// An @online key is plain ASCII without what ends it.
const keyOf = (data) => `${dayOf(data)}-${encodeURI(data.url).split("/").at(-2)}`.replace(/[^\w-]+/gu, "");

const TEX = { "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };
const braced = (text) => text.replace(/[\\{}$&#%_~^]/gu, (sign) => TEX[sign] ?? `\\${sign}`);

function csl(data) {
  const item = {
    id: data.url,
    type: "post-weblog",
    title: data.headline,
    "container-title": data.publisher.name,
    author: [{ literal: data.author.name }],
    issued: { "date-parts": [dayOf(data).split("-").map(Number)] },
    language: data.inLanguage,
    URL: data.url,
  };
  return `${JSON.stringify([item], null, 2)}\n`;
}

customElements.define("cite-this", CiteThis);
