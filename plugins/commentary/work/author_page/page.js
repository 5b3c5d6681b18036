// Shows the post that the bookmarklet asks for, and has it written on a click. The passage and its address come in the
// fragment, which no server sees; our server is asked with its own token.
const token = document.querySelector("meta[name=token]").content;
const form = document.querySelector("#post");
const [state, verdict, proposal] = ["#state", "#verdict", "#proposal"].map((id) => document.querySelector(id));

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

async function show() {
  if (location.hash.length < 2) return;
  state.textContent = "Reading the page …";
  try {
    const said = await ask("proposal");
    state.textContent = "This would be the post:";
    verdict.textContent = said.verdict;
    proposal.textContent = said.text;
    form.hidden = false;
  } catch (error) {
    state.textContent = error.message;
  }
}

form.addEventListener("change", show);
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    const said = await ask("post");
    state.textContent = `Written: ${said.path}`;
    verdict.textContent = said.verdict;
    form.hidden = true;
  } catch (error) {
    state.textContent = error.message;
  }
});
addEventListener("hashchange", show);
show();
