// Whoever leaves a form that saves something, in which something was written or chosen and is not sent, is asked first.
// A search or a filter (get) saves nothing, and whoever signs in loses nothing.

const OF_SIGNING_IN = /\b(username|email|current-password|new-password|one-time-code)\b/;

const isChanged = (box) => {
  if (box.type === "hidden" || !box.matches("input, select, textarea")) return false;
  if (box.type === "password" || OF_SIGNING_IN.test(box.autocomplete)) return false;
  if (box.type === "checkbox" || box.type === "radio") return box.checked !== box.defaultChecked;
  if (box.options) {
    const first = [...box.options].findIndex((one) => one.defaultSelected);
    return box.selectedIndex !== Math.max(0, first);
  }
  return box.value !== box.defaultValue;
};

const isFilled = (box) => {
  if (box.type === "hidden" || !box.matches("input, select, textarea")) return false;
  if (box.type === "password" || OF_SIGNING_IN.test(box.autocomplete)) return false;
  return box.type === "checkbox" || box.type === "radio" ? box.checked : Boolean(box.value);
};

/** Whether the page shows again what was sent and not kept. */
const cameBack = (form) => form.matches("[data-unsent]") || form.querySelector(".govuk-error-message");

/** Let the browser ask before the page is left, while a form holds what is not saved. */
export function askBeforeLeaving() {
  const sent = new Set();
  const isUnsaved = (form) => {
    const boxes = [...form.elements];
    if (sent.has(form)) return false;
    if (boxes.some((box) => box.type === "textarea")) {
      const hasWords = boxes.some((box) => box.type === "textarea" && box.value);
      if (hasWords && document.querySelector(".govuk-error-summary")) return true;
    } else if (sent.size) {
      return false; // whoever presses another button of the page has chosen that instead
    }
    return boxes.some(isChanged) || (cameBack(form) && boxes.some(isFilled));
  };
  addEventListener("submit", (event) => sent.add(event.target));
  addEventListener("pageshow", () => sent.clear());
  addEventListener("beforeunload", (event) => {
    if ([...document.forms].some((form) => form.method === "post" && isUnsaved(form))) {
      event.preventDefault();
      event.returnValue = true; // for browsers of some years ago
    }
  });
}
