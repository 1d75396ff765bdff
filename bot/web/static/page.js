// Makes the page better where scripts run: answers arrive sentence by sentence, articles open beside them. Everything works
// without. What is put into the page was escaped by the server; nothing is built from an article's words here.
"use strict";

const turns = document.getElementById("turns");
const status = document.getElementById("status");
const reader = document.getElementById("read");
const close = document.getElementById("close");

function nodes(html) {
  const holder = document.createElement("template"); // scripts in it are inert, and the page's policy lets none run
  holder.innerHTML = html;
  return holder.content;
}

async function* events(response) {
  const decoder = new TextDecoder();
  let rest = "";
  for (const body = response.body.getReader(); ; ) {
    const { done, value } = await body.read();
    rest += decoder.decode(value, { stream: !done });
    const blocks = rest.split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const field = (name) =>
        block.split("\n").filter((line) => line.startsWith(name + ": ")).map((line) => line.slice(name.length + 2)).join("\n");
      if (field("event")) yield [field("event"), field("data")];
    }
    if (done) return;
  }
}

let running = null; // the request of the answer that is being made

async function ask(form, button) {
  const fields = new URLSearchParams(new FormData(form, button));
  if (!fields.get("q").trim()) return;
  running?.abort();
  if (document.body.classList.contains("reading")) shut(); // it belongs to an answer before, and covers the next on a phone
  running = new AbortController();
  const response = await fetch(form.action, {
    method: "POST", body: fields, headers: { Accept: "text/event-stream" }, signal: running.signal,
  });
  if (!response.ok || !response.body) throw new Error(response.status);
  document.body.classList.remove("first");
  let turn = null;
  for await (const [kind, data] of events(response)) {
    if (kind === "begun") {
      turns.append(nodes(data));
      turn = turns.lastElementChild;
      turn.scrollIntoView({ block: "start", behavior: calm() ? "auto" : "smooth" });
    } else if (kind === "status") status.textContent = data;
    else if (kind === "sentence") turn.querySelector(".sentences").append(nodes(data));
    else if (kind === "error") {
      status.textContent = data;
      return;
    } else if (kind === "done") {
      const { html, url, parent, title } = JSON.parse(data);
      turn.replaceWith(nodes(html));
      history.pushState({}, "", url);
      document.title = title;
      close.href = url;
      const field = document.querySelector("form.ask");
      field.elements.parent.value = parent;
      field.elements.q.value = "";
      status.textContent = "";
    }
  }
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches(".js-ask") || !turns) return;
  event.preventDefault();
  ask(form, event.submitter).catch((error) => {
    if (error.name !== "AbortError") HTMLFormElement.prototype.submit.call(form); // the plain way says what is wrong
  });
});

async function read(chip) {
  const before = running;
  const response = await fetch(chip.dataset.read);
  const article = await response.text();
  if (running !== before) return; // something else was asked since: the article would open over its answer
  if (!response.ok) return location.assign(chip.href);
  reader.replaceChildren(nodes(article));
  document.querySelectorAll(".chip[aria-current]").forEach((other) => other.removeAttribute("aria-current"));
  chip.setAttribute("aria-current", "true");
  document.body.classList.add("reading");
  if (chip.closest(".turn[data-id]:not([data-id=''])")) history.replaceState({}, "", chip.href);
  if (matchMedia("(max-width: 63.99rem)").matches) // there the article covers what is below: the sentence goes above it
    chip.closest(".sentence, li")?.scrollIntoView({ block: "start", behavior: "auto" });
  const cited = document.getElementById("cited");
  cited?.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
  cited?.focus({ preventScroll: true });
}

// Closes the article; the chip that had opened it.
function shut() {
  document.body.classList.remove("reading");
  const pick = document.createElement("p");
  pick.className = "pick";
  pick.textContent = reader.dataset.pick;
  reader.replaceChildren(pick);
  history.replaceState({}, "", close.href);
  const chip = document.querySelector(".chip[aria-current]");
  chip?.removeAttribute("aria-current");
  return chip;
}

document.addEventListener("click", (event) => {
  const chip = event.target.closest(".desk .chip[data-read]");
  if (chip && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
    event.preventDefault();
    read(chip).catch(() => location.assign(chip.href));
  } else if (event.target.closest("#close")) {
    event.preventDefault();
    shut()?.focus();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.body.classList.contains("reading")) close.click();
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.matches(".ask textarea")) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
});

window.addEventListener("popstate", () => location.reload());
document.getElementById("cited")?.scrollIntoView({ block: "center" });
