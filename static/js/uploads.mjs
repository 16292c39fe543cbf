// The upload page shows how far it is; the sorting page refreshes itself when the checks are done.

/** Send the upload form in the background and show its progress; `startComponents` wakes a page that came back. */
export function showUploadProgress(startComponents) {
  const form = document.querySelector("[data-upload]");
  const progress = document.querySelector("[data-upload-progress]");
  if (!form || !progress) return;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const request = new XMLHttpRequest();
    progress.hidden = false;
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      const percent = Math.round((100 * loaded) / total);
      progress.querySelector("progress").value = percent;
      progress.querySelector("output").textContent = `${percent}% sent`;
    });
    request.addEventListener("load", () => {
      if (request.responseURL && request.responseURL !== window.location.href) {
        window.location.assign(request.responseURL);
      } else {
        const answer = new DOMParser().parseFromString(request.responseText, "text/html");
        document.querySelector("main").replaceWith(answer.querySelector("main"));
        document.title = answer.title;
        startComponents();
        showUploadProgress(startComponents);
      }
    });
    request.addEventListener("error", () => form.submit());
    request.open("POST", form.action);
    request.send(new FormData(form));
  });
}

/** Ask every two seconds whether the files are checked. Then show the page again, or say so where that would lose what
 * was typed meanwhile. */
export function followChecks() {
  const waiting = document.querySelector("[data-checks]");
  if (!waiting) return;
  let isTouched = false;
  document.querySelector("main").addEventListener("input", () => {
    isTouched = true;
  });
  const ask = async () => {
    const answer = await fetch(waiting.dataset.checks);
    const { being_checked: left } = await answer.json();
    showHowFar(waiting, left);
    if (left > 0) setTimeout(ask, 2000);
    else if (isTouched) waiting.querySelector("p").textContent = waiting.dataset.checked;
    else window.location.reload();
  };
  setTimeout(ask, 1500);
}

/** Say how many of the files on the page are checked, when so many are left. */
function showHowFar(waiting, left) {
  const progress = waiting.querySelector("progress");
  progress.value = progress.max - left;
  waiting.querySelector("output").textContent = `${progress.value} of ${progress.max} files checked`;
}
