"use strict";
// Narrows the list to the papers that have every word of the search box, without case and accents.
const box = document.querySelector("input");
const count = document.querySelector("output");
const papers = Array.from(document.querySelectorAll("article"));
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
let texts;

function narrow() {
  texts ??= papers.map((paper) => fold(paper.textContent));
  const words = fold(box.value).split(/\s+/).filter(Boolean);
  let shown = 0;
  papers.forEach((paper, place) => {
    const matches = words.every((word) => texts[place].includes(word));
    if (paper.hidden === matches) paper.hidden = !matches;
    shown += matches;
  });
  count.textContent = `${shown} of ${papers.length}`;
}

box.addEventListener("input", narrow);
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/" && document.activeElement !== box) {
    event.preventDefault();
    box.focus();
    box.select();
  } else if (event.key === "Escape" && document.activeElement === box) {
    box.value = "";
    narrow();
    box.blur();
  }
});
document.querySelector("[role=search]").hidden = false;
if (box.value) narrow(); // a browser may keep what was typed when the page is loaded again
