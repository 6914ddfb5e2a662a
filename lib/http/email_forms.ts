/** Passes what the page of one's e-mail address asks for to the commands. It knows no page. */
import type { Confirmation } from "../ui/settings/sections.ts";
import { type Ctx, run } from "./state.ts";

export async function saveEmail(ctx: Ctx, form: URLSearchParams): Promise<Confirmation> {
  if (form.get("form") === "remove-email") {
    await run(ctx, "removeEmail", {});
    return "emailRemoved";
  }
  const { pending } = await run(ctx, "setEmail", { address: form.get("address") ?? "" });
  return pending === null ? "saved" : "emailSent";
}
