/**
 * Below a direct room's messages: who has seen the reader's last one. It stands in a line that is
 * there anyway, so that nothing moves when somebody looks.
 */
import { useEffect } from "preact/hooks";
import type { Message } from "../../protocol/messages.ts";
import type { MemberRoom } from "../../protocol/rooms.ts";
import { dialogWords } from "../catalogue/dialogs.ts";
import { formatMoment, formatTime } from "../dates.ts";
import { isolate } from "../direction.ts";
import { plainName, userName } from "../names.ts";
import { Avatar } from "../parts/Avatar.tsx";
import { useView } from "../view.ts";
import { type MessageReader, readersOf } from "./seen.ts";

export function SeenLine({ room }: { room: MemberRoom }) {
  const { state, actions } = useView();
  const online = state.connection.value.state === "online";
  useEffect(() => {
    // Without an answer it is asked again with the next connection.
    if (online) actions.loadSeen(room.id).catch(() => {});
  }, [room.id, online]);
  const self = state.me.value.id;
  const timeline = state.timeline.value;
  const last = timeline?.hasAfter ? undefined : timeline?.messages.at(-1);
  if (last === undefined || last.userId !== self || last.deletedAt !== null) return null;
  if (state.pending.value.length > 0) return null;
  const readers = readersOf(room, last, state.seen.value, self);
  if (readers === null || readers.length === 0) return null;
  return readers.length === 1
    ? <One reader={readers[0]!} />
    : <Several readers={readers} message={last} />;
}

function One({ reader: { seen, at } }: { reader: MessageReader }) {
  const { language, clock, words } = useView();
  const said = dialogWords(language).seen;
  if (!seen) return <p class="seen-line">{said.notYet}</p>;
  return at === null
    ? <p class="seen-line">{said.seen}</p>
    : (
      <p class="seen-line" title={formatMoment(at, clock.value, words.dates)}>
        {said.seenAt(formatTime(at, clock.value))}
      </p>
    );
}

/** Faces in a line of text. */
const FACES = 5;

function Several({ readers, message }: { readers: MessageReader[]; message: Message }) {
  const { language, state, dialog } = useView();
  const said = dialogWords(language).seen;
  const users = state.users.value;
  const seen = readers.filter((one) => one.seen);
  if (seen.length === 0) return <p class="seen-line">{said.notYet}</p>;
  const named = seen.slice(0, FACES);
  const names = named.map(({ id }) => isolate(userName(users, id))).join(", ");
  const text = seen.length === readers.length
    ? said.byAll
    : said.by(names, seen.length - named.length);
  return (
    <button
      type="button"
      class="seen-line"
      title={said.by(names, seen.length - named.length)}
      onClick={() => dialog.value = { kind: "seen", message }}
    >
      {named.map(({ id }) => {
        const user = users.get(id);
        return (
          <Avatar
            key={id}
            id={id}
            name={user === undefined ? "?" : plainName(user)}
            picture={user?.avatar ?? null}
            size="small"
          />
        );
      })}
      <span>{text}</span>
    </button>
  );
}
