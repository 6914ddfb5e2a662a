/** Why somebody does not come in by a provider, and what they were on the way for. */
import type { ProviderProblem } from "../protocol/ways_in.ts";

/** What somebody is on the way for. */
export type Errand =
  | { kind: "enter"; invite: string | null }
  /** Of a session: to link the account there, or to show once more who they are. */
  | { kind: "link" | "confirm"; session: number };

/** Why somebody did not get in, for the page that they see then. */
export class ProviderRefusal extends Error {
  override readonly name = "ProviderRefusal";

  constructor(readonly problem: ProviderProblem, readonly errand: Errand["kind"] | null = null) {
    super(problem);
  }
}
