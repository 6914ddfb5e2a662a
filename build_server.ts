/**
 * Bundles the server into a few files, because loading its many modules takes most of a start. Deno
 * itself compiles the sources, with the JSX of deno.json, which renders twice as fast as the
 * bundler's own; the bundler then only joins them. This file knows the entries, and the two modules
 * that locate others.
 */
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { routePaths } from "./lib/fresh/route_files.ts";
import { inAscii, onlyWhenWanted } from "./server_text.ts";
import { loadVite } from "./vite.config.ts";

/** The entries, by their names in the bundle. */
export const SERVER_ENTRIES = {
  main: "main.ts",
  worker: "lib/store/sqlite/worker.ts",
  inspector: "lib/files/inspecting/worker.ts",
};

/** Where the server's sources are. Missing files and folders count as empty. */
export const SERVER_INPUTS = [
  "main.ts",
  "build_server.ts",
  "server_text.ts",
  "deno.json",
  "islands",
  "lib",
  "routes",
];

/** The module that says where files are, which is different in a bundle. */
const PLACES = "lib/program/places.ts";
const PLACES_IN_BUNDLE = `
  export const ROOT = new URL("../../", import.meta.url);
  export const DATABASE_WORKER = new URL("./worker.js", import.meta.url);
  export const INSPECTOR_WORKER = new URL("./inspector.js", import.meta.url);`;
/** The module that says of each operation whether it reads or writes, and needs them all for it. */
const KINDS = "lib/store/commit/kinds.ts";
/** The module that imports everything it finds below routes/. */
const ROUTE_MODULES = "lib/program/route_modules.ts";
/**
 * The routes that no start needs. With the views, the engine and the schemas behind them they are a
 * third of the program. They are one part, loaded with the first request for any of them, or 100 ms
 * after the start (docs/decisions/0021).
 */
const LATER = new RegExp(
  "^((index|emoji|invitations|saved|confirm|forgot|welcome)\\.tsx" +
    "|(manifest\\.webmanifest|metrics)\\.ts" +
    "|(admin|api|avatars|email|emoji|files|join|link|login|previews|reset|rooms|settings|signup|workspace)" +
    "/.*)$",
);
const LATER_MODULES = "confab:later_routes";

/**
 * What stays where it is. Native code cannot be bundled; the clients of PostgreSQL and Redis, and
 * the reader of forms, would have each start load the runtime that their kind of modules needs
 * (docs/decisions/0021).
 */
export const EXTERNAL = [
  "@node-rs/argon2",
  "@redis/client",
  "busboy",
  "nodemailer",
  "openid-client",
  "pg",
  "sharp",
] as const;

export interface ServerBundle {
  /** The project's folder. */
  root: string;
  /** Two folders below the root: the bundle finds the root from there. */
  outDir: string;
}

export async function bundleServer({ root, outDir }: ServerBundle): Promise<void> {
  const translated = await Deno.makeTempDir({
    dir: join(root, "node_modules"),
    prefix: ".server-",
  });
  try {
    await translate(root, translated);
    await bundle(root, translated, outDir);
  } finally {
    await Deno.remove(translated, { recursive: true });
  }
}

async function translate(root: string, outDir: string): Promise<void> {
  const sources: string[] = [];
  for (const input of SERVER_INPUTS) await collectSources(root, input, sources);
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["transpile", "--outdir", outDir, ...sources],
    cwd: root,
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success) {
    throw new Error(`Cannot translate the server:\n${new TextDecoder().decode(stderr)}`);
  }
}

async function collectSources(root: string, path: string, sources: string[]): Promise<void> {
  try {
    if ((await Deno.stat(join(root, path))).isFile) {
      if (/\.tsx?$/.test(path)) sources.push(path);
      return;
    }
    for await (const { name } of Deno.readDir(join(root, path))) {
      await collectSources(root, `${path}/${name}`, sources);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

async function bundle(root: string, translated: string, outDir: string): Promise<void> {
  const { build } = await loadVite();
  // What a start reads is two files, since seventy take 4 ms longer (docs/decisions/0059): a Worker
  // needs some of it too, and is to read no more than that. The entry stays by itself: it waits for
  // the server's end, and what is imported until then would wait for the file that it is in.
  let [started, inWorkers] = [new Set<string>(), new Set<string>()];
  const groups = [
    { name: "start", test: (id: string) => started.has(id) && !inWorkers.has(id) },
    { name: "start_and_workers", test: (id: string) => started.has(id) && inWorkers.has(id) },
  ];
  const input = Object.entries(SERVER_ENTRIES).map(([name, path]) => [name, join(root, path)]);
  await build({
    root,
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: "warn",
    ssr: { noExternal: true, external: [...EXTERNAL] },
    resolve: { alias: { fresh: join(root, "lib/fresh/mod.ts") } },
    plugins: [{
      name: "confab-server",
      enforce: "pre",
      resolveId: (id) => id === LATER_MODULES ? id : null,
      load: (id) => loadModule(root, translated, id),
      buildEnd() {
        const reach = (entry: keyof typeof SERVER_ENTRIES) =>
          reachedFrom(join(root, SERVER_ENTRIES[entry]), (id) => this.getModuleInfo(id));
        started = reach("main").difference(new Set([join(root, SERVER_ENTRIES.main)]));
        inWorkers = reach("worker").union(reach("inspector"));
      },
      // Must run last: a later step would write the characters out again.
      generateBundle(_, files) {
        for (const file of Object.values(files)) {
          if (file.type === "chunk") file.code = onlyWhenWanted(inAscii(file.code));
        }
      },
    }],
    build: {
      ssr: true,
      target: "esnext",
      outDir,
      emptyOutDir: true,
      minify: false, // the stack of an error stays readable, and V8 keeps what it parsed
      rolldownOptions: {
        checks: { bundlerTimings: false },
        input: Object.fromEntries(input),
        output: {
          entryFileNames: "[name].js",
          chunkFileNames: "[name].js",
          comments: false,
          codeSplitting: { groups, includeDependenciesRecursively: false },
        },
      },
    },
  });
}

/** The modules that are loaded with an entry: what is imported later is not among them. */
function reachedFrom(
  entry: string,
  infoOf: (id: string) => { importedIds: readonly string[] } | null,
): Set<string> {
  const reached = new Set([entry]);
  for (const id of reached) for (const next of infoOf(id)?.importedIds ?? []) reached.add(next);
  return reached;
}

/** A module that needs others only to make its exports, as what they are when all is made. */
async function outcomeOf(root: string, path: string): Promise<string> {
  const exported: object = await import(pathToFileURL(join(root, path)).href);
  return Object.entries(exported)
    .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`).join("\n");
}

/** Begins a browser's Worker, beside itself in the browser's bundle: the server never runs it. */
const PICTURE_THREAD = "lib/client/picture_thread.ts";

/** The source that replaces a module; `null` leaves it to the bundler (packages, JSON). */
async function loadModule(root: string, translated: string, id: string) {
  const path = id.startsWith(`${root}/`) ? id.slice(root.length + 1) : "node_modules/";
  if (id === LATER_MODULES) return await listRoutes(root, true);
  if (path === PLACES) return PLACES_IN_BUNDLE;
  if (path === ROUTE_MODULES) return await listRoutes(root, false);
  if (path === KINDS) return await outcomeOf(root, KINDS);
  if (path.startsWith("node_modules/") || !/\.tsx?$/.test(path)) return null;
  const code = await Deno.readTextFile(join(translated, path.replace(/\.tsx?$/, ".js")));
  if (code.includes("import.meta.url") && path !== PICTURE_THREAD) {
    throw new Error(
      `${path} looks for something beside itself: in a bundle it is elsewhere. ` +
        `What the server finds by path is to be in ${PLACES}.`,
    );
  }
  return { code, moduleType: "js" as const };
}

/** The module that replaces `ROUTE_MODULES`, or the one for the routes that it loads later. */
async function listRoutes(root: string, later: boolean): Promise<string> {
  const folder = pathToFileURL(join(root, "routes/"));
  const paths = await routePaths(folder);
  const routes = paths.map((path, index) => ({
    path: JSON.stringify(path),
    file: JSON.stringify(fileURLToPath(new URL(path, folder))),
    name: `route${index}`,
    later: LATER.test(path),
  }));
  const here = routes.filter((route) => route.later === later);
  if (later) return here.map(({ file, name }) => `export * as ${name} from ${file};`).join("\n");
  const imports = here.map(({ file, name }) => `import * as ${name} from ${file};`);
  const items = routes.map(({ path, name, later }) =>
    later
      ? `{ path: ${path}, load: async () => (await later()).${name} }`
      : `{ path: ${path}, module: ${name} }`
  );
  return `${imports.join("\n")}
const later = () => import("${LATER_MODULES}");
export const loadRoutes = () => Promise.resolve([${items.join(", ")}]);`;
}
