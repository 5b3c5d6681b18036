// How long ago a day was, in days of the reader's calendar, beside the day itself.

const DAY = 86_400_000; // ms
const UNITS = [
  ["year", 365],
  ["month", 30],
  ["week", 7],
  ["day", 1],
];

class RelativeTime extends HTMLElement {
  connectedCallback() {
    const now = new Date();
    const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
    const days = Math.round((today - Date.parse(this.getAttribute("datetime").slice(0, 10))) / DAY);
    if (Number.isNaN(days) || days < 0) return; // it is tomorrow there
    const [unit, length] = UNITS.find(([, length]) => days >= length) ?? UNITS.at(-1);
    const format = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
    const ago = format.format(-Math.floor(days / length), unit);
    this.textContent = this.dataset.said?.replace("…", ago) ?? ago;
  }
}

customElements.define("relative-time", RelativeTime);
