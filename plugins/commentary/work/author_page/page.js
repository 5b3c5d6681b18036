// Shows the post that the bookmarklet asks for, and has it written on a click. The passage and its address come in the
// fragment, which no server sees; our server is asked with its own token.
const token = document.querySelector("meta[name=token]").content;
const form = document.querySelector("#post");
const [state, verdict, proposal] = ["#state", "#verdict", "#proposal"].map((id) => document.querySelector(id));
let turn = 0; // of what was asked last: an answer that comes after it was overtaken is not shown

async function ask(what) {
  const passage = new URLSearchParams(location.hash.slice(1));
  const answer = await fetch(`/author/${what}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Commentary-Token": token },
    body: JSON.stringify({
      url: passage.get("url") ?? "",
      excerpt: passage.get("excerpt") ?? "",
      title: form.elements.title.value,
      topics: form.elements.topics.value,
    }),
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.error);
  return said;
}

// Asks, and shows what is said, unless something else has been asked by then.
async function asked(what, show) {
  const own = ++turn;
  let shown;
  try {
    const said = await ask(what);
    shown = () => show(said);
  } catch (error) {
    shown = () => { state.textContent = error.message; };
  }
  if (own === turn) shown();
}

function propose() {
  if (location.hash.length < 2) return;
  state.textContent = "Reading the page …";
  asked("proposal", (said) => {
    state.textContent = "This would be the post:";
    verdict.textContent = said.verdict;
    proposal.textContent = said.text;
    form.hidden = false;
  });
}

form.addEventListener("change", propose);
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true; // a second click would be told that the post is there already
  await asked("post", (said) => {
    state.textContent = `Written: ${said.path}`;
    verdict.textContent = said.verdict;
    form.hidden = true;
  });
  button.disabled = false;
});
addEventListener("hashchange", propose);
propose();
