/**
 * "users reset-link": a link with which somebody sets a new password, also where no mail is sent
 * and nobody of the staff can sign in.
 */
import { hashOfSecret, newSecret } from "../../auth/secrets.ts";
import { makeResetLink } from "../../store/upkeep/recovery.ts";
import type { Config } from "../config/config.ts";
import type { Call } from "./command.ts";
import { withDatabase } from "./databases.ts";
import { shown } from "./shown.ts";

/** As long as those that staff make. */
const LINK_LIVES = 24 * 60 * 60 * 1000;

export async function printResetLink({ config, operands, terminal }: Call): Promise<number> {
  const token = newSecret((length) => crypto.getRandomValues(new Uint8Array(length)));
  const tokenHash = await hashOfSecret(token);
  const now = Date.now();
  const link = { tokenHash, expiresAt: now + LINK_LIVES, now };
  const access = { access: "write", version: "this" } as const;
  const user = await withDatabase(
    config.database,
    access,
    (database) => database.write((db) => makeResetLink(db, operands[1]!, link)),
  );
  const until = new Date(link.expiresAt).toISOString().slice(0, 16).replace("T", " ");
  terminal.note(
    `With this link ${shown(user.username)} sets a new password, once, until ${until} UTC:\n`,
  );
  terminal.print(`${originOf(config)}/reset/${token}\n`);
  if (config.origins[0] === undefined) {
    terminal.note(
      "CONFAB_ORIGIN is not set: where people reach the chat at another address, write that in " +
        "the place of the beginning.\n",
    );
  }
  return 0;
}

/** Where people reach the chat; without a setting, where it is on this machine. */
function originOf({ origins, port, tlsCertificate }: Config): string {
  return origins[0] ?? `${tlsCertificate === null ? "http" : "https"}://localhost:${port}`;
}
