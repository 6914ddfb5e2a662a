/** `/workspace/colours.css`: the colours that staff have chosen. */
import { answerColours } from "../../lib/http/colours.ts";
import { define } from "../../lib/http/state.ts";

export const handler = define.handlers({ GET: answerColours });
