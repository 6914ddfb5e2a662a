/** Another program that opens the database of one that runs, as an operator's shell or backup does. */

/**
 * Takes the database for itself, which only the one program that has it open can: as a shell does
 * that closes it, and then empties the log and deletes it. Returns how it locks the file by then
 * ("exclusive"), or why it was refused.
 */
export async function tryAlone(path: string): Promise<string> {
  const program = `
    const db = new (await import("node:sqlite")).DatabaseSync(Deno.args[0]);
    try {
      const { locking_mode } = db.prepare("PRAGMA locking_mode = EXCLUSIVE").get();
      db.prepare("SELECT count(*) FROM messages").get();
      console.log(locking_mode);
    } catch (error) {
      console.log(error.message);
    }`;
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-check", program, path],
  }).output();
  return new TextDecoder().decode(stdout).trim();
}
