// 読み取り. Pointing at a figure marks its box on the page's picture, and the other way round; without scripts, choosing one does.
const items = new Map();
const marks = new Map();
for (const item of document.querySelectorAll("[data-item]")) {
  const id = item.dataset.item;
  items.set(id, [...(items.get(id) ?? []), item]);
}
for (const mark of document.querySelectorAll("[data-items]")) {
  for (const id of mark.dataset.items.split(" ")) marks.set(id, [...(marks.get(id) ?? []), mark]);
}
const frame = document.querySelector(".sheet-frame");

function all(ids) {
  return ids.flatMap((id) => [...(items.get(id) ?? []), ...(marks.get(id) ?? [])]);
}

function show(ids, on) {
  for (const one of all(ids)) one.classList.toggle("is-pointed", on);
}

// Only the picture's own frame is scrolled: the page stays where the eye is.
function reveal(mark) {
  const box = mark.getBoundingClientRect();
  const view = frame.getBoundingClientRect();
  if (box.top < view.top || box.bottom > view.bottom) frame.scrollTop += box.top - view.top - view.height / 3;
  if (box.left < view.left || box.right > view.right) frame.scrollLeft += box.left - view.left - view.width / 3;
}

function watch(node, ids, then) {
  for (const kind of ["pointerenter", "focusin"]) node.addEventListener(kind, () => { show(ids, true); then(); });
  for (const kind of ["pointerleave", "focusout"]) node.addEventListener(kind, () => show(ids, false));
}

for (const [id, nodes] of items) {
  for (const node of nodes) watch(node, [id], () => { const mark = marks.get(id)?.[0]; if (mark && frame) reveal(mark); });
}
for (const mark of new Set([...marks.values()].flat())) {
  const ids = mark.dataset.items.split(" ");
  watch(mark, ids, () => document.getElementById(ids[0])?.scrollIntoView({ block: "nearest" }));
}
const chosen = document.querySelector(".mark.is-chosen");
if (chosen && frame) reveal(chosen);
