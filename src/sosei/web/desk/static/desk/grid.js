// 表の入力. <sosei-grid> around a real table of inputs (docs/dev/desk.md has the contract). Without scripts the table is a plain form.
//
// Arrows and Enter move as in Excel, a block copied there is pasted over the cells, Ctrl+Z takes the paste back.
// What a cell means (full width, 千円, a total row) is the server's to say: the text is left as it was copied.

const FIELDS = "input:not([type=hidden], [type=checkbox], [type=radio]), select, textarea";

/** Split what Excel puts on the clipboard: tabs, line ends, "quoted cells" with "" inside. */
export function cells(text) {
  const rows = [[""]];
  const put = (ch) => { const row = rows.at(-1); row[row.length - 1] += ch; };
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const ch = text[at];
    if (quoted) {
      if (ch !== '"') put(ch);
      else if (text[at + 1] === '"') { put(ch); at += 1; }
      else quoted = false;
    } else if (ch === '"' && rows.at(-1).at(-1) === "" && closes(text, at)) quoted = true;
    else if (ch === "\t") rows.at(-1).push("");
    else if (ch === "\n" || ch === "\r") {
      if (ch === "\r" && text[at + 1] === "\n") at += 1;
      rows.push([""]);
    } else put(ch);
  }
  while (rows.length > 1 && rows.at(-1).every((cell) => cell === "")) rows.pop();
  return rows.map((row) => row.map((cell) => cell.replace(/\s*[\r\n]+\s*/g, " ").trim()));
}

/** Whether the quote at a place begins a quoted cell: its end must be followed by a tab, a line end or nothing. */
function closes(text, at) {
  return /^"(?:[^"]|"")*"(?=[\t\r\n]|$)/.test(text.slice(at));
}

class Grid extends HTMLElement {
  #undo = null;
  #before = new WeakMap();

  connectedCallback() {
    this.addEventListener("keydown", (event) => this.#key(event));
    this.addEventListener("paste", (event) => this.#paste(event));
    this.addEventListener("input", (event) => this.#typed(event.target));
    this.addEventListener("change", (event) => this.#typed(event.target));
    this.addEventListener("focusin", (event) => this.#entered(event.target));
    this.closest("form")?.addEventListener("submit", () => this.#leaving(false));
    window.addEventListener("pageshow", () => this.#count());
  }

  get #rows() {
    return [...this.querySelectorAll("tbody tr")]
      .map((row) => [...row.querySelectorAll(FIELDS)].filter((field) => !field.disabled && !field.readOnly))
      .filter((fields) => fields.length > 0);
  }

  #find(field) {
    const rows = this.#rows;
    const row = rows.findIndex((fields) => fields.includes(field));
    return { rows, row, column: row < 0 ? -1 : rows[row].indexOf(field) };
  }

  #key(event) {
    // While Japanese is being converted, Enter and the arrows belong to the conversion (229: Safari).
    if (event.isComposing || event.keyCode === 229 || !event.target.matches(FIELDS)) return;
    const done = this.#does(event);
    if (done) event.preventDefault();
  }

  #does(event) {
    const { key, target } = event;
    if (key.toLowerCase() === "z" && !event.shiftKey && (event.ctrlKey || event.metaKey) && this.#undo) return this.#takeBack();
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    if (key === "Enter" && !target.matches("textarea")) return this.#move(target, event.shiftKey ? -1 : 1, 0) || true;
    if (key === "Escape") return this.#restore(target);
    if (key === "F2") { target.setSelectionRange?.(target.value.length, target.value.length); return true; }
    if (!target.matches("input")) return false;
    if (key === "ArrowUp") return this.#move(target, -1, 0);
    if (key === "ArrowDown") return this.#move(target, 1, 0);
    if (key === "ArrowLeft") return this.#atEdge(target, 0, event) && this.#move(target, 0, -1);
    if (key === "ArrowRight") return this.#atEdge(target, target.value.length, event) && this.#move(target, 0, 1);
    return false;
  }

  /** Left and right leave a cell from its edge, or while all of it is chosen; inside the text they move the caret. */
  #atEdge(field, edge, event) {
    if (event.shiftKey) return false;
    const { selectionStart: from, selectionEnd: to, value } = field;
    return (from === 0 && to === value.length) || (from === to && from === edge);
  }

  #move(field, down, right) {
    const { rows, row, column } = this.#find(field);
    if (row < 0) return false;
    const next = rows[row + down]?.[right ? column + right : Math.min(column, rows[row + down].length - 1)];
    if (!next) return false;
    next.focus();
    next.select?.();
    return true;
  }

  #entered(field) {
    if (field.matches?.(FIELDS)) this.#before.set(field, field.value);
  }

  #restore(field) {
    const was = this.#before.get(field);
    if (was === undefined || was === field.value) return false;
    field.value = was;
    field.select?.();
    this.#typed(field);
    return true;
  }

  #paste(event) {
    const field = event.target;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!field.matches?.(FIELDS) || field.matches("textarea")) return;
    const block = cells(text);
    if (block.length === 1 && block[0].length === 1) return;
    event.preventDefault();
    this.#fill(field, block);
  }

  /** Lay a block over the cells from a field on; rows that no row is left for go to the server as they are. */
  #fill(field, block) {
    const { rows, row, column } = this.#find(field);
    const undo = [];
    const extra = [];
    let wide = 0;
    block.forEach((line, down) => {
      const fields = rows[row + down]?.slice(column);
      if (!fields) { extra.push(line.join("\t")); return; }
      wide += Math.max(0, line.length - fields.length);
      line.slice(0, fields.length).forEach((value, right) => {
        undo.push([fields[right], fields[right].value]);
        this.#set(fields[right], value);
      });
    });
    this.#keep(extra);
    this.#undo = undo;
    this.#say(block, extra, wide);
  }

  #set(field, value) {
    if (field.matches("select")) {
      const option = [...field.options].find((one) => one.value === value || one.text.trim() === value);
      if (option) field.value = option.value;
    } else field.value = value;
    this.#mark(field);
    field.dispatchEvent(new CustomEvent("sosei-pasted", { bubbles: true }));
  }

  #keep(lines) {
    const box = this.closest("form")?.querySelector("[data-grid-extra]");
    if (box) box.value = lines.join("\n");
  }

  #takeBack() {
    for (const [field, value] of this.#undo) { field.value = value; this.#mark(field); }
    this.#keep([]);
    this.#undo = null;
    this.#status(this.dataset.saidUndone ?? "貼り付けを取り消しました。");
    this.#count();
    return true;
  }

  #say(block, extra, wide) {
    const placed = block.slice(0, block.length - extra.length);
    const facts = { rows: placed.length, columns: Math.max(...placed.map((line) => line.length)), extra: extra.length, wide };
    const said = [this.dataset.saidPasted ?? "{rows}行×{columns}列を貼り付けました。元に戻すには Ctrl+Z を押してください。"];
    if (extra.length) said.push(this.dataset.saidExtra ?? "はみ出した{extra}行は、保存するときに合計の行かどうかを確かめます。");
    if (wide) said.push(this.dataset.saidWide ?? "右にはみ出した{wide}個の欄は、貼り付けていません。");
    this.#status(said.join("").replace(/\{(\w+)\}/g, (_, name) => facts[name]));
    this.#count();
  }

  #status(text) {
    const place = this.querySelector("[data-grid-status]");
    if (place) place.textContent = text;
  }

  #typed(field) {
    if (!field.matches?.(FIELDS)) return;
    this.#undo = null;
    this.#mark(field);
    this.#count();
  }

  #mark(field) {
    field.closest("td")?.classList.toggle("is-changed", changed(field));
  }

  #count() {
    const fields = this.#rows.flat();
    fields.forEach((field) => this.#mark(field));
    const number = fields.filter(changed).length;
    const place = this.querySelector("[data-grid-count]");
    if (place) place.textContent = number ? (this.dataset.saidCount ?? "{n}か所を変えました").replace("{n}", number) : "";
    this.#leaving(number > 0);
  }

  #warn = (event) => event.preventDefault();

  /** Ask before leaving while something is not saved. */
  #leaving(ask) {
    window.removeEventListener("beforeunload", this.#warn);
    if (ask) window.addEventListener("beforeunload", this.#warn);
  }
}

/** Whether a field holds something else than the page came with. */
function changed(field) {
  if (!field.matches("select")) return field.value !== field.defaultValue;
  const first = [...field.options].find((option) => option.defaultSelected) ?? field.options[0];
  return first !== undefined && field.value !== first.value;
}

customElements.define("sosei-grid", Grid);
