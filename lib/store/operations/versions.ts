/** What edited messages said before. */
import type { Driver } from "../driver.ts";
import { type Input, read } from "./operation.ts";
import { requireReadable } from "./parts/readable.ts";
import { versionsOf } from "./parts/versions.ts";

/** A deleted message has none: they went with its text. */
export const listVersions = read(async (db: Driver, input: Input<"listVersions">) => {
  const { userId, message } = input;
  await requireReadable(db, userId, message);
  return await versionsOf(db, message);
});
