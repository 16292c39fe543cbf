// Compiles the styles and scripts into static/build, each with a fingerprint in its name, and a manifest.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";

const out = "static/build";
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const manifest = {};

const styles = sass.compile("static/scss/portal.scss", {
  loadPaths: ["node_modules/govuk-frontend/dist"],
  style: "compressed",
  quietDeps: true,
});
const mark = createHash("sha256").update(styles.css).digest("hex").slice(0, 8);
manifest["portal.css"] = `portal-${mark}.css`;
writeFileSync(`${out}/portal-${mark}.css`, styles.css);

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
for (const file of readdirSync(out)) writeFileSync(`${out}/${file}.gz`, gzipSync(readFileSync(`${out}/${file}`), { level: 9 }));
writeFileSync(`${out}/manifest.json`, JSON.stringify(manifest));
