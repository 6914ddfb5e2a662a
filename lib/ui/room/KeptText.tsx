/** The place of a draft where the user may no longer write; few ever see one, so it comes at rest. */
import type { DraftKey } from "../../client/draft.ts";
import { useAtRest } from "../parts/at_rest.ts";

const loadDraft = () => import("./LeftDraft.tsx");

export function KeptText({ home }: { home: DraftKey }) {
  const part = useAtRest(loadDraft, true);
  return part && <part.LeftDraft home={home} />;
}
