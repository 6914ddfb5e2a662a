/**
 * Who may import whom, checked on a graph of modules. Pure: the graph comes in, sentences come
 * out. `boundaries_test.ts` hands it the project's own graph.
 */

export interface ModuleImport {
  /** Relative to the project ("lib/errors.ts"), or as written for what is not ours ("zod"). */
  target: string;
  /** The import is erased: only types pass. */
  typeOnly: boolean;
}

export interface ModuleNode {
  path: string;
  imports: ModuleImport[];
}

interface Rule {
  /** Which files it speaks of. */
  of: RegExp;
  /** What they may import of ours, besides files of the same rule. */
  may: RegExp[];
  /** What they may import with values too, where that is less. */
  mayWithValues?: RegExp[];
}

const PROTOCOL = /^lib\/protocol\//;
const ERRORS = /^lib\/errors\.ts$/;
const EVENT_LOOP = /^lib\/event_loop\.ts$/;
const STORE_INTERFACE = /^lib\/store\/store\.ts$/;
const BUS_INTERFACE = /^lib\/bus\/bus\.ts$/;
const CHAT = /^lib\/chat\//;
const LOG = /^lib\/program\/log\.ts$/;
/** The files of the protocol that reach the browser: none of them imports the schema library. */
const BROWSER_PROTOCOL =
  /^lib\/protocol\/(limits|codes|permissions|mentions|text|emoji|graphemes|plain_text|names|search_words|unread|first_use)\.ts$/;
const EVERYTHING = /^/;

/** The first rule whose `of` matches holds; a file that no rule speaks of is a violation. */
const RULES: Rule[] = [
  { of: PROTOCOL, may: [] },
  { of: ERRORS, may: [PROTOCOL] },
  { of: EVENT_LOOP, may: [PROTOCOL] },
  { of: CHAT, may: [PROTOCOL, ERRORS, STORE_INTERFACE, BUS_INTERFACE] },
  { of: /^lib\/store\//, may: [PROTOCOL, ERRORS] },
  { of: /^lib\/bus\//, may: [PROTOCOL, ERRORS] },
  { of: /^lib\/hub\//, may: [PROTOCOL, ERRORS, EVENT_LOOP, CHAT, BUS_INTERFACE, LOG] },
  { of: /^lib\/auth\//, may: [PROTOCOL, ERRORS, STORE_INTERFACE, LOG] },
  { of: /^lib\/fresh\//, may: [] },
  { of: /^lib\/client\//, may: [PROTOCOL], mayWithValues: [BROWSER_PROTOCOL] },
  {
    of: /^lib\/ui\//,
    may: [PROTOCOL, /^lib\/client\//],
    // The views show the engine's state; sockets and storage are not theirs to open.
    mayWithValues: [BROWSER_PROTOCOL, /^lib\/client\/(?!.*(socket|outbox|storage|connection))/],
  },
  {
    of: /^(islands\/|(client|settings)\.ts$)/,
    may: [PROTOCOL, /^lib\/(client|ui)\//],
    mayWithValues: [BROWSER_PROTOCOL, /^lib\/(client|ui)\//],
  },
  { of: /^lib\/app\.ts$/, may: [EVERYTHING] },
  // The types of the client as well: a page carries the data that the client starts from.
  {
    of: /^routes\//,
    may: [PROTOCOL, ERRORS, CHAT, LOG, /^lib\/(fresh|auth|hub|ui|http|client)\//, /^islands\//],
    mayWithValues: [PROTOCOL, ERRORS, CHAT, /^lib\/(fresh|auth|hub|ui|http)\//, /^islands\//],
  },
  // What routes share with each other: state of a request, forms, headers.
  {
    of: /^lib\/http\//,
    may: [
      PROTOCOL,
      ERRORS,
      EVENT_LOOP,
      CHAT,
      LOG,
      /^lib\/(fresh|auth|hub|ui|client)\//,
      /^lib\/program\/config\/config\.ts$/,
    ],
    mayWithValues: [PROTOCOL, ERRORS, CHAT, /^lib\/(fresh|auth|hub|ui)\//],
  },
  {
    of: /^(main|dev|build|build_server|compile|vite\.config)\.ts$/,
    may: [
      /^lib\/(program\/(cli|config\/config|deno_flags)|fresh\/route_files)\.ts$/,
      /^deno\.json$/,
    ],
  },
  {
    of: /^lib\/program\//,
    may: [/^lib\/app\.ts$/, /^lib\/fresh\//, /^deno\.json$/],
  },
];

/** One sentence for each import that the rules forbid. */
export function boundaryViolations(modules: readonly ModuleNode[]): string[] {
  return modules.flatMap(({ path, imports }) => {
    const rule = RULES.find(({ of }) => of.test(path));
    if (rule === undefined) return [`No rule says what ${path} may import.`];
    return imports
      .filter(({ target }) => isOurs(target) && !rule.of.test(target))
      .filter(({ target, typeOnly }) => !allowed(rule, target, typeOnly))
      .map(({ target, typeOnly }) =>
        `${path} must not import ${target}${typeOnly ? "" : " (with values)"}.`
      );
  });
}

function allowed(rule: Rule, target: string, typeOnly: boolean): boolean {
  const list = typeOnly ? rule.may : rule.mayWithValues ?? rule.may;
  return list.some((pattern) => pattern.test(target));
}

function isOurs(target: string): boolean {
  return /^(lib|routes|islands)\//.test(target) || /^[\w.]+\.(ts|tsx|json)$/.test(target);
}

/**
 * What an entry of the browser loads although a browser has no use for it: the schema library, Node's
 * modules, the server's own folders. Each with the way that leads there.
 */
export function bundleViolations(modules: readonly ModuleNode[], entry: string): string[] {
  const byPath = new Map(modules.map((node) => [node.path, node]));
  const found: string[] = [];
  const seen = new Set<string>();
  const visit = (path: string, way: string[]): void => {
    if (seen.has(path)) return;
    seen.add(path);
    if (/^(npm:)?zod(@|\/|$)|^node:|^lib\/(chat|store|bus|hub|auth|fresh)\//.test(path)) {
      found.push(`The browser would load ${path}: ${[...way, path].join(" → ")}.`);
      return;
    }
    for (const { target, typeOnly } of byPath.get(path)?.imports ?? []) {
      if (!typeOnly) visit(target, [...way, path]);
    }
  };
  visit(entry, []);
  return found;
}
