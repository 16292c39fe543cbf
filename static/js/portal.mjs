// Everything here only adds: each page works without it.
import { Button, CharacterCount, ErrorSummary, FileUpload, PasswordInput, SkipLink, createAll } from "govuk-frontend";
import { offerToCopy } from "./copy.mjs";
import { offerPasskeys } from "./passkeys.mjs";
import { askBeforeLeaving } from "./unsaved.mjs";
import { followChecks, showUploadProgress } from "./uploads.mjs";

function startComponents() {
  for (const component of [Button, CharacterCount, ErrorSummary, FileUpload, PasswordInput, SkipLink]) {
    createAll(component);
  }
}

startComponents();
showUploadProgress(startComponents);
followChecks();
offerToCopy();
offerPasskeys();
askBeforeLeaving();

// A browser that jumps to a place on the page takes the focus away again; what was just done is to be read first.
addEventListener("load", () => document.querySelector("main [autofocus]")?.focus());
