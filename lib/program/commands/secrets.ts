/**
 * The secret that signs sessions moves with a chat: a SQLite chat has it in a file beside it,
 * PostgreSQL keeps it. Without it everybody has to sign in again. It is never shown.
 */
import type { Config } from "../config/config.ts";

/**
 * Puts a secret where a SQLite chat has it, unless there is one. Returns a sentence for the
 * operator, or nothing.
 */
export async function putSecretFile(
  { secret: setting }: Config,
  folder: string,
  secret: string | null,
): Promise<string> {
  if (setting !== null || secret === null) return "";
  const path = `${folder}/secret`;
  try {
    using file = await Deno.open(path, { write: true, createNew: true, mode: 0o600 });
    await file.write(new TextEncoder().encode(`${secret}\n`));
    await file.sync();
    return `The secret that signs sessions came along, into ${path}.\n`;
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    const same = (await Deno.readTextFile(path)).trim() === secret;
    return same ? "" : `${path} stays: it is another secret, so everybody has to sign in again.\n`;
  }
}

/** The secret file beside a SQLite chat; null if there is none, or a setting goes before it. */
export async function readSecretFile(
  { secret: setting }: Config,
  folders: readonly string[],
): Promise<string | null> {
  if (setting !== null) return null;
  for (const folder of folders) {
    try {
      return (await Deno.readTextFile(`${folder}/secret`)).trim();
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return null;
}
