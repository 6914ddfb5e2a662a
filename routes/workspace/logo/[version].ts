/** `/workspace/logo/:version`: the workspace's picture. */
import { answerLogo } from "../../../lib/http/logo.ts";
import { define } from "../../../lib/http/state.ts";

export const handler = define.handlers({ GET: answerLogo });
