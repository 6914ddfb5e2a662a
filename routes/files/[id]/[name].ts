/** `/files/:id/:name`: the bytes of a file, for who may read its message. */
import { answerFile } from "../../../lib/http/files.ts";
import { define } from "../../../lib/http/state.ts";

export const handler = define.handlers({ GET: answerFile });
