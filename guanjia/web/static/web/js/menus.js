// Menus are native details; they close on Esc, on a click elsewhere and when another one opens.
const open = () => document.querySelectorAll("details.pops[open]");

document.addEventListener("click", (event) => {
  open().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  open().forEach((menu) => { menu.open = false; menu.querySelector("summary")?.focus(); event.stopPropagation(); });
}, true);

// Arrow keys inside a floor stack or a slot map.
document.addEventListener("keydown", (event) => {
  const grid = event.target.closest?.("[data-grid]");
  if (!grid || !event.key.startsWith("Arrow") || event.isComposing) return;
  const here = event.target.getBoundingClientRect();
  const [x, y] = [here.left + here.width / 2, here.top + here.height / 2];
  const side = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  let best = null;
  let near = Infinity;
  grid.querySelectorAll("a").forEach((one) => {
    const box = one.getBoundingClientRect();
    const [dx, dy] = [box.left + box.width / 2 - x, box.top + box.height / 2 - y];
    const along = dx * side[0] + dy * side[1];
    const across = Math.abs(dx * side[1]) + Math.abs(dy * side[0]);
    if (along > 4 && along + across * 3 < near) { near = along + across * 3; best = one; }
  });
  if (best) { event.preventDefault(); best.focus(); }
});
