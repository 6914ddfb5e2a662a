/** `/admin/people/:id/erase`: erases somebody, after one more question. */
import { adminHandlers } from "../../../../lib/http/admin.ts";
import { readErasing, submitErasing, toPerson } from "../../../../lib/http/admin_people.ts";
import { define } from "../../../../lib/http/state.ts";
import { ErasePage } from "../../../../lib/ui/admin/ErasePage.tsx";
import { AdminDocument } from "../../../(_parts)/AdminDocument.tsx";

export const handler = define.handlers(adminHandlers({
  section: "people",
  read: readErasing,
  submit: submitErasing,
  path: toPerson,
}));

export default define.page<typeof handler>(({ data, state }) => (
  <AdminDocument section="people" state={state}>
    <ErasePage {...data} />
  </AdminDocument>
));
