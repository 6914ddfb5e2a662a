/** `/api/files/:id`: the parts of an upload, how far it is, what is to be seen on it. */
import { deleteFile, describedFile, headFile, patchFile } from "../../../lib/http/files.ts";
import { define } from "../../../lib/http/state.ts";

export const handler = define.handlers({
  GET: describedFile,
  HEAD: headFile,
  PATCH: patchFile,
  DELETE: deleteFile,
});
