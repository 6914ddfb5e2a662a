/**
 * Who may import whom, checked on a graph of modules. Pure: the graph comes in, sentences come
 * out. `boundaries_test.ts` hands it the project's own graph.
 */
import { type Part, PARTS } from "./import_rules.ts";

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

/** The part of the house in which a file is. */
export function partOf(path: string): Part | undefined {
  return PARTS.find(({ paths }) =>
    paths.some((place) => place.endsWith("/") ? path.startsWith(place) : path === place)
  );
}

/** One sentence for each import that the table forbids, and for each file that it does not know. */
export function boundaryViolations(modules: readonly ModuleNode[]): string[] {
  return modules.flatMap(({ path, imports }) => {
    const part = partOf(path);
    if (part === undefined) return [`No part of the house holds ${path}.`];
    return imports
      .filter(({ target, typeOnly }) => isOurs(target) && !isAllowed(part, target, typeOnly))
      .map(({ target, typeOnly }) =>
        `${path} must not import ${target}${typeOnly ? "" : " (with values)"}.`
      );
  });
}

function isAllowed(part: Part, target: string, typeOnly: boolean): boolean {
  const other = partOf(target);
  if (other === undefined) return false;
  if (whole(other) === whole(part) || part.may.includes(other.name)) return true;
  return typeOnly && (part.mayTypes ?? []).includes(other.name);
}

const whole = ({ name, inside = name }: Part) => inside;

function isOurs(target: string): boolean {
  return /^(lib|routes|islands|docs)\//.test(target) || /^[\w.]+\.(ts|tsx|json)$/.test(target);
}

/** What the table permits and nobody does: a permission nobody needs is one too many. */
export function unusedPermissions(modules: readonly ModuleNode[]): string[] {
  const used = new Set<string>();
  for (const { path, imports } of modules) {
    for (const { target, typeOnly } of imports) {
      const [from, to] = [partOf(path)?.name, partOf(target)?.name];
      used.add(`${from} → ${to}`);
      if (!typeOnly) used.add(`${from} → ${to} (values)`);
    }
  }
  return PARTS.flatMap(({ name, may, mayTypes = [] }) => [
    ...may.map((other) => `${name} → ${other} (values)`),
    ...mayTypes.map((other) => `${name} → ${other}`),
  ]).filter((permission) => !used.has(permission));
}

/** Each circle as the files that are in it; also one of types alone, which no reader can begin. */
export function circles(modules: readonly ModuleNode[]): string[][] {
  const byPath = new Map(modules.map((node) => [node.path, node]));
  const order = new Map<string, number>();
  const found: string[][] = [];
  const open: string[] = [];

  /** The earliest file on the way here that can be come back to (Tarjan, 1972). */
  function visit(path: string): number {
    const own = order.size;
    order.set(path, own);
    open.push(path);
    let earliest = own;
    for (const { target } of byPath.get(path)?.imports ?? []) {
      if (!byPath.has(target)) continue;
      if (!order.has(target)) earliest = Math.min(earliest, visit(target));
      else if (open.includes(target)) earliest = Math.min(earliest, order.get(target)!);
    }
    if (earliest === own) {
      const circle = open.splice(open.indexOf(path));
      if (circle.length > 1) found.push(circle);
    }
    return earliest;
  }
  for (const { path } of modules) if (!order.has(path)) visit(path);
  return found;
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
    if (/^(npm:)?zod(@|\/|$)|^node:|^lib\/(chat|store|bus|hub|auth|fresh|program)\//.test(path)) {
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

/** The table as `docs/architecture.md` shows it, in Markdown. */
export function importTable(): string {
  const rows = PARTS.map(({ name, what, paths, may, mayTypes = [] }) => {
    const allowed = [...may, ...mayTypes.map((other) => `${other} (types)`)];
    return `| **${name}** | ${where(paths)} | ${what} | ${
      allowed.join(", ") || "nothing of ours"
    } |`;
  });
  return ["| part | where | what | may import |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

/** Many files of one folder are named without it. */
function where(paths: readonly string[]): string {
  const folder = paths[0]!.slice(0, paths[0]!.lastIndexOf("/") + 1);
  const many = paths.length > 3 && folder !== "" && paths.every((path) => path.startsWith(folder));
  if (!many) return paths.map((path) => `\`${path}\``).join(" ");
  return `\`${folder}\`: ${paths.map((path) => path.slice(folder.length, -3)).join(", ")}`;
}
