// A button beside a box copies what is in it; without scripts the box is there to be selected.

/** Show each copy button and let it say, also to screen readers, that it is done. */
export function offerToCopy() {
  for (const button of document.querySelectorAll("[data-copy]")) {
    const box = document.getElementById(button.dataset.copy);
    const said = document.getElementById(button.getAttribute("aria-describedby"));
    button.parentElement.hidden = false; // the button alone would show: its own style wins over "hidden"
    button.addEventListener("click", async () => {
      box.select();
      said.textContent = (await copied(box)) ? "Copied." : "Your browser did not copy it. The address is selected: copy it from there.";
    });
  }
}

async function copied(box) {
  try {
    await navigator.clipboard.writeText(box.value);
    return true;
  } catch {
    return false;
  }
}
