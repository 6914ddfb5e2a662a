/** Which rooms staff have chosen for newcomers to begin in. It adds nobody. */
import type { Driver } from "../../driver.ts";
import { workspaceValue } from "./workspace_value.ts";

/** Those that are public and not archived now: whoever is new could join them as well. */
export async function welcomeRooms(db: Driver): Promise<number[]> {
  const set = await workspaceValue(db, "welcomeRooms");
  const rooms: number[] = [];
  for (const id of Array.isArray(set) ? set : []) {
    const found = Number.isSafeInteger(id) && await db.get(
      "SELECT id FROM rooms WHERE id = ? AND kind = 'public' AND archived = 0",
      [id],
    );
    if (found) rooms.push(id);
  }
  return rooms;
}
