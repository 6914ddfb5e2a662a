/** What the reader says of themselves for a while, and where their clock stands. */
import type { Me } from "../protocol/accounts.ts";
import type { Api } from "./api.ts";
import type { PeopleActions } from "./people_model.ts";
import { type EngineState, learnSelf } from "./state.ts";

export function createStatus(
  state: Pick<EngineState, "me" | "users">,
  api: Api,
): Pick<PeopleActions, "setStatus" | "tellTimeZone"> {
  async function update(change: object): Promise<void> {
    const people = state.users.peek();
    const { moment } = people;
    const { sessionId: _session, instance: _instance, ...me } = await api<
      Me & { sessionId: number; instance: string }
    >("PATCH", "/api/me", change);
    // What an event has said meanwhile is newer, and in another tab a language may have been chosen;
    // this change comes, or came, as an event too.
    if (people.hasLearned(me.id, moment)) return;
    learnSelf(state.me, me);
    people.learn([me]);
  }
  return {
    setStatus: (status) => update({ status }),
    tellTimeZone(timeZone) {
      const { timeZone: known, showLocalTime } = state.me.peek();
      if (!showLocalTime || known === timeZone) return;
      // Where it fails, the next visit says it.
      update({ timeZone }).catch(() => {});
    },
  };
}
