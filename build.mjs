// Compiles the styles and scripts into static/build, draws the icons of a phone's first screen, copies the pictures of
// help, and says in a web app manifest what a phone keeps: each with a fingerprint in its name. manifest.json lists
// these names.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";

const out = "static/build";
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const manifest = {};

function put(name, content) {
  const mark = createHash("sha256").update(content).digest("hex").slice(0, 8);
  manifest[name] = name.replace(/(?=\.[a-z]+$)/, `-${mark}`);
  writeFileSync(`${out}/${manifest[name]}`, content);
}

const styles = sass.compile("static/scss/portal.scss", {
  loadPaths: ["node_modules/govuk-frontend/dist"],
  style: "compressed",
  quietDeps: true,
});
put("portal.css", styles.css);

const scripts = await esbuild.build({
  entryPoints: ["static/js/portal.mjs"],
  bundle: true,
  minify: true,
  format: "esm",
  outdir: out,
  entryNames: "[name]-[hash]",
  metafile: true,
});
for (const file of Object.keys(scripts.metafile.outputs)) manifest["portal.js"] = basename(file);

const python = existsSync(".venv/bin/python") ? ".venv/bin/python" : "python3";
execFileSync(python, ["tools/icons.py", out]);
for (const file of readdirSync(out).filter((name) => name.startsWith("icon-"))) {
  const drawn = readFileSync(`${out}/${file}`);
  rmSync(`${out}/${file}`);
  put(file, drawn);
}

for (const file of readdirSync("static/pictures")) put(file, readFileSync(`static/pictures/${file}`)); // those of help

// As a browser's page with its buttons where it can be, as there is no other way back, and emailed links open in it.
const colour = (name) => readFileSync("static/scss/_tokens.scss", "utf8").match(new RegExp(`--portal-${name}: (#\\w+)`))[1];
const icon = (size, purpose) => ({ src: manifest[`icon-${size}.png`], sizes: `${size}x${size}`, type: "image/png", purpose });
put(
  "portal.webmanifest",
  JSON.stringify({
    name: "Carer Rep Portal",
    short_name: "Carer Rep",
    lang: "en-GB",
    id: "/",
    start_url: "/",
    scope: "/",
    display: "minimal-ui",
    theme_color: colour("brand"),
    background_color: colour("page"),
    icons: [icon(192, "any"), icon(512, "any"), icon(512, "maskable")],
  }),
);

for (const file of readdirSync(out).filter((name) => !/\.(png|webp)$/.test(name))) {
  writeFileSync(`${out}/${file}.gz`, gzipSync(readFileSync(`${out}/${file}`), { level: 9 }));
}
writeFileSync(`${out}/manifest.json`, JSON.stringify(manifest));
