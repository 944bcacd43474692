// 取込み. How many changes are ticked stands on the button; without scripts the button says so in words.
const form = document.querySelector("form.changes");
const words = form?.querySelector("[data-apply-count]");
const boxes = form ? [...form.querySelectorAll("input[name=take]")] : [];

function count() {
  const ticked = boxes.filter((box) => box.checked).length;
  words.textContent = words.dataset.said.replace("{n}", ticked.toLocaleString());
}

if (words && boxes.length > 0) {
  form.addEventListener("change", count);
  window.addEventListener("pageshow", count);
  count();
}
