/**
 * Whether each operation reads or writes, for who only asks for them. What they do is loaded by who
 * runs them: the bundle has the outcome in place of this file (`build_server.ts`).
 */
import type { OperationName } from "../operations/operation.ts";
import { OPERATIONS } from "../operations/table.ts";

type Kinds = { readonly [Name in OperationName]: "read" | "write" };

// The cast: `fromEntries` forgets which names there are.
export const KINDS = Object.fromEntries(
  Object.entries(OPERATIONS).map(([name, { kind }]) => [name, kind]),
) as Kinds;
