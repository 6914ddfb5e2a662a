/** Somebody sets the clock, or the machine sleeps: what is measured stays right. */
import assert from "node:assert/strict";
import { SILENCE } from "../../lib/client/silence.ts";
import { SHOWN_FOR } from "../../lib/client/typing.ts";
import { sane, world } from "./outbox_fixture.ts";

const HOUR = 3_600_000;

async function online() {
  const all = world();
  all.client.start();
  await all.link.drain();
  return all;
}

for (const [set, by] of [["back", -HOUR], ["forward", HOUR]] as const) {
  Deno.test(`a dead line is found out in time, the clock set ${set} an hour`, sane, async () => {
    const { link, client } = await online();
    link.clock.wallAhead += by;
    await link.clock.advance(SILENCE + 500);
    assert.ok(link.opened >= 2);
    client.stop();
  });

  Deno.test(`a line that answers is kept, the clock set ${set} an hour`, sane, async () => {
    const { link, client } = await online();
    link.clock.wallAhead += by;
    for (let second = 0; second < 120; second++) {
      await link.clock.advance(1_000);
      await link.drain();
    }
    assert.equal(link.opened, 1);
    client.stop();
  });

  Deno.test(`typing is told as often as ever, the clock set ${set} an hour`, sane, async () => {
    const { link, client } = await online();
    client.actions.typing();
    link.clock.wallAhead += by;
    client.actions.typing();
    assert.equal(link.commands("typing").length, 1);
    await link.clock.advance(SHOWN_FOR);
    client.actions.typing();
    assert.equal(link.commands("typing").length, 2);
    client.stop();
  });
}

Deno.test(
  "the wait for the next try lasts as long as it should, whatever the clock says",
  sane,
  async () => {
    const { link, client } = await online();
    link.cut();
    link.clock.wallAhead -= HOUR;
    await link.clock.advance(500);
    await link.drain();
    assert.equal(client.state.connection.value.state, "online");
    client.stop();
  },
);

Deno.test(
  "a line that died while the machine slept is found out, though nothing woke the page",
  sane,
  async () => {
    const { link, client } = await online();
    // Timers stood still, as did the monotonic clock: only the time of day went on.
    link.clock.wallAhead += HOUR;
    await link.clock.advance(16_000);
    assert.equal(link.opened, 2);
    client.stop();
  },
);

Deno.test(
  "messages written before and after the clock was set back keep their order",
  sane,
  async () => {
    const { server, link, client } = await online();
    client.actions.send("one");
    link.clock.wallAhead -= HOUR;
    client.actions.send("two");
    await link.drain();
    assert.deepEqual(server.rooms.get(1)!.messages.map(({ text }) => text), ["one", "two"]);
    client.stop();
  },
);
