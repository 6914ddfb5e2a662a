/**
 * What people write in a room, for measures of what shows it: texts of different length, some with
 * markup, in several scripts, with reactions, replies, an edited message in each seven and a
 * deleted one in each fifty. Made by SQL; "confab check" finds nothing wrong with it.
 */
import type { DatabaseSync } from "node:sqlite";

const LONG = "We looked at this with the whole group this morning: the second draft is clearer " +
  "than the first one, but the part about the harbour still says the same thing twice, and nobody " +
  "could tell from it who had paid for the ships. ";

export const TEXTS: readonly string[] = [
  "Good morning! Does anybody know when the library opens today?",
  "I think it is at nine, but the side door is open earlier.",
  "ok",
  "Here is the plan: first we read the text, then we answer **three questions** about it.",
  "Доброе утро! Кто-нибудь видел расписание на следующую неделю?",
  "Nice 🎉",
  `${LONG}Could the two of you write it again until *Thursday*?`,
  "https://example.com/archive/1893/harbour?page=12 is the page that I meant",
  "Да, оно висит у входа: в среду занятий нет, а в пятницу всё начинается на час позже.",
  "- bread\n- apples\n- `tea`, the green one\n- two of those **large** notebooks",
  "thanks 👍",
  "See `deno task start` for how to run it; the port is 8000 unless you say something else.",
  "明日の会議は三時からです。資料は共有フォルダーにあります。",
  "> the second draft is clearer\n\nI agree, but it has become longer by a page.",
  "Who brings the projector? I would, but mine only has the old plug.",
  "I",
  "```ts\nconst late = rooms.filter(({ unread }) => unread > 0);\nprint(late.length);\n```",
  "مرحبا بكم جميعا في الصف الجديد",
  `${LONG}${LONG}Everything else can stay as it is, _I think_.`,
  "Je serai là vers midi, après le cours de géographie — gardez-moi une place !",
  "no, the other one",
  "Wir treffen uns um 14 Uhr vor der Aula. Wer später kommt, geht bitte durch den Hof.",
  "That was the best talk so far 😀 ~~except yours~~",
  "I have put the pictures of the excursion in the folder; tell me if one should go away.",
];

const REACTIONS = ["👍", "🎉", "❤️", "😀"];
/** Few enough that a page shows each of them more than once. */
const AUTHORS = 12;
const MINUTE = 60_000;

interface Line {
  text: string;
  author: number;
  reactions: Record<string, number[]>;
  replyTo: number | null;
  edited: boolean;
  deleted: boolean;
}

/** The line at a place; the same at each call, so that two databases say the same. */
function lineAt(seq: number): Line {
  const author = 1 + (seq * 7) % AUTHORS;
  const deleted = seq % 50 === 31;
  const reactors = [1, 2, 3].map((step) => 1 + (author + step * 4) % 40).slice(0, 1 + seq % 3);
  const reacted = !deleted && seq % 5 === 0;
  return {
    text: deleted ? "" : `${TEXTS[(seq * 5) % TEXTS.length]}${seq % 3 === 0 ? ` (${seq})` : ""}`,
    author,
    reactions: reacted ? { [REACTIONS[seq % REACTIONS.length]!]: reactors } : {},
    // Every root is answered once; none of them and of their replies is deleted.
    replyTo: !deleted && seq % 8 === 3 && seq % 50 !== 33 ? seq - 2 : null,
    edited: !deleted && seq % 7 === 4,
    deleted,
  };
}

/** Fills an empty room; messages have the ids from `firstId` on. */
export function addTalk(
  db: DatabaseSync,
  room: number,
  { messages, firstId, now }: { messages: number; firstId: number; now: number },
): void {
  const insert = db.prepare(
    `INSERT INTO messages (id, room_id, seq, rev, user_id, client_id, text, ts, edited_at,
       deleted_at, reply_to, thread_id, reactions, mentions, files)
     VALUES (?, ?, ?, ?, ?, lower(hex(randomblob(16))), ?, ?, ?, ?, ?, ?, ?, '[]', '[]')`,
  );
  const root = db.prepare(
    `UPDATE messages SET reply_count = 1, last_reply_seq = ?, last_reply_ts = ?, repliers = ?,
       rev = ? WHERE id = ?`,
  );
  // Each change of a message took a place in the room's count, after all were written.
  let head = messages;
  for (let seq = 1; seq <= messages; seq++) {
    const { text, author, reactions, replyTo, edited, deleted } = lineAt(seq);
    const ts = now - (messages - seq) * MINUTE;
    const changed = edited || deleted || Object.keys(reactions).length > 0;
    const target = replyTo === null ? null : firstId + replyTo - 1;
    insert.run(
      ...[firstId + seq - 1, room, seq, changed ? ++head : seq, author, text, ts],
      ...[edited ? ts + MINUTE : null, deleted ? ts + MINUTE : null, target, target],
      JSON.stringify(reactions),
    );
    if (target !== null) root.run(seq, ts, JSON.stringify([author]), ++head, target);
  }
  db.prepare("UPDATE rooms SET head = ? WHERE id = ?").run(head, room);
}
