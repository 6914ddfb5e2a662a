/**
 * Which errors a request may answer with, and why. Most follow from its kind: a request with a body
 * may be too large, one for callers needs a session.
 */
import { COMMAND_TABLE } from "../../chat/chat.ts";
import type { AnyCommand } from "../../chat/command.ts";
import { ERROR_STATUS, type ErrorCode } from "../../protocol/codes.ts";
import type { ApiOperation } from "./operation.ts";

/** Every code with its sentences, in the order of their statuses. */
export function refusalsOf(operation: ApiOperation): Map<ErrorCode, string[]> {
  const found = new Map<ErrorCode, string[]>();
  const add = (code: ErrorCode, sentence: string) =>
    found.set(code, [...found.get(code) ?? [], sentence]);
  for (const [code, sentence] of implied(operation)) add(code, sentence);
  for (const [code, sentence] of Object.entries(operation.refusals ?? {})) {
    add(code as ErrorCode, sentence); // the keys of a Record of codes
  }
  return new Map([...found].sort(([a], [b]) => ERROR_STATUS[a] - ERROR_STATUS[b]));
}

const UNCONFIRMED: [ErrorCode, string] = [
  "confirm_first",
  "It is dangerous, and you have not shown for a quarter of an hour that it is you " +
  "(`POST /api/me/confirm`).",
];

/** What is dangerous with some inputs is harmless where there is none to choose. */
function isDangerous({ confirmed }: AnyCommand, { body }: ApiOperation): boolean {
  return typeof confirmed === "function" ? body !== undefined : confirmed === true;
}

function implied(operation: ApiOperation): [ErrorCode, string][] {
  const { method, from, body, query, command, confirmed } = operation;
  const list: [ErrorCode, string][] = [];
  if (body) {
    list.push(
      ["bad_request", "The body is not JSON, or not declared as `application/json`."],
      ["too_large", "The body has more than 64 KiB."],
      ["invalid", "A field of the body is missing, unknown or wrong; `errors` says which."],
    );
  }
  if (query) list.push(["invalid", "A parameter is unknown or wrong; `errors` says which."]);
  if (from === "caller") {
    list.push(
      ["unauthenticated", "No session, or one that has ended; `reason` says why, if known."],
      ["other_session", "`X-Confab-Session` or `X-Confab-Instance` names another one."],
    );
  }
  if (method !== "GET" && method !== "HEAD") {
    list.push(["forbidden", "The request carries no token, and comes from another site."]);
  }
  if (confirmed || (command && isDangerous(COMMAND_TABLE[command], operation))) {
    list.push(UNCONFIRMED);
  }
  if (command && COMMAND_TABLE[command].metered) {
    list.push(["rate_limited", "You are writing too fast (`CONFAB_SEND_RATE`)."]);
  }
  if (operation.tag !== "server") {
    list.push(
      ["internal", "A fault in the server; its details are not shown."],
      [
        "unavailable",
        "The server cannot do this now: the disk is full, or there is too much at once.",
      ],
    );
  }
  return list;
}
