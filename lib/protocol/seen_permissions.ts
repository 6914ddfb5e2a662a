/**
 * Who may see who has read: beside `permissions.ts`, as pure as that. Imports nothing but the
 * protocol's types.
 */
import { allowedIf, mayRead, type Standing, type Verdict } from "./permissions.ts";

/** See how far the others have read: in direct rooms, where people write to people. */
export function maySeeReaders(standing: Standing): Verdict {
  const read = mayRead(standing);
  return read === "allowed" ? allowedIf(standing.kind === "direct") : read;
}
