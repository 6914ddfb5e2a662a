/** What is said of a file that was not uploaded. */
import assert from "node:assert/strict";
import { uploadFaultOf } from "../../../lib/client/upload_faults.ts";
import { RequestError } from "../../../lib/client/request_error.ts";
import type { Attachment } from "../../../lib/client/uploads_model.ts";
import { dialogWords } from "../../../lib/ui/catalogue/dialogs.ts";
import { sayFault } from "../../../lib/ui/attachments/saying.ts";
import { fakeClient } from "../fake_client.ts";

const MB = 2 ** 20;

function said(limit: number, scope: RequestError["scope"]): string {
  const refusal = new RequestError("too_large", "", [], undefined, undefined, limit, scope);
  // The casts: of a view and a file, no more is looked at.
  const view = { ...fakeClient([]), words: dialogWords("en"), language: "en" };
  const file = { error: uploadFaultOf(refusal) } as Attachment;
  return sayFault(view as unknown as Parameters<typeof sayFault>[0], file);
}

Deno.test("of a limit it is said whose it is, and how much it is where one can do something", () => {
  assert.match(said(1 * MB, "file"), /^Too large: 1 MB at most/);
  assert.match(said(500 * MB, "user"), /^All your files may have 500 MB: delete/);
  assert.match(said(1, "user"), /^All your files/);
  for (const scope of ["all", "disk"] as const) {
    assert.equal(said(5_000 * MB, scope), "There is no room for it on the server.");
  }
});
