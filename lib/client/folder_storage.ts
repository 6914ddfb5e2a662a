/**
 * Unsent messages as files in a folder: they outlive the program. It works on one at a time, in the
 * order of the calls, as the outbox expects. It must not know how or when they are sent.
 */
import type { OutboxRecord, OutboxStorage } from "./outbox_storage.ts";

const CLIENT_ID = /^[\w-]{16,64}$/;

export class FolderStorage implements OutboxStorage {
  readonly #folder: string;
  #last: Promise<unknown> = Promise.resolve();

  /** The folder is created with the first message. Use one for each server's database. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  all(userId: number): Promise<OutboxRecord[]> {
    return this.#inTurn(async () => {
      const records: OutboxRecord[] = [];
      for await (const name of names(this.#folder)) {
        const record = recordIn(await Deno.readTextFile(`${this.#folder}/${name}`));
        if (record?.userId === userId) records.push(record);
      }
      return records;
    });
  }

  put(record: OutboxRecord): Promise<void> {
    return this.#inTurn(async () => {
      // Other users of the machine need not see that something is waiting, or when it was written.
      await Deno.mkdir(this.#folder, { recursive: true, mode: 0o700 });
      const path = this.#path(record.clientId);
      // Whole or not at all, even if the program ends in the middle.
      await Deno.writeTextFile(`${path}.new`, JSON.stringify(record), { mode: 0o600 });
      await Deno.rename(`${path}.new`, path);
    });
  }

  delete(clientId: string): Promise<void> {
    return this.#inTurn(() => Deno.remove(this.#path(clientId)).catch(unlessMissing));
  }

  /** A client id consists of letters, digits, "_" and "-": it is a valid file name. */
  #path(clientId: string): string {
    if (!CLIENT_ID.test(clientId)) throw new TypeError(`"${clientId}" is no client id.`);
    return `${this.#folder}/${clientId}.json`;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => {});
    return turn;
  }
}

async function* names(folder: string): AsyncGenerator<string> {
  try {
    for await (const { name, isFile } of Deno.readDir(folder)) {
      if (isFile && name.endsWith(".json") && CLIENT_ID.test(name.slice(0, -5))) yield name;
    }
  } catch (error) {
    unlessMissing(error);
  }
}

/**
 * Null if it is not one: one bad file, from another program or a full disk, must not block the
 * others.
 */
function recordIn(text: string): OutboxRecord | null {
  try {
    const record = JSON.parse(text) as OutboxRecord | null;
    return typeof record?.clientId === "string" && typeof record.text === "string" ? record : null;
  } catch {
    return null;
  }
}

function unlessMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
