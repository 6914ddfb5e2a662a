/** How a bot learns of its end where the server also refuses its logout, against a model server. */
import { ProgramFiles } from "../../lib/client/program_files.ts";
import assert from "node:assert/strict";
import type { HttpAnswer } from "../../lib/client/environment.ts";
import { Participant } from "../../lib/client/participant.ts";
import { CLOSE } from "../../lib/protocol/codes.ts";
import { Link } from "../support/model_link.ts";
import { ModelServer } from "../support/model_server.ts";
import { sane } from "./outbox_fixture.ts";

/** A connected bot with a session of its own, whose requests are refused: it was revoked. */
async function bot() {
  const asked: string[] = [];
  const refusal: HttpAnswer = {
    ok: false,
    status: 401,
    headers: new Headers(),
    json: () => Promise.resolve({ code: "unauthenticated", reason: "revoked" }),
  };
  const server = new ModelServer([1], [1, 2]);
  const link = new Link(server, 1, {
    environment: {
      fetch(path) {
        asked.push(path);
        return Promise.resolve(refusal);
      },
    },
  });
  const participant = new Participant(link.bootstrap(), link.environment, true, NO_FILES);
  const started = participant.start();
  await link.drain();
  await started;
  return { server, link, participant, asked };
}

/** No test here sends one. */
const NO_FILES = new ProgramFiles({ url: "http://localhost", token: () => null });

Deno.test("what the listener threw is told, though the session ended as well", sane, async () => {
  const { server, link, participant, asked } = await bot();
  participant.onMessage(() => {
    throw new Error("This bot is broken.");
  });
  server.send(2, "from-two", 1, "hello");
  await link.drain();
  await assert.rejects(participant.ended, /broken/);
  assert.deepEqual(asked, ["/api/logout"]);
});

Deno.test("who closes has closed, though the session ended as well", sane, async () => {
  const { link, participant, asked } = await bot();
  const closing = participant.close();
  await link.drain();
  await closing;
  assert.equal(await participant.ended, "closed");
  assert.deepEqual(asked, ["/api/logout"]);
});

Deno.test("who is signed out from elsewhere is told why", sane, async () => {
  const { link, participant, asked } = await bot();
  link.line!.handlers.closed(CLOSE.unauthenticated, "revoked");
  assert.equal(await participant.ended, "revoked");
  assert.deepEqual(asked, []);
});
