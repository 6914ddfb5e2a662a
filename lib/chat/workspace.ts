/** What staff set for the whole workspace. */
import { ConfabError } from "../errors.ts";
import { mayAdminister } from "../protocol/permissions.ts";
import * as input from "../protocol/workspace.ts";
import { byAccount, defineCommand } from "./command.ts";

type States = Record<input.WorkspaceKey, input.WorkspaceSettingState>;

export const getWorkspace = defineCommand({
  schema: input.getWorkspace,
  access: byAccount(mayAdminister),
  run: async ({ store, workspace }, { userId }): Promise<States> => {
    await store.requireStaff({ userId });
    return workspace.states();
  },
});

/** Who needs a second factor, and whom passwords let in: lowered, they open other people's accounts. */
const DANGEROUS = ["secondFactor", "passwordLogin"] as const satisfies input.WorkspaceKey[];

/** `conflict` if the host's environment fixes one of the keys: then none is changed. */
export const updateWorkspace = defineCommand({
  schema: input.updateWorkspace,
  access: byAccount(mayAdminister),
  confirmed: (change) => DANGEROUS.some((key) => change[key] !== undefined),
  metered: true,
  run: async ({ store, workspace, now }, actor, change): Promise<States> => {
    const entries = Object.entries(change).filter(([, value]) => value !== undefined);
    for (const [key] of entries) {
      if (workspace.isFixed(key as input.WorkspaceKey)) throw fixedByHost(key);
    }
    const set = Object.fromEntries(entries);
    const { userId: actorId, address } = actor;
    await store.updateWorkspace({ actorId, address, set, now: now() });
    return workspace.states();
  },
});

export const setLogo = defineCommand({
  schema: input.setLogo,
  access: byAccount(mayAdminister),
  metered: true,
  run: ({ store, now }, { userId: actorId, address }, logo): Promise<void> =>
    store.setLogo({ actorId, address, ...logo, now: now() }),
});

function fixedByHost(path: string): ConfabError {
  const message = "is set by the server's environment";
  return new ConfabError("conflict", "The server's environment sets this.", {
    errors: [{ path, message, reason: "invalid" }],
  });
}
