/** A client beside models of the server and its uploads, for the tests of files on their way. */
import assert from "node:assert/strict";
import type { DraftKey } from "../../lib/client/draft.ts";
import type { Environment } from "../../lib/client/environment.ts";
import type { FileGround, FileStorage, PictureSize } from "../../lib/client/file_ground.ts";
import { createMemoryFiles } from "../../lib/client/file_storage.ts";
import { createMemoryShelf, type Shelf } from "../../lib/client/shelf.ts";
import { eventually } from "../support/eventually.ts";
import type { LinkOptions } from "../support/model_link.ts";
import { ModelFiles } from "../support/model_files.ts";
import { ModelServer } from "../support/model_server.ts";
import { world } from "./outbox_fixture.ts";

export interface UploadWorldOptions extends LinkOptions {
  files?: ModelFiles;
  kept?: FileStorage;
  shelf?: Shelf;
  /** What the browser makes of a picture. */
  measure?: (bytes: Blob) => Promise<PictureSize | null>;
  environment?: Partial<Environment>;
}

/** What one tab has, and the next one finds: pass it on. */
export function uploadWorld(
  options: UploadWorldOptions = {},
  server = new ModelServer([1, 2], [1, 2]),
) {
  const { files = new ModelFiles(), kept = createMemoryFiles(), measure, environment } = options;
  const shelf = options.shelf ?? createMemoryShelf();
  server.fileOf = (id) => files.file(id);
  const ground: FileGround = {
    storage: kept,
    send: (request) => files.send(request),
    measure: measure ?? (() => Promise.resolve(null)),
  };
  const made = world({
    ...options,
    shelf,
    environment: { files: () => Promise.resolve(ground), ...environment },
  }, server);
  const { link, client } = made;
  const outer = link.environment.fetch;
  link.environment.fetch = (path, request) =>
    path.startsWith("/api/files") ? files.json(path, request) : outer(path, request);
  return {
    ...made,
    files,
    kept,
    shelf,
    attached: (key: DraftKey = 1) => client.state.attachments.value.get(key) ?? [],
    /** Lets time pass until it holds. */
    until: (check: () => unknown) =>
      eventually(async () => {
        await link.drain();
        try {
          return await check();
        } catch (error) {
          await link.clock.advance(500);
          throw error;
        }
      }),
    /** The tab is closed: nothing of it happens any more. */
    close() {
      files.fate = () => "lost";
      link.cut();
      client.stop();
    },
  };
}

/** `size` bytes of which no part is like another. */
export function fileNamed(name: string, size = 10, type = "text/plain"): File {
  const bytes = Uint8Array.from({ length: size }, (_, at) => (at * 7 + (at >> 8)) % 251);
  return new File([bytes], name, { type });
}

export async function online(made: ReturnType<typeof uploadWorld>) {
  made.client.start();
  await made.link.drain();
  return made;
}

/** Messages with the names of their files. */
export function sentFiles(server: ModelServer, room = 1): string[] {
  return server.rooms.get(room)!.messages.map(({ text, files }) =>
    [text, ...files.map(({ name }) => name)].join(" ")
  );
}

/** The server has these very bytes. */
export async function assertArrived(files: ModelFiles, id: number, file: Blob) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  assert.deepEqual(Uint8Array.from(files.uploads.get(id)!.bytes), bytes);
}
