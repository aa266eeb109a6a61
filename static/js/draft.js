/* What somebody types survives a lost connection, a closed window and an expired page: in this browser only.
 *
 * Kept are words, choices and the drawn place, never names, e-mail addresses, photos or tokens. The draft goes once the
 * text has arrived (the receipt says so with data-draft-done, or a message of success follows the sending), or after 14 days.
 */
(function () {
  "use strict";

  const PREFIX = "draft:";
  const SENT = "draft-sent";
  const DAYS = 14;
  const SKIPPED = ["csrfmiddlewaretoken", "submission_key", "author_name", "email", "website", "parent", "place-kind"];

  document.addEventListener("DOMContentLoaded", () => {
    try {
      arrived();
      document.querySelectorAll("form[data-draft]").forEach(start);
    } catch {
      // No storage (private window, switched off): the form works as without this script.
    }
  });

  /* The page after sending: the text has arrived, unless its form came back with messages. */
  function arrived() {
    const sent = sessionStorage.getItem(SENT);
    if (!sent) return;
    sessionStorage.removeItem(SENT);
    const back = [...document.querySelectorAll("form[data-draft-keep]")].some((form) => PREFIX + form.dataset.draft === sent);
    const done = document.querySelector("[data-draft-done]") || document.querySelector("main .messages .notice-info");
    if (done && !back) localStorage.removeItem(sent);
  }

  function start(form) {
    const key = PREFIX + form.dataset.draft;
    const fields = [...form.elements].filter(kept);
    const fresh = submission(form) && submission(form).value;
    const untouched = values(fields);
    if (!("draftKeep" in form.dataset)) restore(form, key, fields, untouched);
    let timer = 0;
    form.addEventListener("input", () => {
      if (submission(form)) submission(form).value = fresh; // changed words are a new submission
      clearTimeout(timer);
      timer = setTimeout(() => save(form, key, fields), 400);
    });
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      save(form, key, fields, true);
      sessionStorage.setItem(SENT, key);
    });
  }

  function kept(field) {
    return field.name && !SKIPPED.includes(field.name) && !["file", "submit", "button", "password"].includes(field.type) && !field.name.startsWith("photos-");
  }

  function submission(form) {
    return form.elements.namedItem("submission_key");
  }

  function values(fields) {
    const found = {};
    fields.forEach((field) => {
      if (field.type !== "radio" && field.type !== "checkbox") found[field.name] = field.value;
      else if (field.checked) found[field.name] = field.value;
    });
    return found;
  }

  function save(form, key, fields, sending) {
    const text = form.elements.namedItem("text");
    if (text && !text.value.trim()) return localStorage.removeItem(key);
    const draft = { at: Date.now(), values: values(fields) };
    if (sending && submission(form)) draft.submission = submission(form).value;
    localStorage.setItem(key, JSON.stringify(draft));
  }

  /* Only into a form in which nothing stands yet: what the server gave back is newer. */
  function restore(form, key, fields, untouched) {
    const draft = JSON.parse(localStorage.getItem(key) || "null");
    if (!draft) return;
    if (Date.now() - draft.at > DAYS * 86400000) return localStorage.removeItem(key);
    const text = form.elements.namedItem("text");
    if (text && text.value.trim() && text.value !== text.defaultValue) return;
    if (text && text.defaultValue.trim() && draft.values.text === text.defaultValue) return;
    put(fields, draft.values);
    // Sent before, but no answer came: the same key, so that the text cannot be stored twice.
    if (draft.submission && submission(form)) submission(form).value = draft.submission;
    const note = form.querySelector("[data-draft-note]");
    if (!note) return;
    note.hidden = false;
    note.querySelector("[data-draft-discard]").addEventListener("click", () => {
      localStorage.removeItem(key);
      put(fields, untouched);
      note.hidden = true;
      text.focus();
    });
  }

  function put(fields, wanted) {
    fields.forEach((field) => {
      if (field.type === "radio" || field.type === "checkbox") field.checked = wanted[field.name] === field.value;
      else if (field.name in wanted) field.value = wanted[field.name];
      if (field.type === "hidden") field.dispatchEvent(new Event("change"));
    });
    fields.filter((field) => field.type !== "hidden").forEach((field) => field.closest("details") && field.value !== field.defaultValue && (field.closest("details").open = true));
  }
})();
