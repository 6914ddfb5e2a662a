/** `/healthz`: liveness, for whatever restarts the program. */
import { json } from "../lib/http/answer.ts";
import { define } from "../lib/http/state.ts";

export const handler = define.handlers({ GET: () => json({ status: "ok" }) });
