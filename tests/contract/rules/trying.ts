/** Trying the operations: a chat over a real store, and what it answered as one letter. */
import { createMemoryBus } from "../../../lib/bus/memory.ts";
import { type Chat, type CommandName, createChat } from "../../../lib/chat/chat.ts";
import type { Actor } from "../../../lib/chat/command.ts";
import { ConfabError } from "../../../lib/errors.ts";
import type { Ticks } from "../../../lib/protocol/time.ts";
import type { Store } from "../../../lib/store/store.ts";
import { openSqliteStore } from "../../../lib/store/sqlite/store.ts";
import { CurrentWorkspace } from "../../../lib/workspace/current_workspace.ts";
import { NO_FILES } from "../../support/no_files.ts";
import { Stage, START } from "../store/stage.ts";
import type { Role } from "./expected.ts";
import { buildWorld, type World } from "./world.ts";

/** They have shown who they are when the stage's clock began. */
export const at = (userId: number, role: Actor["role"]): Actor => ({
  userId,
  role,
  confirmedAt: START,
});

/** What was answered: one letter, and what a caller could tell it from another refusal by. */
export interface Answer {
  letter: string;
  refusal: string;
}

/** The role that the session knows; it was a member whose account is disabled now. */
export function sessionRole(role: Role): Actor["role"] {
  return role === "disabled" ? "member" : role;
}

export async function answer(chat: Chat, name: CommandName, actor: Actor, input: unknown) {
  try {
    await chat.run(name, actor, input);
    return { letter: "A", refusal: "" };
  } catch (thrown) {
    if (!(thrown instanceof ConfabError)) throw thrown;
    const letter = { forbidden: "F", not_found: "-" }[thrown.code as string] ?? thrown.code;
    const { code, message, errors, status } = thrown;
    return { letter, refusal: JSON.stringify({ code, message, errors, status }) };
  }
}

export async function withWorld(run: (chat: Chat, world: World, stage: Stage) => Promise<void>) {
  const folder = await Deno.makeTempDir({ prefix: "confab-rules-" });
  const stage = new Stage();
  stage.store = await openSqliteStore({
    path: `${folder}/confab.db`,
    onCommit() {},
    randomId: () => crypto.randomUUID(),
    log(message, detail) {
      throw new Error(`Nothing should be logged, but: ${message} ${detail}`);
    },
  });
  try {
    await run(chatOver(stage.store, () => stage.now()), await buildWorld(stage), stage);
  } finally {
    await stage.store.close();
    await Deno.remove(folder, { recursive: true });
  }
}

const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));

/** Without limits on how much one may write. */
export function chatOver(store: Store, now: () => number): Chat {
  const bus = createMemoryBus() as never;
  const newToken = () => Promise.resolve({ token: "token", hash: crypto.randomUUID() });
  const outside = {
    mail: { wake() {} },
    jobs: { wake() {} },
    previews: { isOn: () => false, wake() {} },
    eraseRest() {},
    purgeLater() {},
    files: NO_FILES,
    endStatusAt() {},
    online: () => [],
  };
  const parts = { store, bus, workspace: new CurrentWorkspace(), now, newToken, randomBytes };
  const rates = { sendRate: () => 0, roomRate: () => 0 };
  return createChat({ ...parts, ...outside, ...rates, ticks: () => 0 as Ticks });
}
