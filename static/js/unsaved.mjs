// Whoever leaves a page with words that they wrote in a long box, and have not sent, is asked first.

/** Let the browser ask before the page is left, while a long box of a form holds words that are not saved. */
export function askBeforeLeaving() {
  const sent = new Set();
  const isUnsaved = (box) => {
    const wasRefused = document.querySelector(".govuk-error-summary") && box.value;
    return !sent.has(box.form) && (box.value !== box.defaultValue || wasRefused);
  };
  addEventListener("submit", (event) => sent.add(event.target));
  addEventListener("pageshow", () => sent.clear());
  addEventListener("beforeunload", (event) => {
    if ([...document.querySelectorAll("textarea")].some((box) => box.form?.method === "post" && isUnsaved(box))) {
      event.preventDefault();
      event.returnValue = true; // for browsers of some years ago
    }
  });
}
