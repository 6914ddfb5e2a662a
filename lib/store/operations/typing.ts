/** Who may show the typing indicator. Nothing is stored. */
import { mayWrite } from "../../protocol/permissions.ts";
import type { Driver } from "../driver.ts";
import { type Input, read } from "./operation.ts";
import { requireStanding } from "./parts/standing.ts";

export const requireWriter = read(async (db: Driver, input: Input<"requireWriter">) => {
  await requireStanding(
    db,
    input.userId,
    input.room,
    mayWrite,
    "You may not write in this room.",
  );
});
