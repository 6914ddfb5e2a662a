/** What the Worker does: looks at one file after another, whatever is in it. */
import type { ClaimedFile, Inspected } from "../inspect.ts";
import { Bytes } from "./bytes.ts";
import type { InspectorJob, InspectorReply } from "./messages.ts";
import { DECODED, type MakePicture, makeThumbnail, shrinkPicture } from "./rendering.ts";
import { typeOf } from "./type_of.ts";

export { loadSharp } from "./rendering.ts";

/** Never rejects. */
export async function answer(
  job: InspectorJob,
  sharp: MakePicture | null,
): Promise<InspectorReply> {
  try {
    return job.kind === "inspect"
      ? { kind: "inspected", inspected: await inspect(job.path, job.said, sharp) }
      : await shrink(job, sharp);
  } catch (error) {
    return { kind: "failed", detail: error instanceof Error ? error.message : String(error) };
  }
}

async function inspect(
  path: string,
  said: ClaimedFile,
  sharp: MakePicture | null,
): Promise<Inspected> {
  const bytes = new Bytes(path);
  let type: string;
  try {
    type = typeOf(bytes, said);
  } finally {
    bytes.close();
  }
  const size = (await Deno.stat(path)).size;
  const plain = { type, size, width: null, height: null, duration: null };
  const made = sharp !== null && DECODED.has(type) ? await makeThumbnail(sharp, path) : null;
  const shown = made === null ? null : await sharp!(path, { autoOrient: true }).metadata();
  return {
    ...plain,
    width: shown?.autoOrient?.width ?? null,
    height: shown?.autoOrient?.height ?? null,
    thumbnail: made?.thumbnail ?? null,
    blur: made?.blur ?? null,
  };
}

async function shrink(
  { source, wish }: Extract<InspectorJob, { kind: "shrink" }>,
  sharp: MakePicture | null,
): Promise<InspectorReply> {
  if (sharp === null) return { kind: "refused", sentence: "Pictures cannot be made smaller here." };
  try {
    return { kind: "shrunk", picture: await shrinkPicture(sharp, source, wish) };
  } catch {
    return { kind: "refused", sentence: "This file cannot be read as a picture." };
  }
}
