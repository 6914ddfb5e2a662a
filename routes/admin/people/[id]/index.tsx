/** `/admin/people/:id`: one account, and what staff may do with it. */
import { adminHandlers } from "../../../../lib/http/admin.ts";
import {
  changePerson,
  type PersonShown,
  readPerson,
  toPerson,
} from "../../../../lib/http/admin_people.ts";
import { define } from "../../../../lib/http/state.ts";
import { PersonPage } from "../../../../lib/ui/admin/PersonPage.tsx";
import { AdminDocument } from "../../../(_parts)/AdminDocument.tsx";

export const handler = define.handlers(adminHandlers<PersonShown>({
  section: "people",
  read: readPerson,
  submit: changePerson,
  path: toPerson,
}));

export default define.page<typeof handler>(({ data, state }) => (
  <AdminDocument section="people" state={state}>
    <PersonPage {...data} />
  </AdminDocument>
));
