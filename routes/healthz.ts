import { json } from "../lib/http/answer.ts";
import { define } from "../lib/http/state.ts";

/** Liveness: the process answers. */
export const handler = define.handlers({ GET: () => json({ status: "ok" }) });
