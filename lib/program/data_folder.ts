/**
 * The data folder, which outlives the program: readable by its owner only, and home of the secret
 * that signs sessions. It knows files and permissions, no database.
 */
import type { Config } from "./config/config.ts";

/** Something outside the program keeps it from starting; the message is for the operator. */
export class StartError extends Error {
  override readonly name = "StartError";
}

/** Shorter secrets could be guessed offline from a single token (RFC 7518, 3.2). */
const SECRET_BYTES = 32;

/** The folders the program writes to, as configured, none within another. */
export function writtenFolders(config: Config): string[] {
  const { files } = config;
  // What is on its way to a bucket is looked at on this machine first.
  const kept = files.kind === "off" ? [] : [files.kind === "folder" ? files.path : spoolOf(config)];
  const folders = [...preparedFolders(config), ...kept];
  return folders.filter((folder, index) =>
    !folders.some((other, place) =>
      folder === other ? place < index : folder.startsWith(`${other.replace(/\/*$/, "")}/`)
    )
  );
}

/** Where files are kept for a moment, if they are kept elsewhere for good. */
export function spoolOf({ dataDir }: Pick<Config, "dataDir">): string {
  return `${dataDir.replace(/(?<=.)\/+$/, "")}/uploads`;
}

/** What has to be there before anything is kept: nothing with PostgreSQL. */
function preparedFolders({ dataDir, database }: Config): string[] {
  if (database.kind === "postgres") return [];
  return [...new Set([dataDir, folderOf(database.path)])];
}

/** The folder that a file is in. `node:path` would be loaded by each start (docs/decisions/0021). */
export function folderOf(file: string): string {
  const slash = file.lastIndexOf("/");
  return slash === -1 ? "." : file.slice(0, slash) || "/";
}

/**
 * Creates the folders with mode 0700; existing ones stay as they are. That of files is made with the
 * first file. Throws `StartError`.
 */
export async function prepareDataFolder(config: Config): Promise<void> {
  for (const folder of writtenFolders(config)) await demandPermission(folder);
  for (const folder of preparedFolders(config)) {
    try {
      await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
    } catch (error) {
      const why = error instanceof Deno.errors.AlreadyExists ||
          error instanceof Deno.errors.NotADirectory
        ? "there is a file in its place"
        : reason(error);
      throw new StartError(
        `Cannot make the folder ${folder}: ${why}; CONFAB_DATA_DIR chooses another one.`,
        { cause: error },
      );
    }
  }
}

/** What deno.json grants to be read: a flag takes its place, and passwords could not be hashed. */
const GRANTED_READ = ".,/usr/bin/ldd";

/**
 * Checked in advance, since on a terminal Deno would stop and prompt the operator. Throws
 * `StartError`.
 */
export async function demandPermission(
  path: string,
  access: readonly ("read" | "write")[] = ["read", "write"],
): Promise<void> {
  const states = await Promise.all(
    access.map((name) => Deno.permissions.query({ name, path })),
  );
  if (states.every(({ state }) => state === "granted")) return;
  const flags = access.map((name) =>
    `--allow-${name}=${name === "read" ? `${GRANTED_READ},` : ""}${path}`
  );
  throw new StartError(
    `Confab was not given permission to use ${path}; "deno task start" grants what the settings ` +
      `need, else add ${flags.join(" ")}.`,
  );
}

/**
 * The secret: CONFAB_SECRET, or else the one in the data folder, created at the first start with
 * mode 0600. Null if PostgreSQL keeps it. Throws `StartError` if the file cannot be used.
 */
export async function loadSecret(
  config: Config,
  randomBytes: (length: number) => Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (config.secret !== null) return new TextEncoder().encode(config.secret);
  if (config.database.kind === "postgres") return null;
  const file = `${config.dataDir}/secret`;
  try {
    return await readSecret(file) ?? await makeSecret(file, randomBytes(SECRET_BYTES));
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(`Cannot use the secret in ${file}: ${reason(error)}.`, { cause: error });
  }
}

async function readSecret(file: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const text = (await Deno.readTextFile(file)).trim();
    if (text.length >= SECRET_BYTES) return new TextEncoder().encode(text);
    throw new StartError(
      `The secret in ${file} is shorter than ${SECRET_BYTES} characters; remove the file to get a new one (everyone signs in again).`,
    );
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

async function makeSecret(
  path: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const text = bytes.toBase64({ alphabet: "base64url", omitPadding: true });
  // createNew: if two programs start at once, one fails instead of signing with its own secret.
  using file = await Deno.open(path, { write: true, createNew: true, mode: 0o600 });
  await file.write(new TextEncoder().encode(`${text}\n`));
  await file.sync();
  return new TextEncoder().encode(text);
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message.replace(/\.$/, "") : String(error);
}
