/** How the chat is doing, as far as the database knows. */
import * as input from "../protocol/health.ts";
import { mayAdminister } from "../protocol/permissions.ts";
import { byAccount, defineCommand } from "./command.ts";

export const getHealth = defineCommand({
  schema: input.getHealth,
  access: byAccount(mayAdminister),
  run: ({ store }, { userId }): Promise<input.StoredHealth> => store.getHealth({ userId }),
});
