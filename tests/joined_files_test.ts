import assert from "node:assert/strict";
import type { Notice } from "../lib/chat/notice.ts";
import { letWritersGoFirst } from "../lib/joined_files.ts";

Deno.test("uploads keep to their share once somebody writes, and not because nodes count them", () => {
  let tell: (notices: Notice[]) => unknown = () => assert.fail("nobody listens");
  let heard = 0;
  letWritersGoFirst({
    subscribe(listener) {
      tell = (notices) => listener(notices, "here");
      return () => {};
    },
  }, { heard: () => void heard++ });
  const counted: Notice = { type: "spending", node: "another", spent: [] };
  tell([counted, counted]);
  assert.equal(heard, 0);
  tell([counted, { type: "typing", room: 1, userId: 2 }]);
  assert.equal(heard, 1);
});
