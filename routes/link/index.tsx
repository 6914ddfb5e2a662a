/** `/link`: the phone waits until the other device has confirmed it, and then signs in. */
import { openClaimed, showWait } from "../../lib/http/phone_links.ts";
import { define } from "../../lib/http/state.ts";
import { LinkDocument } from "../(_parts)/LinkDocument.tsx";

export const handler = define.handlers({ GET: showWait, POST: openClaimed });

export default define.page<typeof handler>(({ data, state }) => (
  <LinkDocument data={data} state={state} />
));
