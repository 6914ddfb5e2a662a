/** How a bot sends a message with files whose answer was lost, against a server of a few lines. */
import assert from "node:assert/strict";
import { Participant } from "../../lib/client/participant.ts";
import type { FileToSend, ProgramFiles } from "../../lib/client/program_files.ts";
import type { Message } from "../../lib/protocol/messages.ts";
import { httpAnswer } from "../support/http_answer.ts";
import { Link } from "../support/model_link.ts";
import { ModelServer } from "../support/model_server.ts";
import { sane } from "./outbox_fixture.ts";

/** A bot whose next answers are these: "lost" after the message was stored, or a refusal. */
function bot(fates: ("lost" | "refused")[]) {
  const posted: Pick<Message, "clientId" | "files">[] = [];
  const link = new Link(new ModelServer([1], [1, 2]), 1, {
    environment: {
      fetch(_path, { body }) {
        posted.push(JSON.parse(body!));
        const fate = fates.shift();
        if (fate === "lost") return Promise.reject(new TypeError("The network is gone."));
        return Promise.resolve(
          fate === "refused"
            ? httpAnswer(422, { code: "invalid", detail: "No such file." })
            : httpAnswer(201, { id: 7 }),
        );
      },
    },
  });
  let uploaded = 0;
  const files = {
    upload: (_file: FileToSend) => Promise.resolve({ id: ++uploaded }),
  } as unknown as ProgramFiles; // what a message needs of it
  return { participant: new Participant(link.bootstrap(), link.environment, false, files), posted };
}

const FILES = [1, 2].map((byte) => ({ name: `${byte}.bin`, bytes: Uint8Array.of(byte) }));

Deno.test(
  "a message with files whose answer was lost is sent again as the same one",
  sane,
  async () => {
    const { participant, posted } = bot(["lost"]);
    const send = () => participant.sendFiles(1, FILES, { clientId: "once" });
    await assert.rejects(send(), { code: "offline" });
    assert.equal((await send()).id, 7);
    assert.deepEqual(posted.map(({ clientId, files }) => [clientId, files]), [
      ["once", [1, 2]],
      ["once", [1, 2]],
    ]);
  },
);

Deno.test(
  "files that the server does not take with a message are uploaded anew",
  sane,
  async () => {
    const { participant, posted } = bot(["lost", "refused"]);
    const send = () => participant.sendFiles(1, FILES, { clientId: "once" });
    await assert.rejects(send(), { code: "offline" });
    await assert.rejects(send(), { code: "invalid" });
    await send();
    assert.deepEqual(posted.map(({ files }) => files), [[1, 2], [1, 2], [3, 4]]);
  },
);
