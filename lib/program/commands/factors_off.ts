/**
 * "users second-factor-off": for somebody who has lost their second factor where nobody of the staff
 * can sign in either. The password alone lets them in afterwards.
 */
import { takeFactors } from "../../store/upkeep/second_factor.ts";
import type { Call } from "./command.ts";
import { withDatabase } from "./databases.ts";
import { shown } from "./shown.ts";

export async function takeSecondFactor({ config, operands, terminal }: Call): Promise<number> {
  const { user, had } = await withDatabase(
    config.database,
    { access: "write", version: "this" },
    (database) => database.write((db) => takeFactors(db, operands[1]!, Date.now())),
  );
  const name = shown(user.username);
  terminal.print(
    had ? `${name} signs in without a second factor now.\n` : `${name} had no second factor.\n`,
  );
  return 0;
}
