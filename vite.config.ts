/** How the browser client is built, for build.ts and dev.ts. It knows the entries and no more. */
import fs from "node:fs";
import type { InlineConfig, Plugin } from "vite";
import { type BuiltFile, shareNames } from "./client_names.ts";

const CHAT = "client.ts";
/** Shows the HTTP interface: kept apart from all else, since it is larger than all else. */
export const API_DOCS = "api_docs.ts";

/**
 * What pages ask for: the chat's script with its styles, the settings' with theirs, and the styles of
 * pages without script.
 */
export const ENTRIES = [
  CHAT,
  API_DOCS,
  "settings.ts",
  "lib/ui/styles/admin.css",
  "passkeys.ts",
  "watch.ts",
  "lib/ui/styles/auth.css",
  "lib/ui/styles/files.css",
  "lib/ui/styles/emoji_page.css",
  "lib/ui/styles/later.css",
  "lib/ui/styles/saved.css",
  "lib/ui/styles/settings.css",
  "lib/ui/styles/text.css",
];

/** What the build depends on; files and folders that are not there count as empty. */
export const INPUTS = [
  ...ENTRIES,
  "islands",
  "lib/ui",
  "lib/client",
  "lib/protocol",
  "build.ts",
  "client_names.ts",
  "emoji_tables.ts",
  "vite.config.ts",
  "deno.lock",
];

/**
 * `import()` as the browser has it. Vite wraps each so that what the part imports is fetched beside
 * it; here all of that is in the page already, and the wrapping is half a kilobyte.
 */
const plainImports: Plugin = {
  name: "plain-imports",
  apply: "build",
  configResolved({ plugins }) {
    const wraps = plugins.findIndex(({ name }) => name === "native:import-analysis-build");
    if (wraps < 0) throw new Error("Vite wraps imports in another way now: see plainImports.");
    (plugins as Plugin[]).splice(wraps, 1); // read-only to most, but this is the moment to change them
  },
};

/** See client_names.ts. Last: by then all scripts are as short as they get by themselves. */
const ownNames: Plugin = {
  name: "own-names",
  enforce: "post",
  augmentChunkHash: () => "own-names-1", // a browser may keep a file of before by the same name
  generateBundle(_, bundle) {
    const files: BuiltFile[] = Object.values(bundle);
    const chat = files.find((file) => (file as { name?: string }).name === "client" && file.code);
    if (chat) shareNames(chat as Required<BuiltFile>, files);
  },
};

/** What the modules export whose tables of emoji the build makes. */
const TABLES = { base: "BASE_TABLE", ru: "RUSSIAN_TABLE" } as const;

/** Puts the tables of emoji in the place of the empty ones that the server has. */
function emojiTables(root: string): Plugin {
  const folder = `${root.replace(/\/$/, "")}/lib/ui/emoji/`;
  return {
    name: "emoji-tables",
    enforce: "pre",
    async load(id) {
      for (const kind of ["base", "ru"] as const) {
        if (id !== `${folder}table_${kind}.ts`) continue;
        const { makeEmojiTable } = await import("./emoji_tables.ts");
        const table = JSON.stringify(await makeEmojiTable(kind));
        return { code: `export const ${TABLES[kind]} = ${table};`, moduleType: "js" };
      }
      return null;
    },
  };
}

export function viteConfig(root: string): InlineConfig {
  return {
    root,
    configFile: false,
    envDir: false, // no .env file finds its way into the browser
    publicDir: false, // static/ is served by the server itself
    cacheDir: "node_modules/.vite",
    appType: "custom",
    resolve: {
      // A browser loads the language that it shows, and what shows markup and files where there are
      // some; the server has all of it, and renders once what is the same for many.
      alias: [
        ["words", "catalogue/words_on_demand"],
        ["at_hand", "text/on_demand"],
        ["kept_items", "conversation/items_in_browser"],
        ["kept_composer", "conversation/composer_in_browser"],
        ["kept_links", "sidebar/links_in_browser"],
        ["shown", "files/shown_on_demand"],
        ["pdf_reader", "files/pdf_reader_on_demand"],
      ].map(([name, instead]) => ({
        find: new RegExp(`^\\.{1,2}/(?:\\w+/)*${name}\\.ts$`),
        replacement: `${root.replace(/\/$/, "")}/lib/ui/${instead}.ts`,
      })),
    },
    plugins: [plainImports, emojiTables(root), ownNames],
    logLevel: "warn",
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: {
      target: "es2022",
      manifest: true,
      assetsDir: "assets",
      assetsInlineLimit: 0, // the pages' CSP allows no data: URLs in styles
      modulePreload: false,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 2_000, // kB: what shows the HTTP interface is that large
      rolldownOptions: {
        checks: { bundlerTimings: false }, // a slow machine is no fault of whoever builds
        output: { codeSplitting: { groups: [chatTogether(root)] } },
      },
    },
  };
}

interface Modules {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null;
}

/** What is fetched as soon as the chat's page is at rest, by everybody: see `parts/at_rest.ts`. */
const AT_REST = [
  "lib/client/directory_calls.ts",
  "lib/ui/conversation/rest.ts",
  "lib/ui/parts/MenuPanel.tsx",
  "lib/ui/parts/Toast.tsx",
  "lib/ui/room/NewsLines.tsx",
  "lib/ui/room/RoomMenuGroups.tsx",
  "lib/ui/room/WithheldText.tsx",
];

/** Fetched beside it, each by itself. What two of them share is in the file of what is at rest. */
const BESIDE = [
  "lib/ui/composer/ComposerTools.tsx",
  "lib/ui/dialogs/OpenDialog.tsx",
  "lib/ui/files/views.ts",
  "lib/ui/panes.ts",
  "lib/ui/text/formatting.ts",
];

/**
 * What the chat's page reads at once is one file. Left to itself, the bundler makes another of what
 * parts that come later need too, and two files are most of a kilobyte more than one. So is what
 * everybody reads next: it would be a dozen files, some of which name others only when they are here.
 */
function chatTogether(root: string) {
  const others = ENTRIES.filter((entry) => entry.endsWith(".ts") && entry !== CHAT);
  let groups: [name: string, modules: Set<string>][] | undefined;
  function group(modules: Modules): [string, Set<string>][] {
    const reach = (entries: readonly string[]) =>
      importedBy(entries.map((entry) => `${root.replace(/\/$/, "")}/${entry}`), modules);
    const elsewhere = reach(others);
    const first = reach([CHAT]).difference(elsewhere);
    const beside = BESIDE.map((part) => reach([part]));
    const next = beside.reduce(
      (rest, part, at) =>
        beside.slice(at + 1).reduce((all, other) => all.union(part.intersection(other)), rest),
      reach(AT_REST),
    );
    return [["chat", first], ["rest", next.difference(elsewhere).difference(first)]];
  }
  return {
    debugName: "chat",
    includeDependenciesRecursively: false,
    name(id: string, modules: Modules): string | null {
      groups ??= group(modules);
      return groups.find(([, members]) => members.has(id))?.[0] ?? null;
    },
  };
}

/** The modules and all that they import statically, through others too. */
function importedBy(entries: readonly string[], modules: Modules): Set<string> {
  const found = new Set(entries);
  for (const id of found) {
    for (const imported of modules.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
  }
  return found;
}

/**
 * Loads Vite without the right to everything. Node's `existsSync` never throws, and Vite counts on
 * that; Deno's does, for a path below /proc and for an empty one. For tools only: it stays so.
 */
export async function loadVite(): Promise<typeof import("vite")> {
  const { existsSync } = fs;
  fs.existsSync = (path) => {
    try {
      return existsSync(path);
    } catch {
      return false;
    }
  };
  return await import("vite");
}
