/** New sign-ins to the reader's account: what the server tells of them. */
import type { Signal } from "@preact/signals";
import type { SignIn } from "../protocol/devices.ts";
import type { SignInEvent, SignInsSeenEvent } from "../protocol/events.ts";
import type { Api } from "./api.ts";
import type { ChatActions } from "./model.ts";

type Told = Signal<readonly SignIn[] | null>;

export function applySignIns(told: Told, event: SignInEvent | SignInsSeenEvent): void {
  const known = told.peek();
  if (known === null) return;
  if (event.type === "signIn") told.value = [event.signIn, ...known];
  else if (known.length > 0) told.value = null;
}

export function createSignIns(
  told: Told,
  api: Api,
): Pick<ChatActions, "loadSignIns" | "seeSignIns"> {
  const path = "/api/me/sign-ins";
  return {
    async loadSignIns() {
      told.value = (await api<{ signIns: SignIn[] }>("GET", path)).signIns;
    },
    async seeSignIns() {
      const ids = told.peek()?.map(({ id }) => id);
      await api("POST", `${path}/seen`, { ids });
      // One that came meanwhile was not shown yet.
      told.value = told.peek()?.filter(({ id }) => !ids?.includes(id)) ?? null;
    },
  };
}
