// Nothing here is needed: every page works without it.
"use strict";
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
const faults = document.getElementById("faults");
if (faults) faults.focus();
