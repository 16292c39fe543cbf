// Whoever leaves a form with a long box in which something was written or chosen, and is not sent, is asked first.

const isChanged = (box) => {
  if (box.type === "hidden" || !box.matches("input, select, textarea")) return false;
  if (box.type === "checkbox" || box.type === "radio") return box.checked !== box.defaultChecked;
  if (box.options) {
    const first = [...box.options].findIndex((one) => one.defaultSelected);
    return box.selectedIndex !== Math.max(0, first);
  }
  return box.value !== box.defaultValue;
};

/** Let the browser ask before the page is left, while a form with a long box holds what is not saved. */
export function askBeforeLeaving() {
  const sent = new Set();
  const isUnsaved = (form) => {
    const boxes = [...form.elements];
    const isFilled = boxes.some((box) => box.type === "textarea" && box.value);
    const wasRefused = isFilled && document.querySelector(".govuk-error-summary");
    return !sent.has(form) && (wasRefused || boxes.some(isChanged));
  };
  addEventListener("submit", (event) => sent.add(event.target));
  addEventListener("pageshow", () => sent.clear());
  addEventListener("beforeunload", (event) => {
    const forms = new Set([...document.querySelectorAll("textarea")].map((box) => box.form));
    if ([...forms].some((form) => form?.method === "post" && isUnsaved(form))) {
      event.preventDefault();
      event.returnValue = true; // for browsers of some years ago
    }
  });
}
