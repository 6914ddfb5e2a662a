/** What the settings page of linked accounts shows, and its form. */
import { ConfabError } from "../errors.ts";
import { PROVIDER_PROBLEMS } from "../protocol/ways_in.ts";
import type { Confirmation } from "../ui/settings/sections.ts";
import { type Ctx, run } from "./state.ts";

export async function readConnections(ctx: Ctx) {
  const { signOn, now } = ctx.state.services;
  const said = ctx.url.searchParams.get("problem");
  return {
    connections: await run(ctx, "listConnections", {}),
    providers: signOn.providers,
    problem: PROVIDER_PROBLEMS.find((problem) => problem === said) ?? null,
    now: now(),
  };
}

export async function saveConnections(ctx: Ctx, form: URLSearchParams): Promise<Confirmation> {
  const id = form.get("remove") ?? "";
  if (!/^[1-9]\d{0,14}$/.test(id)) throw new ConfabError("bad_request", "No such account.");
  await run(ctx, "removeConnection", { connection: Number(id) });
  return "unlinked";
}
