// One entry for each island: every folder of src with a main.ts.
import { existsSync, readdirSync } from "node:fs";
import { defineConfig } from "vite";

const SOURCES = new URL("src/", import.meta.url);

function islands() {
  const names = readdirSync(SOURCES).filter((name) => existsSync(new URL(`${name}/main.ts`, SOURCES)));
  return Object.fromEntries(names.map((name) => [name, `src/${name}/main.ts`]));
}

export default defineConfig({
  base: "/static/built/",
  publicDir: false,
  build: {
    outDir: "../server/static/built",
    emptyOutDir: true,
    assetsDir: "",
    // The pages allow neither data: addresses nor styles in the document.
    assetsInlineLimit: 0,
    target: "es2022",
    modulePreload: { polyfill: false },
    manifest: "manifest.json",
    license: { fileName: "THIRD_PARTY.txt" },
    // Apart from its islands, the graph and the charts are as large as they are and loaded only when chosen.
    chunkSizeWarningLimit: 700,
    rolldownOptions: { input: islands() },
  },
});
