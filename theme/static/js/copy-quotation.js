// Copies a quotation with its attribution and a link: as rich and plain text, or as Markdown.
import { Copying, textOf } from "./copying.js";

const SYNTAX = /[\\`*_[\]<>]/gu;

class CopyQuotation extends Copying {
  flavours(form) {
    const figure = this.closest("figure");
    const paragraphs = [...figure.querySelector(".excerpt").querySelectorAll("p:not(.caption)")];
    const [headline, publication, date] = ["cite", ".p-publication", "time.dt-published"].map((selector) =>
      textOf(figure.querySelector(`figcaption ${selector}`)),
    );
    const credit = [headline, publication, date].filter(Boolean).join(", ");
    const ours = `${location.origin}${location.pathname}#${figure.id}`;
    const link = figure.querySelector("figcaption .way a")?.href ?? ours;
    if (form === "markdown") {
      const quoted = [...paragraphs.map(textOf).map(escaped), `— [${escaped(credit || link)}](<${link}>)`];
      return { "text/plain": quoted.map((text) => `> ${text}`).join("\n>\n") };
    }
    const plain = [...paragraphs.map(textOf), [`— ${credit}`, link].filter((line) => line !== "— ").join("\n")];
    return { "text/plain": plain.join("\n\n"), "text/html": rich(paragraphs, credit || link, link) };
  }
}

const escaped = (text) => text.replace(SYNTAX, "\\$&");

// Built as a tree and only read as text: what was quoted cannot become markup.
function rich(paragraphs, credit, link) {
  const quote = document.createElement("blockquote");
  quote.cite = link;
  const source = Object.assign(document.createElement("a"), { href: link, textContent: credit });
  const attribution = document.createElement("p");
  attribution.append("— ", source);
  const texts = paragraphs.map((p) => Object.assign(document.createElement("p"), { textContent: textOf(p) }));
  quote.append(...texts, attribution);
  return quote.outerHTML;
}

customElements.define("copy-quotation", CopyQuotation);
