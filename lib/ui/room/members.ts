/** A room's members as the panel lists them: loaded in parts and sorted, people online first. */
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Language } from "../../protocol/accounts.ts";
import type { MemberRoom } from "../../protocol/rooms.ts";
import type { Member } from "../../protocol/members.ts";
import type { PresenceStatus } from "../../protocol/presence.ts";
import { compareNames } from "../names.ts";
import { useView } from "../view.ts";

export type Loaded = { state: "loading" } | {
  state: "failed";
  error: unknown;
  again: () => void;
} | {
  state: "loaded";
  /** Sorted by display name. */
  members: readonly Member[];
  /** More are still loading. */
  partly: boolean;
};

/**
 * Loads the list again whenever somebody came or left, and after the connection was lost, because
 * in a large room the server does not announce everybody who came. The old list stays until all of
 * the new one has arrived.
 */
export function useMembers(room: MemberRoom): Loaded {
  const { actions, membersChanges, state, language } = useView();
  const [loaded, setLoaded] = useState<Loaded>({ state: "loading" });
  const [attempt, setAttempt] = useState(0);
  const online = state.connection.value.state === "online";
  function again(): void {
    setLoaded({ state: "loading" });
    setAttempt((before) => before + 1);
  }
  useEffect(() => {
    if (!online && loaded.state === "loaded") return;
    let current = true;
    let sorted: Member[] = [];
    const first = loaded.state !== "loaded";
    actions.members(room.id, (part) => {
      sorted = withPart(sorted, part, language);
      if (current && first) setLoaded({ state: "loaded", members: sorted, partly: true });
    }).then(
      () => current && setLoaded({ state: "loaded", members: sorted, partly: false }),
      (error) => current && first && setLoaded({ state: "failed", error, again }),
    );
    return () => {
      current = false;
    };
  }, [room.id, room.memberCount, membersChanges.value, online, attempt]);
  return loaded;
}

/**
 * Sorting a list that is nearly in order costs little: the sort finds the two sorted runs and
 * merges them, so one task never sorts thousands from scratch.
 */
function withPart(
  sorted: readonly Member[],
  part: readonly Member[],
  language: Language,
): Member[] {
  const compare = (a: Member, b: Member) => compareNames(language, a.displayName, b.displayName);
  return [...sorted, ...part.toSorted(compare)].sort(compare);
}

const RANK: Record<PresenceStatus, number> = { online: 0, away: 1, offline: 2 };

/** People online first, then those away, then the rest; the order within each group stays. */
function byPresence(
  members: readonly Member[],
  presence: ReadonlyMap<number, PresenceStatus>,
): Member[] {
  const ranks: [Member[], Member[], Member[]] = [[], [], []];
  for (const member of members) ranks[RANK[presence.get(member.id) ?? "offline"]]!.push(member);
  return ranks.flat();
}

/** The same array as long as nobody changed places. */
export function useByPresence(members: readonly Member[]): readonly Member[] {
  const presence = useView().state.presence.value;
  return useMemo(() => byPresence(members, presence), [members, presence]);
}
