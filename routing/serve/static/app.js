// Nothing here is needed: every page works without it.
"use strict";
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
const faults = document.getElementById("faults");
if (faults) faults.focus();
const wrong = document.querySelector("[aria-invalid=true]");
if (wrong && !faults) wrong.focus();

// "No" and a danger exclude each other: the last one that is ticked stays.
for (const alone of document.querySelectorAll("[data-alone]")) {
  const boxes = [...alone.form.querySelectorAll(`[name="${alone.name}"][type=checkbox]`)];
  for (const box of boxes) {
    box.addEventListener("change", () => {
      if (!box.checked) return;
      for (const other of boxes) {
        if (other !== box && (box === alone || other === alone)) other.checked = false;
      }
    });
  }
}

// What is typed into a paper is kept as it is typed.
for (const form of document.querySelectorAll("form[data-keep]")) keepAsTyped(form);

function keepAsTyped(form) {
  const changed = new Set();
  const told = form.querySelector("[data-kept]");
  const shown = (key) => form.elements.namedItem(`shown.${key}`);
  let sent = Promise.resolve();
  let pause = 0;

  function body(keys) {
    const all = new FormData(form);
    const some = new URLSearchParams({ do: "keep" });
    for (const key of keys) {
      some.append(`shown.${key}`, "");
      for (const value of all.getAll(key)) some.append(key, value);
    }
    return some;
  }

  async function send(keys) {
    const said = body(keys);
    const keepalive = said.toString().length < 60000; // more is not sent once the page is left
    const answer = await fetch(form.action, { method: "POST", body: said, keepalive }).catch(() => null);
    if (answer && answer.ok) {
      for (const key of keys) if (!changed.has(key)) shown(key).value = "kept";
    } else {
      for (const key of keys) changed.add(key);
    }
    told.textContent = changed.size ? told.dataset.failed : told.dataset.done;
  }

  function keep() {
    clearTimeout(pause);
    const keys = [...changed];
    changed.clear();
    if (keys.length) sent = send(keys);
    return sent;
  }

  told.textContent = told.dataset.doing;
  form.addEventListener("input", (event) => {
    const mark = shown(event.target.name);
    if (!mark) return;
    mark.value = "";
    changed.add(event.target.name);
    clearTimeout(pause);
    pause = setTimeout(keep, 1000);
  });
  form.addEventListener("change", keep);
  form.addEventListener("submit", () => { clearTimeout(pause); changed.clear(); });
  window.addEventListener("pagehide", keep);
  for (const link of document.querySelectorAll("[data-file]")) {
    link.addEventListener("click", async (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      await keep();
      location.assign(link.href);
    });
  }
}

// A list of many choices is searched by word.
const search = document.querySelector("[data-search]");
if (search) {
  const groups = [...document.querySelectorAll("details.group")];
  search.hidden = false;
  search.querySelector("input").addEventListener("input", (event) => {
    const wanted = event.target.value.trim().toLowerCase();
    for (const group of groups) {
      const choices = [...group.querySelectorAll(".choice")];
      for (const choice of choices) {
        const said = `${choice.textContent} ${choice.dataset.words || ""}`.toLowerCase();
        choice.hidden = wanted !== "" && !said.includes(wanted) && !choice.querySelector("input").checked;
      }
      const found = choices.some((choice) => !choice.hidden);
      group.hidden = !found;
      group.open = wanted !== "" && found;
    }
  });
}
