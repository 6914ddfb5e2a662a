/** One's own accounts elsewhere. Linking one is in `lib/auth/`: it needs the provider's word. */
import * as input from "../protocol/oidc.ts";
import { mayAct } from "../protocol/permissions.ts";
import { byAccount, defineCommand } from "./command.ts";

export const listConnections = defineCommand({
  schema: input.listConnections,
  access: byAccount(mayAct),
  run: ({ store }, { userId }): Promise<input.LinkedAccount[]> => store.listConnections({ userId }),
});

export const removeConnection = defineCommand({
  schema: input.removeConnection,
  access: byAccount(mayAct),
  metered: true,
  confirmed: true,
  run: ({ store, workspace, now }, { userId, address }, { connection }): Promise<void> => {
    const ownerOnly = workspace.get("passwordLogin") === "owner";
    return store.removeConnection({ userId, connection, ownerOnly, address, now: now() });
  },
});
