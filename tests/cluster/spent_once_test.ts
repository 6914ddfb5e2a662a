/**
 * What lets somebody in once, over three real programs on one database: begun at one node it is
 * finished at another, and shown at all of them at the same time it lets in one.
 */
import assert from "node:assert/strict";
import { TOTP } from "otpauth";
import type { PhoneClaim, PhoneLink } from "../../lib/protocol/devices.ts";
import type { ResetLink } from "../../lib/protocol/recovery.ts";
import { Api, PASSWORD, type Person, signUp } from "../support/chat_client.ts";
import { at, type ClusterNode, clusterTests } from "../support/cluster.ts";
import { SoftPasskey } from "../support/soft_passkey.ts";

const test = clusterTests({ bus: "notify", nodes: 3 });

interface Begun {
  ticket: string;
  challenge: string;
  token: string;
}

/** A request at each node at once, by nobody in particular: the statuses, sorted. */
async function everywhere(nodes: readonly ClusterNode[], path: string, body: unknown) {
  const answers = await Promise.all(
    nodes.map(({ url }) => new Api(url).request<Begun>("POST", path, body)),
  );
  return answers.map(({ status }) => status).sort();
}

async function ticketAt({ url }: ClusterNode, { username, password }: Person): Promise<string> {
  const asked = await new Api(url).request<Begun>("POST", "/api/login", { username, password });
  assert.equal(asked.status, 401, asked.text);
  return asked.body.ticket;
}

async function withApp({ api, password }: Person) {
  const { secret } = await api.post<{ secret: string }>("/api/me/totp", { password }, 200);
  const app = new TOTP({ secret });
  const code = app.generate();
  const { codes } = await api.post<{ codes: string[] }>("/api/me/totp", { code }, 200);
  return { codes, next: () => app.generate({ timestamp: Date.now() + 30_000 }) };
}

test("a ticket, a code of the app and a recovery code let in one of three nodes' browsers", async ({ nodes }) => {
  const [a, b, c] = nodes as readonly [ClusterNode, ClusterNode, ClusterNode];
  const ann = await signUp(a.url, "ann");
  const { codes, next } = await withApp(ann);
  const second = "/api/login/second";
  // One ticket at all of them, each with a code of its own.
  const ticket = await ticketAt(a, ann);
  const raced = await Promise.all(
    nodes.map(({ url }, i) => new Api(url).request("POST", second, { ticket, code: codes[i] })),
  );
  assert.deepEqual(raced.map(({ status }) => status).sort(), [200, 401, 401]);
  // One code with three tickets; those that lost may go on with another.
  for (const code of [next(), codes[4]!]) {
    const tickets = [await ticketAt(b, ann), await ticketAt(c, ann), await ticketAt(a, ann)];
    const answers = await Promise.all(
      nodes.map(({ url }, i) => new Api(url).request("POST", second, { ticket: tickets[i], code })),
    );
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 401, 401], code);
  }
  // Tries are counted with the ticket, wherever they are made.
  const tried = await ticketAt(a, ann);
  for (let i = 0; i < 5; i++) {
    const wrong = { ticket: tried, code: "000000" };
    const { status } = await new Api(nodes[i % 3]!.url).request("POST", second, wrong);
    assert.equal(status, 401);
  }
  assert.deepEqual(await everywhere(nodes, second, { ticket: tried, code: codes[5] }), [
    401,
    401,
    401,
  ]);
});

test("a reset link, a phone's code and a passkey's signature are spent by one of three nodes", async ({ nodes }) => {
  const [a, b, c] = nodes as readonly [ClusterNode, ClusterNode, ClusterNode];
  const owner = await signUp(a.url, "owner");
  const bob = await signUp(b.url, "bob");

  const reset = await owner.api.post<ResetLink>(`/api/users/${bob.id}/reset`, {});
  const token = reset.url.split("/").at(-1);
  const body = { token, password: `${PASSWORD} again` };
  assert.deepEqual(await everywhere(nodes, "/api/reset", body), [200, 404, 404]);

  const link = await at(c, owner).api.post<PhoneLink>("/api/me/phone-link", {});
  const code = link.url!.split("/").at(-1)!;
  const claims = await Promise.all(
    nodes.map(({ url }) => new Api(url).request<PhoneClaim>("POST", "/api/login/phone", { code })),
  );
  const [claim, ...late] = claims.toSorted((one, other) => one.status - other.status);
  assert.deepEqual(late.map(({ status }) => status), [404, 404]);
  await at(b, owner).api.post("/api/me/phone-link/decide", { id: link.id, allow: true }, 204);
  const { ticket } = claim!.body;
  assert.deepEqual(await everywhere(nodes, "/api/login/phone/open", { ticket }), [200, 404, 404]);

  // Asked for at one, registered at another, shown at all.
  const key = await SoftPasskey.make();
  const rpId = "localhost";
  const made = await owner.api.post<Begun>("/api/me/passkeys", {}, 200);
  const passkey = await key.registration({ challenge: made.challenge, origin: c.url, rpId });
  await at(c, owner).api.post("/api/me/passkeys", { passkey });
  const { challenge } = await new Api(b.url).post<Begun>("/api/login/passkey", {}, 200);
  const shown = await Promise.all(nodes.map(async ({ url }) => {
    const signed = await key.assertion({ challenge, origin: url, rpId });
    return (await new Api(url).request("POST", "/api/login/passkey", { passkey: signed })).status;
  }));
  assert.deepEqual(shown.sort(), [200, 401, 401]);
});
