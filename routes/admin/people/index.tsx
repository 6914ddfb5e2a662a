/** `/admin/people`: everybody's accounts. */
import { adminHandlers } from "../../../lib/http/admin.ts";
import { readPeople } from "../../../lib/http/admin_people.ts";
import { define } from "../../../lib/http/state.ts";
import { PeoplePage } from "../../../lib/ui/admin/PeoplePage.tsx";
import { AdminDocument } from "../../(_parts)/AdminDocument.tsx";

export const handler = define.handlers(adminHandlers({ section: "people", read: readPeople }));

export default define.page<typeof handler>(({ data, state }) => (
  <AdminDocument section="people" state={state}>
    <PeoplePage {...data} />
  </AdminDocument>
));
