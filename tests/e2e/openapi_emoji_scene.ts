/** The requests about custom emoji: a part of `openapi_scene.ts`. */
import type { Cast, Scene } from "./openapi_scene.ts";

/** A GIF of one pixel. */
const DOT = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

const formOf = (name: string, picture = Uint8Array.fromBase64(DOT)) => {
  const form = new FormData();
  form.append("name", name);
  form.append("file", new Blob([picture], { type: "image/gif" }), "dot.gif");
  return form;
};

/** Leaves none behind. */
export async function addAndRemoveEmoji(
  scene: Scene,
  { ann, bob }: Pick<Cast, "ann" | "bob">,
): Promise<void> {
  await scene.as(bob, "addEmoji", "not_found");
  await scene.as(ann, "addEmoji", 201, { body: formOf("party_parrot") });
  await scene.as(bob, "addEmoji", "conflict", { body: formOf("party_parrot") });
  await scene.as(bob, "addEmoji", "conflict", { body: formOf("cat") });
  await scene.as(bob, "addEmoji", "invalid", { body: formOf("a") });
  await scene.as(bob, "addEmoji", "too_large", {
    body: formOf("large", new Uint8Array(5_000_000)),
  });
  const { headers } = await scene.as(bob, "listEmoji", 200);
  await scene.as(bob, "listEmoji", 304, { headers: { "if-none-match": headers.get("etag")! } });
  await scene.as(bob, "removeEmoji", "forbidden");
  await scene.as(ann, "updateWorkspace", 200, { body: { emojiMakers: "staff" } });
  await scene.as(bob, "addEmoji", "forbidden");
  await scene.as(ann, "updateWorkspace", 200, { body: { emojiMakers: null } });
  await scene.as(ann, "removeEmoji", 204);
  await scene.as(ann, "removeEmoji", "not_found");
}
