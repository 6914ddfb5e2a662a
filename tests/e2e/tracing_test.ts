/** Traces of the running program, as a collector gets them; nothing where nobody asked. */
import assert from "node:assert/strict";
import { ChatSocket, Refusal, signUp } from "../support/chat_client.ts";
import { OtlpCollector, type SentSpan } from "../support/otlp_collector.ts";
import { startProgram } from "../support/program.ts";

const GENERAL = 1;

function isWithin(inner: SentSpan, outer: SentSpan): void {
  assert.equal(inner.traceId, outer.traceId, `${inner.name}, ${outer.name}`);
  assert.equal(inner.parentSpanId, outer.spanId, `${inner.name} is below ${outer.name}`);
  assert.ok(inner.start >= outer.start - 1, `${inner.name} begins in ${outer.name}`);
}

Deno.test("a send is one trace from its frame to the last screen", async () => {
  await using collector = new OtlpCollector();
  await using program = await startProgram({
    env: { OTEL_DENO: "true", ...collector.environment },
  });
  const [ann, bob] = [await signUp(program.url, "ann"), await signUp(program.url, "bob")];
  const [onAnn, onBob] = [await ChatSocket.connect(ann), await ChatSocket.connect(bob)];
  await onAnn.send(GENERAL, "a word that nobody else may see");
  const fanOut = await collector.span("fan-out");
  const send = await collector.span("send");
  const chat = await collector.span("chat sendMessage");
  const store = await collector.span("store sendMessage");
  const commit = collector.spans.find(({ name, parentSpanId }) =>
    name === "database writer" && parentSpanId === store.spanId
  );
  assert.equal(send.parentSpanId, "", "it begins a trace, and is not below the connection's");
  isWithin(chat, send);
  isWithin(store, chat);
  assert.ok(commit !== undefined, "the commit is below the store's call");
  isWithin(commit, store);
  isWithin(fanOut, send);
  assert.ok(fanOut.start >= commit.end - 1, "told after it was committed");
  assert.equal(Number(commit.attributes["confab.batch.operations"]), 1);
  assert.equal(Number(fanOut.attributes["confab.connections"]), 2);
  for (const { name, end, start, failed } of [send, chat, store, commit, fanOut]) {
    assert.ok(end >= start && !failed, name);
  }
  assert.doesNotMatch(collector.raw, /nobody else may see/);
  for (const { token, cookie, password } of [ann, bob]) {
    for (const secret of [token, cookie, password]) assert.ok(!collector.raw.includes(secret));
  }
  await onAnn.close();
  await onBob.close();
});

Deno.test("a refused send is a trace that failed, with the error's code and no sentence", async () => {
  await using collector = new OtlpCollector();
  await using program = await startProgram({
    env: { OTEL_DENO: "true", ...collector.environment },
  });
  const socket = await ChatSocket.connect(await signUp(program.url, "ann"));
  await assert.rejects(socket.send(999, "hidden words"), Refusal);
  const send = await collector.span("send");
  assert.equal(send.failed, true);
  assert.equal(send.attributes["error.type"], "not_found");
  assert.ok(!collector.spans.some(({ name }) => name === "fan-out"));
  assert.doesNotMatch(collector.raw, /hidden words|There is no such/);
  await socket.close();
});

Deno.test("a request's span has its route's name, and the commands and the database below", async () => {
  await using collector = new OtlpCollector();
  await using program = await startProgram({
    env: { OTEL_DENO: "true", ...collector.environment },
  });
  const ann = await signUp(program.url, "ann");
  await ann.api.post(`/api/rooms/${GENERAL}/messages`, { text: "over HTTP" });
  const chat = await collector.span("chat sendMessage");
  const request = await collector.span("POST /api/rooms/:id/messages");
  assert.equal(chat.traceId, request.traceId);
  assert.equal(request.attributes["http.route"], "/api/rooms/:id/messages");
  isWithin(await collector.span("store sendMessage"), chat);
});

Deno.test("where nobody turned it on, nothing is sent and nothing loaded", async () => {
  await using collector = new OtlpCollector();
  const program = await startProgram({ env: collector.environment });
  const socket = await ChatSocket.connect(await signUp(program.url, "ann"));
  await socket.send(GENERAL, "hello");
  await socket.close();
  assert.equal((await program.stop()).code, 0);
  assert.equal(collector.requests, 0);
});
