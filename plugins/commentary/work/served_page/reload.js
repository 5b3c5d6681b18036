// The page asks its server for news of itself: it reloads when it has changed, and shows what keeps it from changing.
{
  const version = new URL(document.currentScript.src).search.slice(1);
  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  let panel;
  let shown = "";

  // The end of the page can be scrolled out from under the panel, and what has the focus is never there.
  function leaveRoom() {
    const room = panel?.offsetHeight ? `${panel.offsetHeight}px` : "";
    document.body.style.marginBlockEnd = document.documentElement.style.scrollPaddingBlockEnd = room;
  }

  function show(faults) {
    if (JSON.stringify(faults) === shown || document.body.id === "faults") return;
    shown = JSON.stringify(faults);
    if (!faults.length) {
      panel?.remove();
      panel = undefined;
      return;
    }
    if (!panel) {
      panel = element("aside", { id: "commentary-faults" });
      panel.attachShadow({ mode: "open" }).append(
        element("link", { rel: "stylesheet", href: "/.commentary/panel.css" }),
        element("div", { role: "alert", tabIndex: 0, ariaLabel: "Errors" }),
        element("button", { type: "button", onclick: () => (panel.hidden = true) }, "Hide"),
      );
      document.body.prepend(panel); // found early with the keyboard, wherever it is seen
      new ResizeObserver(leaveRoom).observe(panel);
    }
    panel.hidden = false;
    const many = faults.length === 1 ? "An error" : `${faults.length} errors`;
    panel.shadowRoot.querySelector("[role=alert]").replaceChildren(
      element("h2", {}, `${many}; you see the last good site`),
      element(
        "ul",
        {},
        ...faults.map(([place, rule, message]) =>
          element("li", {}, element("code", {}, place), " ", element("b", {}, rule), " ", message),
        ),
      ),
    );
  }

  function hear(event) {
    const state = JSON.parse(event.data);
    if (state.version === version) show(state.faults);
    else location.reload();
  }

  // A browser opens six connections to a host at most, so a page that nobody sees keeps none; what it missed it is told.
  let news;
  function listen() {
    news?.close();
    news = document.hidden ? undefined : new EventSource(`/.commentary/events?${encodeURIComponent(location.pathname)}`);
    news?.addEventListener("state", hear);
  }
  document.addEventListener("visibilitychange", listen);
  listen();
}
