/** `/api/files`: a file as a form, or the beginning of an upload in parts. */
import { postFile } from "../../../lib/http/files.ts";
import { define } from "../../../lib/http/state.ts";

export const handler = define.handlers({ POST: postFile });
