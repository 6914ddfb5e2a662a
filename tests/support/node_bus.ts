/** A node's bus as the program opens it, with what it heard from other nodes and what it logged. */
import assert from "node:assert/strict";
import { openBus, type OpenBusOptions } from "../../lib/bus/open.ts";
import { NOTICE_LINES } from "../../lib/chat/notice_lines.ts";
import type { Notice } from "../../lib/chat/notice.ts";
import type { Bus } from "../../lib/bus/bus.ts";
import { eventLoop } from "../../lib/event_loop.ts";
import { readAddress } from "../../lib/postgres/address.ts";
import { parseRedisUrl } from "../../lib/redis/address.ts";
import { testLog } from "./test_log.ts";

export interface NodeBus {
  bus: Bus<Notice>;
  /** From other nodes. */
  heard: Notice[];
  log: string[];
  /** How often it came back. */
  returns(): number;
}

export async function openRedisBus(url: string, { instance = "one" } = {}): Promise<NodeBus> {
  const redis = parseRedisUrl(url);
  assert.ok(redis !== undefined, `${url} is an address`);
  return await open({ redis, postgres: null, instance });
}

export async function openNotifyBus(url: string): Promise<NodeBus> {
  return await open({ redis: null, postgres: readAddress(url, {}), instance: "one" });
}

async function open(
  options: Pick<OpenBusOptions<Notice>, "redis" | "postgres" | "instance">,
): Promise<NodeBus> {
  const { log, lines } = testLog();
  const bus = await openBus<Notice>({
    ...options,
    epoch: "first",
    lines: NOTICE_LINES,
    loop: eventLoop,
    log,
  });
  const heard: Notice[] = [];
  let returns = 0;
  bus.subscribe((notices, from) => void (from === "elsewhere" && heard.push(...notices)));
  bus.onReturn(() => returns += 1);
  return { bus, heard, log: lines, returns: () => returns };
}
