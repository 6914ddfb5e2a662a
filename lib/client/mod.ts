/**
 * Confab's engine as a library, for bots and scripts in Deno: the one that runs in the browser's
 * page, with its reconnecting, catching up and outbox.
 *
 * ```ts
 * const chat = await connect("https://chat.example.org", { username: "ping", password });
 * chat.onMessage(async (message) => {
 *   if (message.text === "!ping") await chat.reply(message, "pong");
 * });
 * await chat.ended;
 * ```
 *
 * It needs `--allow-net` for the server, and `--allow-read` and `--allow-write` for the folder.
 * `docs/bots.md` has a whole bot, and how it gets an account.
 * @module
 */
import { STANDARD_HERE } from "../protocol/workspace_standard.ts";
import type { Me } from "../protocol/accounts.ts";
import { LIMITS } from "../protocol/limits.ts";
import { createApi } from "./api.ts";
import { denoEnvironment } from "./deno.ts";
import type { Environment } from "./environment.ts";
import type { Bootstrap } from "./model.ts";
import { Participant } from "./participant.ts";
import { ProgramFiles } from "./program_files.ts";
import { RequestError } from "./request_error.ts";

export type { Me } from "../protocol/accounts.ts";
export type { Message } from "../protocol/messages.ts";
export type { User } from "../protocol/people.ts";
export type { MemberRoom } from "../protocol/rooms.ts";
export type { Sent } from "./deliveries.ts";
export type { File } from "../protocol/files.ts";
export type { FileToSend } from "./program_files.ts";
export type { Participant, SendOptions } from "./participant.ts";
export { RequestError } from "./request_error.ts";

/** A session's token, or a username and password: then `close` ends the session. */
export type Credentials = { token: string } | { username: string; password: string };

export interface ConnectOptions {
  /**
   * Where unsent messages are kept across restarts of the program, in a folder for each server's
   * database. In memory by default.
   */
  folder?: string;
}

/**
 * Logs in and connects. The connection is then kept up: after an outage of any length it reconnects
 * by itself, and nothing is missed. A `connect` that fails ends the session that it opened.
 * @param url where the server is, without a path: "https://chat.example.org"
 * @throws {RequestError} `unauthenticated` where the credentials are no good, `offline` where no
 *   server answers, `rate_limited` after too many tries
 */
export async function connect(
  url: string,
  credentials: Credentials,
  { folder }: ConnectOptions = {},
): Promise<Participant> {
  let token = "token" in credentials ? credentials.token : null;
  const environmentWith = (folder: string | null) =>
    denoEnvironment({ url, token: () => token, folder });
  const ask = createStrangersApi(environmentWith(null));
  if ("username" in credentials) {
    const { username, password } = credentials;
    const body = { username, password };
    token = (await ask<{ token: string }>("POST", "/api/login", body, "anySession")).token;
  }
  try {
    const me = await ask<Me & { sessionId: number; instance: string }>(
      "GET",
      "/api/me",
      undefined,
      "anySession",
    );
    const own = folder === undefined ? null : folderOf(folder, me.instance);
    const environment = environmentWith(own);
    const files = new ProgramFiles({ url, token: () => token });
    const ownSession = "username" in credentials;
    const participant = new Participant(pageOf(me), environment, ownSession, files);
    await participant.start();
    return participant;
  } catch (error) {
    // A program that tries again and again must not leave a signed-in session behind each time.
    if ("username" in credentials) {
      await ask("POST", "/api/logout", undefined, "anySession").catch(() => {});
    }
    throw error;
  }
}

/**
 * Another server, or another database at the same address, has other people with the same ids: what
 * was written for this one must not reach them. The name comes from the server, and must not lead
 * out of the folder.
 */
function folderOf(folder: string, instance: string): string {
  if (/^[\w-]{1,64}$/.test(instance)) return `${folder}/${instance}`;
  throw new RequestError("internal", "The server does not say which database it has.");
}

/** A request before the session is known. */
function createStrangersApi(environment: Environment) {
  return createApi({ environment, sessionId: 0, instance: "", refused() {} });
}

/** An empty page: everything else comes with the connection. */
function pageOf(
  { sessionId, instance, ...me }: Me & { sessionId: number; instance: string },
): Bootstrap {
  return {
    epoch: null,
    me,
    sessionId,
    instance,
    rooms: [],
    hidden: { rooms: 0, unread: false },
    users: [],
    saved: [],
    room: null,
    page: null,
    highlightSeq: null,
    home: false,
    limits: LIMITS,
    workspace: STANDARD_HERE,
    language: "en",
  };
}
