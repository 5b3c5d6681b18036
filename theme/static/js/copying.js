// What buttons that copy have in common. They stand in the page, unseen until this runs; all their words are the page's.

const SEEN = 3000; // ms for which "Copied" stands

export class Copying extends HTMLElement {
  #timer;

  connectedCallback() {
    this.hidden = !navigator.clipboard?.write; // a page that did not come over https may not copy
    this.addEventListener("click", (event) => this.#copy(event.target.closest("button")));
  }

  // The flavours of what a button copies, by media type; each element gives its own.
  flavours() {
    return {};
  }

  async #copy(button) {
    if (!button) return;
    const flavours = Object.entries(this.flavours(button.value));
    const item = new ClipboardItem(
      Object.fromEntries(flavours.map(([type, text]) => [type, new Blob([text], { type })])),
    );
    const { done, failed } = this.dataset;
    const said = await navigator.clipboard.write([item]).then(() => done, () => failed);
    this.querySelector("output").textContent = said;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.querySelector("output").textContent = ""), SEEN);
  }
}

// The text of an element as it shows, its lines and runs of white space as one space.
export const textOf = (element) => element?.textContent.replace(/\s+/gu, " ").trim() ?? "";
