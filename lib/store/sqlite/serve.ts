/**
 * What the database's Worker does: answers one request after the other on one SQLite connection.
 * SQLite's calls block, and a commit waits for the disk, so none of this runs on the main thread.
 */
import { closeConnection, type Connection, readBatch, writeBatch } from "../commit/batch.ts";
import { describe } from "./failures.ts";
import type { BatchReply, BatchRequest, WorkerReply, WorkerRequest } from "../commit/wire.ts";

/** The part of a Worker's global scope that is used: the compiler's lists name the window's. */
export interface WorkerScope {
  onmessage: ((event: MessageEvent<WorkerRequest>) => void) | null;
  postMessage(reply: WorkerReply): void;
}

/** How the connections are opened; tests open theirs on a disk that fails. */
export interface Openers {
  openWriter(path: string, epoch: string): Promise<Connection>;
  openReader(path: string): Connection;
}

export function serve(scope: WorkerScope, { openWriter, openReader }: Openers): void {
  let connection: Connection | null = null;
  let run: (on: Connection, batch: BatchRequest) => Promise<BatchReply> = readBatch;

  async function answer(request: WorkerRequest): Promise<WorkerReply> {
    switch (request.type) {
      case "open":
        run = request.role === "writer" ? writeBatch : readBatch;
        connection = request.role === "writer"
          ? await openWriter(request.path, request.epoch)
          : openReader(request.path);
        return { type: "opened" };
      case "batch":
        if (connection === null) throw new Error("Cannot run a batch: no database is open.");
        return await run(connection, request);
      case "close":
        if (connection !== null) closeConnection(connection);
        connection = null;
        return { type: "closed" };
    }
  }

  /** Lets go of the file, so that the Worker that follows does not find it locked. */
  function giveUp(thrown: unknown): WorkerReply {
    try {
      if (connection !== null) closeConnection(connection);
    } catch {
      // It is closed already, or cannot be: the next one waits for its lock and reports.
    }
    connection = null;
    return { type: "broken", detail: describe(thrown) };
  }

  scope.onmessage = (event) => {
    answer(event.data).catch(giveUp).then((reply) => scope.postMessage(reply));
  };
}
