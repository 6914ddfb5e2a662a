/** Previews of what messages link to. */
import assert from "node:assert/strict";
import type { Message } from "../../../lib/protocol/messages.ts";
import type { User } from "../../../lib/protocol/people.ts";
import type { Preview } from "../../../lib/store/contract/links.ts";
import { HOUR, refused, type Stage, START, type StoreTest } from "./stage.ts";

const PAGE = "https://site.example/page";
const OTHER = "https://other.example/";
const preview = (title: string, more: Partial<Preview> = {}): Preview => ({
  title,
  description: "About it",
  site: "Site",
  picture: null,
  ...more,
});
const picture = (blob: string) => ({ blob, type: "image/webp", width: 400, height: 300 });

const send = (stage: Stage, user: User, text: string, room = 1) =>
  stage.store.sendMessage({
    userId: user.id,
    room,
    clientId: stage.clientId(),
    text,
    replyTo: null,
    previews: true,
    now: stage.now(),
  }).then(({ message }) => message);

const keep = ({ store }: Stage, url: string, kept: Preview | null, key = keyOf(url), now = START) =>
  store.keepPreview({ url, key, preview: kept, now });

const keyOf = (url: string) => `key of ${url}`;

const show = ({ store }: Stage, { id }: Message, urls: string[], now = START) =>
  store.showLinks({ message: id, urls, now });

const read = async ({ store }: Stage, user: User, { id }: Message): Promise<Message> =>
  (await store.listMessages({ userId: user.id, ids: [id] }))[0]!;

const jobs = async ({ store }: Stage, now: number) =>
  (await store.takeJobs({ kinds: ["preview"], now, limit: 100 })).map(({ subject }) => subject);

const remove = ({ store }: Stage, user: User, { id }: Message, url: string, now = START) =>
  store.removeLink({ userId: user.id, message: id, url, now });

export function linkTests(test: StoreTest): void {
  test("a message with a link is looked at, and shows it with one raise of the head", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const sent = await send(stage, ann, `see ${PAGE}, and ${OTHER}#part.`);
    assert.deepEqual(sent.links, []);
    assert.deepEqual(await jobs(stage, START + HOUR), [sent.id]);
    assert.deepEqual(await stage.store.linksToShow({ message: sent.id, now: START }), {
      userId: ann.id,
      urls: [PAGE, `${OTHER}#part`],
      unknown: [PAGE, `${OTHER}#part`],
    });
    const video = { kind: "vimeo", id: "1" } as const;
    assert.equal(await keep(stage, PAGE, preview("A page", { picture: picture("b1") })), null);
    assert.equal(await keep(stage, OTHER, preview("Another", { video })), null);
    stage.takeChanges();
    await show(stage, sent, [PAGE, `${OTHER}#part`]);
    const shown = await read(stage, ben, sent);
    assert.equal(shown.rev, sent.rev + 1);
    const about = { description: "About it", site: "Site" };
    assert.deepEqual(shown.links, [
      {
        url: PAGE,
        title: "A page",
        ...about,
        image: `/previews/${keyOf(PAGE)}/1`,
        width: 400,
        height: 300,
      },
      {
        url: `${OTHER}#part`,
        title: "Another",
        ...about,
        image: null,
        width: null,
        height: null,
        video,
      },
    ]);
    const changes = stage.takeChanges();
    assert.deepEqual(changes.map(({ type }) => type), ["message"]);
    assert.deepEqual(await jobs(stage, START + 9 * HOUR), [], "the job is done");
    await show(stage, sent, [PAGE, `${OTHER}#part`]);
    assert.deepEqual(stage.takeChanges(), [], "nothing is different");
    const { messages } = await stage.store.changes({
      userId: ben.id,
      room: 1,
      since: sent.rev,
      limit: 10,
    });
    assert.deepEqual(messages.map(({ links }) => links), [shown.links], "resume has it");
    const { blob, type } =
      (await stage.store.previewPicture({ userId: ann.id, key: keyOf(PAGE) }))!;
    assert.deepEqual([blob, type], ["b1", "image/webp"]);
    assert.equal(await stage.store.previewPicture({ userId: ann.id, key: keyOf(OTHER) }), null);
    assert.equal(await stage.store.previewPicture({ userId: ann.id, key: "no such" }), null);
  });

  test("of one person a hundred messages wait to be looked at, and more get no preview", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const sent: Message[] = [];
    for (let count = 0; count < 101; count++) sent.push(await send(stage, ann, `${PAGE}${count}`));
    const bens = await send(stage, ben, PAGE);
    await stage.store.editMessage({
      userId: ann.id,
      message: sent[0]!.id,
      text: `${OTHER} now`,
      previews: true,
      now: START,
    });
    const waiting =
      (await stage.store.takeJobs({ kinds: ["preview"], now: START + HOUR, limit: 200 }))
        .map(({ subject }) => subject);
    assert.equal(waiting.length, 101);
    assert.ok(waiting.includes(bens.id), "others' are looked at");
    assert.ok(waiting.includes(sent[0]!.id), "and what was waiting, as it is now");
    assert.ok(!waiting.includes(sent[100]!.id));
  });

  test("code has no links, and a message shows three at most", async (stage) => {
    const { ann } = await stage.people("ann");
    const urls = [1, 2, 3, 4].map((n) => `https://site.example/${n}`);
    const sent = await send(
      stage,
      ann,
      `\`${PAGE}\` [label](${urls[0]}) ${urls.slice(1).join(" ")}
\`\`\`
${OTHER}
\`\`\`
https://user:secret@site.example/ ${urls[1]}`,
    );
    const found = await stage.store.linksToShow({ message: sent.id, now: START });
    assert.deepEqual(found.urls, urls);
    for (const url of urls) await keep(stage, url, preview(url));
    await show(stage, sent, urls);
    assert.deepEqual(
      (await read(stage, ann, sent)).links.map(({ title }) => title),
      urls.slice(0, 3),
    );
    const plain = await stage.send(ann, 1, `${PAGE} unseen`);
    assert.equal(
      (await jobs(stage, START + HOUR)).includes(plain.id),
      false,
      "nobody asked for it",
    );
  });

  test("what is known is not looked at again, for a week; what is not there, for ten minutes", async (stage) => {
    const { ann } = await stage.people("ann");
    const sent = await send(stage, ann, `${PAGE} ${OTHER}`);
    await keep(stage, PAGE, preview("A page", { picture: picture("b1") }));
    await keep(stage, OTHER, null);
    const unknown = async (now: number) =>
      (await stage.store.linksToShow({ message: sent.id, now })).unknown;
    assert.deepEqual(await unknown(START + 1), []);
    assert.deepEqual(await unknown(START + HOUR), [OTHER]);
    assert.deepEqual(await unknown(START + 24 * 8 * HOUR), [PAGE, OTHER]);
    await show(stage, sent, [PAGE, OTHER]);
    const { links } = await read(stage, ann, sent);
    assert.deepEqual(links.map(({ title }) => title), ["A page"]);
    // Looked at again: another picture takes the place of the first, under the same key.
    const again = preview("A page", { picture: picture("b2") });
    assert.equal(await keep(stage, PAGE, again, "another key"), "b1");
    assert.equal(
      (await stage.store.previewPicture({ userId: ann.id, key: keyOf(PAGE) }))!.blob,
      "b2",
    );
    assert.equal(await keep(stage, PAGE, null), null);
    assert.equal(await keep(stage, PAGE, preview("A page")), null);
    assert.equal(
      (await stage.store.previewPicture({ userId: ann.id, key: keyOf(PAGE) }))!.blob,
      "b2",
    );
    await show(stage, sent, [PAGE]);
    const [link] = (await read(stage, ann, sent)).links;
    assert.equal(link!.image, `/previews/${keyOf(PAGE)}/2`);
  });

  test("an edit takes away what the text no longer has, and asks for what is new", async (stage) => {
    const { ann } = await stage.people("ann");
    const sent = await send(stage, ann, `${PAGE} ${OTHER}`);
    await keep(stage, PAGE, preview("A page"));
    await keep(stage, OTHER, preview("Another"));
    await show(stage, sent, [PAGE, OTHER]);
    const edit = { userId: ann.id, message: sent.id, previews: true, now: START + HOUR };
    const third = "https://third.example/";
    const edited = await stage.store.editMessage({ ...edit, text: `${OTHER} ${third}` });
    assert.deepEqual(edited.links.map(({ title }) => title), ["Another"]);
    assert.equal(edited.rev, sent.rev + 2);
    assert.deepEqual(await jobs(stage, START + HOUR), [sent.id]);
    // What was found for the text of before is not shown.
    await keep(stage, third, preview("Third"));
    await show(stage, sent, [PAGE, OTHER, third]);
    const { links } = await read(stage, ann, sent);
    assert.deepEqual(links.map(({ title }) => title), ["Another", "Third"]);
    const last = await stage.edit(ann, edited, "nothing");
    assert.deepEqual(last.links, []);
  });

  test("a preview that its author or staff removed stays removed", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const room = await stage.room("private", "Secret", ben, cid);
    const sent = await send(stage, cid, `${PAGE} ${OTHER}`, room.id);
    await keep(stage, PAGE, preview("A page"));
    await keep(stage, OTHER, preview("Another"));
    await show(stage, sent, [PAGE, OTHER]);
    await refused("not_found", remove(stage, ann, sent, PAGE));
    const without = await remove(stage, cid, sent, PAGE);
    assert.deepEqual(without.links.map(({ title }) => title), ["Another"]);
    assert.equal(without.rev, sent.rev + 2);
    assert.deepEqual(await remove(stage, cid, sent, PAGE), without, "once is enough");
    await show(stage, sent, [PAGE, OTHER]);
    const edited = await stage.edit(cid, sent, `${OTHER} and ${PAGE}`);
    await show(stage, sent, [PAGE, OTHER]);
    assert.deepEqual(edited.links.map(({ title }) => title), ["Another"]);
    assert.deepEqual((await remove(stage, ben, sent, OTHER)).links, []);
    assert.deepEqual((await stage.store.linksToShow({ message: sent.id, now: START })).urls, []);
    const inGeneral = await send(stage, ann, PAGE);
    await show(stage, inGeneral, [PAGE]);
    await refused("forbidden", remove(stage, ben, inGeneral, PAGE));
    await stage.delete(ann, inGeneral);
    await refused("forbidden", remove(stage, ann, inGeneral, PAGE));
  });

  test("a deleted message keeps nothing of its links; taken back, it has them again", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const sent = await send(stage, ann, `${PAGE} ${OTHER}`);
    await keep(stage, PAGE, preview("A page", { picture: picture("b1") }));
    await keep(stage, OTHER, preview("Another"));
    await show(stage, sent, [PAGE, OTHER]);
    await remove(stage, ann, sent, OTHER);
    const before = await read(stage, ben, sent);
    assert.deepEqual((await stage.delete(ann, sent)).links, []);
    await show(stage, sent, [PAGE, OTHER]);
    assert.deepEqual((await read(stage, ben, sent)).links, []);
    const back = await stage.store.restoreMessage({
      userId: ann.id,
      message: sent.id,
      now: stage.now(),
    });
    assert.deepEqual(back.links, before.links);
    await show(stage, sent, [PAGE, OTHER]);
    assert.deepEqual((await read(stage, ben, sent)).links, before.links, "what was removed too");
    assert.deepEqual(await stage.store.sweepPreviews({ now: START + HOUR }), {
      swept: 1, // the one that was removed
      blobs: [],
    });
    await stage.delete(ann, sent);
    assert.equal((await stage.store.sweepPreviews({ now: START })).swept, 0, "it may come back");
    const swept = await stage.store.sweepPreviews({ now: START + 2 * HOUR });
    assert.deepEqual(swept, { swept: 1, blobs: ["b1"] });
    assert.equal(await stage.store.previewPicture({ userId: ann.id, key: keyOf(PAGE) }), null);
    assert.deepEqual(await stage.store.linksToShow({ message: sent.id, now: START }), {
      userId: 0,
      urls: [],
      unknown: [],
    });
  });

  test("what one message shows stays when another that shows it goes", async (stage) => {
    const { ann } = await stage.people("ann");
    const [one, two] = [await send(stage, ann, PAGE), await send(stage, ann, `again ${PAGE}`)];
    await keep(stage, PAGE, preview("A page", { picture: picture("b1") }));
    for (const each of [one, two]) await show(stage, each, [PAGE]);
    await stage.delete(ann, one);
    assert.equal((await stage.store.sweepPreviews({ now: START + HOUR })).swept, 0);
    await stage.edit(ann, two, "nothing");
    assert.deepEqual((await stage.store.sweepPreviews({ now: START + HOUR })).blobs, ["b1"]);
  });

  test("a reply's link is shown by the reply, and its root keeps its own", async (stage) => {
    const { ann } = await stage.people("ann");
    const root = await send(stage, ann, PAGE);
    await keep(stage, PAGE, preview("A page"));
    await show(stage, root, [PAGE]);
    stage.takeChanges();
    await stage.send(ann, 1, "an answer", { replyTo: root.id });
    const [, changed] = stage.takeChanges();
    assert(changed?.type === "message");
    assert.equal(changed.message.id, root.id);
    assert.deepEqual(changed.message.links.map(({ title }) => title), ["A page"]);
  });

  test("a message that was scheduled is looked at when it is sent", async (stage) => {
    const { ann } = await stage.people("ann");
    const { scheduled } = await stage.store.scheduleMessage({
      userId: ann.id,
      room: 1,
      clientId: stage.clientId(),
      text: PAGE,
      replyTo: null,
      at: START + HOUR,
      now: stage.now(),
    });
    const due = { userId: null, id: scheduled.id, most: 8_000, previews: true };
    const sent = await stage.store.sendScheduled({ ...due, now: START + HOUR });
    assert.deepEqual(await jobs(stage, START + HOUR), [sent!.id]);
  });
}
