// Rows whose fieldset is marked `rows-ordered` can be dragged, or moved by their arrow buttons. The order is written into
// the field "position" of each row, which people without this script fill in by hand.
(() => {
  "use strict";
  const rowsOf = (box) => [...box.querySelectorAll(":scope .inline-related:not(.empty-form)")];

  function number(box) {
    rowsOf(box).forEach((row, index) => {
      const field = row.querySelector('input[name$="-position"]');
      if (field) field.value = index + 1;
    });
  }

  function move(box, row, step) {
    const rows = rowsOf(box);
    const other = rows[rows.indexOf(row) + step];
    if (!other) return;
    if (step < 0) other.before(row);
    else other.after(row);
    number(box);
  }

  function equip(box, row, words) {
    const head = row.querySelector("h3");
    if (!head || row.classList.contains("empty-form") || head.querySelector(".order-handle")) return;
    const handle = document.createElement("span");
    handle.className = "order-handle";
    for (const [step, sign, word] of [[-1, "↑", words.up], [1, "↓", words.down]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = sign;
      button.setAttribute("aria-label", word);
      button.title = word;
      button.addEventListener("click", () => { move(box, row, step); button.focus(); });
      handle.append(button);
    }
    head.prepend(handle);
    head.draggable = true;
    head.addEventListener("dragstart", (event) => {
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", row.id);
      row.classList.add("is-dragged");
    });
    head.addEventListener("dragend", () => {
      row.classList.remove("is-dragged");
      rowsOf(box).forEach((each) => each.classList.remove("is-target"));
    });
    row.addEventListener("dragover", (event) => {
      const dragged = box.querySelector(".is-dragged");
      if (!dragged || dragged === row) return;
      event.preventDefault();
      row.classList.add("is-target");
    });
    row.addEventListener("dragleave", () => row.classList.remove("is-target"));
    row.addEventListener("drop", (event) => {
      const dragged = box.querySelector(".is-dragged");
      if (!dragged || dragged === row) return;
      event.preventDefault();
      const rows = rowsOf(box);
      if (rows.indexOf(dragged) < rows.indexOf(row)) row.after(dragged);
      else row.before(dragged);
      number(box);
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("fieldset.rows-ordered").forEach((box) => {
      const group = box.closest("[data-inline-formset]");
      const words = {
        up: window.gettext ? gettext("Move up") : "↑",
        down: window.gettext ? gettext("Move down") : "↓",
      };
      rowsOf(box).forEach((row) => equip(box, row, words));
      document.addEventListener("formset:added", (event) => {
        if (!group || !group.contains(event.target)) return;
        equip(box, event.target, words);
        number(box);
      });
    });
  });
})();
