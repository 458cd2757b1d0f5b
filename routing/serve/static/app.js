// Nothing here is needed: every page works without it.
"use strict";
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
const faults = document.getElementById("faults");
if (faults) faults.focus();
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
