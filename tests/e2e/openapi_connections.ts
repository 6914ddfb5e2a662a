/** The documented requests about linked accounts, which a proxy in front has linked. */
import assert from "node:assert/strict";
import type { Person } from "../support/api_client.ts";
import type { Scene } from "./openapi_scene.ts";

/** The header in which the proxy of these tests names people. */
export const USER_HEADER = "Remote-User";

export async function connections(scene: Scene, bob: Person): Promise<void> {
  await comeByProxy(scene.url, "bob");
  const token = await comeByProxy(scene.url, "gus");
  await scene.as(bob, "listConnections", 200);
  await scene.as(bob, "removeConnection", 204);
  await scene.as(bob, "removeConnection", "not_found");
  await scene.as({ ...bob, token }, "removeConnection", "conflict", { params: { id: 2 } });
}

/** The token of the session that it opens. */
async function comeByProxy(url: string, name: string): Promise<string> {
  const headers = { accept: "text/html", [USER_HEADER]: name };
  const answer = await fetch(`${url}/login`, { headers, redirect: "manual" });
  assert.equal(answer.status, 303);
  await answer.body?.cancel();
  return /=([^;]+)/.exec(answer.headers.get("set-cookie") ?? "")![1]!;
}
