import assert from "node:assert/strict";
import { ReadPages } from "../../lib/http/read_pages.ts";
import type { HistoryPage } from "../../lib/protocol/history.ts";
import { toJsonText } from "../../lib/protocol/json_text.ts";
import { message } from "../support/model_message.ts";

const textOf = (text: string, seq = 1) =>
  toJsonText<HistoryPage>({
    messages: [message(seq, { text })],
    head: seq,
    hasBefore: false,
    hasAfter: false,
  });

Deno.test("the page that many open is read once; one that differs in anything is another", () => {
  const pages = new ReadPages();
  const first = pages.read(textOf("hello"));
  assert.equal(pages.read(textOf("hello")), first);
  const edited = pages.read(textOf("hello!"));
  assert.equal(edited.page.messages[0]!.text, "hello!");
  assert.equal(first.page.messages[0]!.text, "hello");
});

Deno.test("its JSON holds the same, and nothing that could end a data block", () => {
  const text = textOf("</script><!-- да 🎉 <#0>");
  const data = new TextDecoder().decode(new ReadPages().read(text).data);
  assert.doesNotMatch(data, /</);
  assert.deepEqual(JSON.parse(data), JSON.parse(text));
});

Deno.test("however many pages are opened, no more than so many bytes are kept", () => {
  const pages = new ReadPages(100_000);
  for (let seq = 1; seq <= 300; seq++) {
    pages.read(textOf("x".repeat(seq), seq));
    assert.ok(pages.bytes <= 100_000);
  }
  assert.ok(pages.bytes > 30_000);
});
