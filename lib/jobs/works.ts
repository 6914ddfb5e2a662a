/** What each kind of job does. It decides nothing: the store asks the rules. */
import { ConfabError } from "../errors.ts";
import type { ErrorCode } from "../protocol/codes.ts";
import type { Store } from "../store/store.ts";
import type { JobWork } from "./trying.ts";

export interface WorksOptions {
  store: Pick<Store, "failScheduled" | "giveUpJob" | "sendScheduled" | "tellReminder">;
  /** Characters that a text may have now: staff may have changed it. */
  mostText(): number;
  /** Looks at what messages link to. */
  previews: { isOn(): boolean; wake(): void };
  /** Ids of all who are online, whom a text may mention together. */
  online(): number[];
  now(): number;
}

/** What has nothing to do with the message itself, and passes by. */
const PASSING: readonly ErrorCode[] = ["unavailable", "rate_limited"];

export function isPassing(error: unknown): boolean {
  return error instanceof ConfabError && PASSING.includes(error.code);
}

export function createWorks(options: WorksOptions): Record<"scheduled" | "reminder", JobWork> {
  return { scheduled: sending(options), reminder: reminding(options) };
}

function sending({ store, mostText, online, previews, now }: WorksOptions): JobWork {
  const fail = (id: number, code: ErrorCode) => store.failScheduled({ id, code, now: now() });
  return {
    async run({ subject: id }) {
      try {
        const most = mostText();
        const here = { most, online: online(), previews: previews.isOn(), now: now() };
        await store.sendScheduled({ userId: null, id, ...here });
        previews.wake();
      } catch (error) {
        if (!(error instanceof ConfabError) || isPassing(error) || error.code === "internal") {
          throw error;
        }
        await fail(id, error.code);
      }
    },
    giveUp: ({ subject }) => fail(subject, "internal"),
  };
}

function reminding({ store, now }: WorksOptions): JobWork {
  return {
    run: ({ subject }) => store.tellReminder({ id: subject, now: now() }),
    giveUp: ({ id }) => store.giveUpJob({ id }),
  };
}
