/** `/link/:code`: a phone has scanned the code that another device shows. */
import { showCode, takeCode } from "../../lib/http/phone_links.ts";
import { define } from "../../lib/http/state.ts";
import { LinkDocument } from "../(_parts)/LinkDocument.tsx";

export const handler = define.handlers({ GET: showCode, POST: takeCode });

export default define.page<typeof handler>(({ data, state }) => (
  <LinkDocument data={data} state={state} />
));
