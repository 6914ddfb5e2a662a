/** Looks into a schema for the fields that it takes. For tests that walk all of them. */
import type { z } from "zod";

/** Zod's own description of a schema, as far as it is read here. */
interface Definition {
  type: string;
  getter?: () => Described;
  shape?: Record<string, Described>;
  options?: Described[];
  in?: Described;
  innerType?: Described;
  values?: unknown[];
  entries?: Record<string, string>;
}

interface Described {
  _zod: { def: Definition };
}

const LEAVES = new Set([
  "string",
  "number",
  "int",
  "boolean",
  "literal",
  "enum",
  "custom",
  "array",
]);

/**
 * The objects that a schema takes: for each, its fields with a value for those that choose between
 * objects (`type`, `kind`), and undefined for the others. None for what is no object. Throws for a
 * kind of schema that it does not know, so that nothing is passed over.
 */
export function fieldsOf(schema: z.ZodType): Record<string, unknown>[] {
  return objectsOf(schema as unknown as Described);
}

function objectsOf(schema: Described): Record<string, unknown>[] {
  const { def } = schema._zod;
  switch (def.type) {
    case "lazy":
      return objectsOf(def.getter!());
    case "pipe":
      return objectsOf(def.in!);
    case "optional":
    case "nullable":
      return objectsOf(def.innerType!);
    case "union":
      return def.options!.flatMap(objectsOf);
    case "object":
      return [
        Object.fromEntries(
          Object.entries(def.shape!).map(([name, field]) => [name, chosen(field)]),
        ),
      ];
    default:
      if (LEAVES.has(def.type)) return [];
      throw new Error(`Cannot walk a schema of type ${def.type}`);
  }
}

function chosen(schema: Described): unknown {
  const { def } = schema._zod;
  if (def.type === "literal") return def.values![0];
  if (def.type === "enum") return Object.values(def.entries!)[0];
  return undefined;
}
