/** How far a file is, to be seen alone: what is read out is said where it stands. */
import type { Attachment } from "../../client/uploads_model.ts";
import { percentOf } from "./saying.ts";

export function Progress({ attachment }: { attachment: Attachment }) {
  const { state } = attachment;
  if (state === "ready" || state === "failed") return null;
  return (
    <progress
      class={state === "uploading" ? "file-progress" : "file-progress waits"}
      aria-hidden="true"
      max={100}
      value={percentOf(attachment)}
    />
  );
}
