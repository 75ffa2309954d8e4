// A long list to tick from is searched by typing. What is ticked stays in sight; Enter ticks the first that fits.
import { onFresh } from "./say.js";

function start(list) {
  if (list.dataset.ready) return;
  list.dataset.ready = "1";
  const box = document.createElement("div");
  const find = document.createElement("input");
  const room = document.createElement("div");
  const chosen = document.createElement("p");
  box.className = "choices-box";
  room.className = "choices-room";
  chosen.className = "choices-chosen";
  find.type = "search";
  find.autocomplete = "off";
  find.placeholder = list.dataset.find;
  find.setAttribute("aria-label", list.dataset.find);
  list.before(box);
  room.append(list);
  box.append(find, room, chosen);
  const rows = [];
  const groups = [];  // a heading goes where all of its rows went; its words find them
  for (const row of list.children) {
    const tick = row.querySelector("input");
    if (!tick) { groups.push({ row, rows: [] }); continue; }
    const group = groups[groups.length - 1];
    const one = { row, tick, words: `${group ? group.row.textContent : ""} ${row.textContent}`.trim().toLowerCase() };
    rows.push(one);
    if (group) group.rows.push(one);
  }
  const draw = () => {
    const query = find.value.trim().toLowerCase();
    for (const one of rows) one.row.hidden = !(one.tick.checked || one.words.includes(query));
    for (const group of groups) group.row.hidden = group.rows.every((one) => one.row.hidden);
    chosen.textContent = rows.filter((one) => one.tick.checked).map((one) => one.row.textContent.trim()).join("、");
    chosen.hidden = !chosen.textContent;
  };
  find.addEventListener("input", (event) => { event.stopPropagation(); if (!event.isComposing) draw(); });
  find.addEventListener("compositionend", draw);
  find.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.key !== "Enter" || event.ctrlKey) return;
    event.preventDefault();
    const query = find.value.trim().toLowerCase();
    const first = query && rows.find((one) => one.tick.type === "checkbox" && !one.tick.checked && !one.tick.disabled && one.words.includes(query));
    if (!first) return;
    find.value = "";
    first.tick.click();
  });
  list.addEventListener("change", draw);
  list.addEventListener("guanjia:filled", draw);
  draw();
}
onFresh((root) => root.querySelectorAll(".choices[data-find]").forEach(start));
