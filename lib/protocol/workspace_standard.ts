/** What clients go by where staff have set nothing. Shared with the browser. */
import type { WorkspaceHere } from "./workspace.ts";

export const STANDARD_HERE: WorkspaceHere = {
  name: "Confab",
  logo: null,
  publicRooms: "members",
  privateRooms: "members",
  inviters: "staff",
};
