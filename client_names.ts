/**
 * Shortens what the parts of the client say to each other, for vite.config.ts: what the chat's first
 * script exports goes by the name that it has inside. The bundler gives each of its 160 exports
 * another one (`Kc as $`), which is a third of a kilobyte, compressed. It must not know what they are.
 */

/** A file as the bundler made it. */
export interface BuiltFile {
  fileName: string;
  /** Of a script. */
  code?: string;
}

const EXPORTS = /export\{([^{}]*)\}/;

/**
 * Changes the code of `shared` and of all that import from it. Throws if one of them asks for it in
 * another way than by the names of what it wants.
 */
export function shareNames(shared: Required<BuiltFile>, files: readonly BuiltFile[]): void {
  const found = EXPORTS.exec(shared.code);
  if (found === null) return;
  const names = new Map(pairs(found[1]!).map(([inside, outside]) => [outside, inside]));
  shared.code = shared.code.replace(EXPORTS, () => `export{${[...names.values()].join()}}`);
  const address = `./${shared.fileName.split("/").at(-1)}`;
  for (const file of files) {
    if (file !== shared && file.code?.includes(address)) {
      file.code = renamed(file.code, address, names);
    }
  }
}

function renamed(code: string, address: string, names: ReadonlyMap<string, string>): string {
  const imports = new RegExp(`import\\{([^{}]*)\\}from"${RegExp.escape(address)}"`, "g");
  const changed = code.replace(imports, (_, list: string) => {
    const wanted = pairs(list).map(([outside, here]) => {
      const inside = names.get(outside)!;
      return inside === here ? here : `${inside} as ${here}`;
    });
    return `import{${wanted.join()}}from"${address}"`;
  });
  const asked = code.split(address).length - 1;
  if (asked !== [...code.matchAll(imports)].length) {
    throw new Error(`${address} is asked for in a way that is new: see client_names.ts.`);
  }
  return changed;
}

/** `a as b,c` → [["a", "b"], ["c", "c"]] */
function pairs(list: string): [string, string][] {
  return list.split(",").filter(Boolean).map((one) => {
    const [first = "", second = first] = one.split(" as ");
    return [first, second];
  });
}
