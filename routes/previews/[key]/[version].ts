/** `/previews/:key/:version`: the picture of a link's preview. */
import { answerPreviewPicture } from "../../../lib/http/links.ts";
import { define } from "../../../lib/http/state.ts";

export const handler = define.handlers({ GET: answerPreviewPicture });
