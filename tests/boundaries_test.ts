/** Who may import whom: the project's own graph keeps the rules, and the checker sees who does not. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import {
  boundaryViolations,
  bundleViolations,
  circles,
  type ModuleNode,
  unusedPermissions,
} from "./support/boundaries.ts";
import { PARTS } from "./support/import_rules.ts";

const ROOT = new URL("../", import.meta.url);

Deno.test("every file of the project keeps the import rules", async () => {
  const graph = await projectGraph();
  assert.ok(graph.some(({ path }) => path === "lib/protocol/limits.ts"), "the graph is not empty");
  assert.deepEqual(boundaryViolations(graph), []);
});

Deno.test("the table permits nothing that nobody does", async () => {
  assert.deepEqual(unusedPermissions(await projectGraph()), []);
});

Deno.test("the table goes from the bottom up: no part may import one that stands below it", () => {
  const names = PARTS.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length, "each name is one part's");
  for (const [index, { name, may, mayTypes = [] }] of PARTS.entries()) {
    for (const other of [...may, ...mayTypes]) {
      const place = names.indexOf(other);
      assert.ok(place !== -1, `${name} → ${other}: there is such a part`);
      assert.ok(place < index, `${name} → ${other}: it stands above`);
    }
  }
});

Deno.test("no files import each other in a circle, not even for types", async () => {
  assert.deepEqual(circles(await projectGraph()), []);
});

Deno.test("a circle is found, of two files and of three, beside files that are in none", () => {
  const graph = (edges: [string, string][]): ModuleNode[] =>
    [...new Set(edges.flat())].map((path) => ({
      path,
      imports: edges.filter(([from]) => from === path)
        .map(([, target]) => ({ target, typeOnly: true })),
    }));
  assert.deepEqual(circles(graph([["a", "b"], ["a", "c"], ["b", "c"]])), []);
  assert.deepEqual(circles(graph([["a", "b"], ["b", "a"], ["b", "c"]])), [["a", "b"]]);
  assert.deepEqual(
    circles(graph([["a", "b"], ["b", "c"], ["c", "d"], ["d", "b"], ["d", "e"]])),
    [["b", "c", "d"]],
  );
});

Deno.test("the browser's entries load no schema library and nothing of the server", async () => {
  const graph = await projectGraph();
  for (const entry of ["client.ts", "settings.ts", "api_docs.ts", "passkeys.ts", "watch.ts"]) {
    assert.deepEqual(bundleViolations(graph, entry), [], entry);
  }
});

Deno.test("a route that imports the store is found, also for its types", () => {
  const of = (target: string, typeOnly: boolean) =>
    boundaryViolations([{ path: "routes/chat.ts", imports: [{ target, typeOnly }] }]);
  for (const typeOnly of [true, false]) {
    assert.equal(of("lib/store/store.ts", typeOnly).length, 1);
    assert.equal(of("lib/bus/bus.ts", typeOnly).length, 1);
    assert.equal(of("lib/app.ts", typeOnly).length, 1);
    assert.deepEqual(of("lib/chat/chat.ts", typeOnly), []);
  }
});

Deno.test("client and views take types from the whole protocol, values only without the schemas", () => {
  const of = (path: string, target: string, typeOnly: boolean) =>
    boundaryViolations([{ path, imports: [{ target, typeOnly }] }]).length;
  for (const path of ["lib/client/sync.ts", "lib/ui/ChatView.tsx"]) {
    assert.equal(of(path, "lib/protocol/events.ts", true), 0, path);
    assert.equal(of(path, "lib/protocol/events.ts", false), 1, path);
    assert.equal(of(path, "lib/protocol/limits.ts", false), 0, path);
  }
  assert.equal(of("lib/ui/ChatView.tsx", "lib/client/server_link.ts", false), 1);
  assert.equal(of("lib/client/sync.ts", "lib/ui/ChatView.tsx", true), 1);
});

Deno.test("rules bind chat, stores and the protocol to the interfaces below them", () => {
  const forbidden: [string, string][] = [
    ["lib/protocol/limits.ts", "lib/errors.ts"],
    ["lib/chat/chat.ts", "lib/store/sqlite/worker.ts"],
    ["lib/chat/chat.ts", "lib/hub/hub.ts"],
    ["lib/store/store.ts", "lib/chat/chat.ts"],
    ["lib/bus/memory.ts", "lib/store/store.ts"],
    ["lib/hub/hub.ts", "lib/store/store.ts"],
    ["lib/fresh/app.ts", "lib/errors.ts"],
    ["lib/http/answer.ts", "lib/store/store.ts"],
  ];
  for (const [path, target] of forbidden) {
    const graph = [{ path, imports: [{ target, typeOnly: true }] }];
    assert.equal(boundaryViolations(graph).length, 1, `${path} → ${target}`);
  }
  assert.equal(boundaryViolations([{ path: "lib/new/thing.ts", imports: [] }]).length, 1);
});

Deno.test("a schema library that reaches the browser is found with the way it took", () => {
  const graph: ModuleNode[] = [
    { path: "client.ts", imports: [{ target: "islands/Chat.tsx", typeOnly: false }] },
    {
      path: "islands/Chat.tsx",
      imports: [
        { target: "lib/protocol/events.ts", typeOnly: true },
        { target: "lib/protocol/fields.ts", typeOnly: false },
      ],
    },
    { path: "lib/protocol/events.ts", imports: [{ target: "npm:zod@4.6.7", typeOnly: false }] },
    { path: "lib/protocol/fields.ts", imports: [{ target: "npm:zod@4.6.7", typeOnly: false }] },
  ];
  assert.deepEqual(bundleViolations(graph, "client.ts"), [
    "The browser would load npm:zod@4.6.7: client.ts → islands/Chat.tsx → lib/protocol/fields.ts → npm:zod@4.6.7.",
  ]);
});

/** The part of `deno info --json` that is read here. */
interface DenoInfo {
  modules: {
    specifier: string;
    error?: string;
    dependencies?: {
      specifier: string;
      code?: { specifier?: string };
      type?: { specifier?: string };
    }[];
  }[];
}

/** Every source file of the project, wherever it is reachable from. */
async function projectGraph(): Promise<ModuleNode[]> {
  const files: string[] = [];
  for (const folder of ["lib/", "routes/", "islands/"]) await collectSources(folder, files);
  for await (const { name } of Deno.readDir(ROOT)) if (name.endsWith(".ts")) files.push(name);
  const entry = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    const imports = files.map((file) => `import ${JSON.stringify(new URL(file, ROOT).href)};`);
    await Deno.writeTextFile(entry, imports.join("\n"));
    const { modules } = await denoInfo(entry);
    // Styles are Vite's to import: Deno says that it cannot.
    const failed = modules.filter(({ error, specifier }) =>
      error !== undefined && !specifier.endsWith(".css")
    );
    assert.deepEqual(failed.map(({ error }) => error), []);
    return modules
      .filter(({ specifier }) => specifier.startsWith(ROOT.href))
      .filter(({ specifier }) => /\.tsx?$/.test(specifier) && !specifier.includes("/node_modules/"))
      .map(nodeOf);
  } finally {
    await Deno.remove(entry);
  }
}

function nodeOf({ specifier, dependencies = [] }: DenoInfo["modules"][number]): ModuleNode {
  const relative = (target: string) =>
    target.startsWith(ROOT.href) ? decodeURIComponent(target.slice(ROOT.href.length)) : target;
  return {
    path: relative(specifier),
    imports: dependencies.map(({ specifier, code, type }) => ({
      target: relative(code?.specifier ?? type?.specifier ?? specifier),
      typeOnly: code === undefined,
    })),
  };
}

async function collectSources(folder: string, files: string[]): Promise<void> {
  for await (const entry of Deno.readDir(new URL(folder, ROOT))) {
    if (entry.isDirectory) await collectSources(`${folder}${entry.name}/`, files);
    else if (/\.tsx?$/.test(entry.name)) files.push(`${folder}${entry.name}`);
  }
}

async function denoInfo(entry: string): Promise<DenoInfo> {
  const { stdout, success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", "--config", fileURLToPath(new URL("deno.json", ROOT)), entry],
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}
