/** The parts of the client find each other under the names that `client_names.ts` leaves. */
import assert from "node:assert/strict";
import { shareNames } from "../client_names.ts";

const shared = () => ({
  fileName: "assets/client-1.js",
  code: "var Kc=1,F=2,fa=3;export{Kc as $,F as F,fa as a};",
});
const importing = (code: string) => ({ fileName: "assets/rest-1.js", code });

Deno.test("a file's exports go by their names inside, and who imports them has the same by them", () => {
  const client = shared();
  const rest = importing(`import{$ as e,F as F,a as fa}from"./client-1.js";import{b}from"./x.js";`);
  const other = importing(`import{$ as e}from"./client-2.js"`);
  shareNames(client, [client, rest, other, { fileName: "a.css" }]);
  assert.equal(client.code, "var Kc=1,F=2,fa=3;export{Kc,F,fa};");
  assert.equal(rest.code, `import{Kc as e,F,fa}from"./client-1.js";import{b}from"./x.js";`);
  assert.equal(other.code, `import{$ as e}from"./client-2.js"`);
});

Deno.test("a file that is asked for as a whole stops the build: names in it would be missing", () => {
  for (
    const code of [`import*as all from"./client-1.js"`, "import(`./client-1.js`).then(e=>e.$)"]
  ) {
    const client = shared();
    assert.throws(() => shareNames(client, [client, importing(code)]), /client_names/);
  }
});

Deno.test("a file that exports nothing stays as it is", () => {
  const client = { fileName: "client-1.js", code: "run();" };
  shareNames(client, [client]);
  assert.equal(client.code, "run();");
});
