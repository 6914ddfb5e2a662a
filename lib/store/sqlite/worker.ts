/** The entry of the database's Worker. */
import { openReader, openWriter } from "./open.ts";
import { serveOperations, type WorkerScope } from "./worker_side.ts";

// The cast: the compiler's lists describe the window's global scope, not a Worker's.
serveOperations(globalThis as unknown as WorkerScope, { openWriter, openReader });
