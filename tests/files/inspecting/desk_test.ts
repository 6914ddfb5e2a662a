/** Looking at files in the Worker, as the program does it. */
import assert from "node:assert/strict";
import sharp from "sharp";
import { eventLoop } from "../../../lib/event_loop.ts";
import { ConfabError } from "../../../lib/errors.ts";
import { InspectorDesk } from "../../../lib/files/inspecting/desk.ts";
import { INSPECTOR_WORKER } from "../../../lib/program/places.ts";
import { ascii, chunk, joined, number } from "../../support/made_files.ts";
import { VirtualLoop } from "../../support/virtual_loop.ts";

const PHOTO = { width: 1200, height: 900, channels: 3, background: "#c86432" } as const;

async function withDesk(
  test: (desk: InspectorDesk, folder: string, logged: string[]) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const logged: string[] = [];
  const desk = new InspectorDesk({
    createWorker: () => new Worker(INSPECTOR_WORKER, { type: "module" }),
    loop: eventLoop,
    log: (message, detail) => void logged.push(`${message} ${detail}`),
  });
  try {
    await test(desk, folder, logged);
  } finally {
    desk.close();
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("a photo is told by its content and gets a thumbnail and a stand-in, upright", () =>
  withDesk(async (desk, folder, logged) => {
    const path = `${folder}/photo`;
    await sharp({ create: PHOTO }).withMetadata({ orientation: 6 }).jpeg().toFile(path);
    const told = await desk.inspect(path, { name: "letter.txt", type: "text/plain" });
    assert.equal(told.type, "image/jpeg");
    assert.deepEqual([told.width, told.height], [900, 1200]);
    const small = await sharp(told.thumbnail!).metadata();
    assert.deepEqual([small.format, small.width, small.height], ["webp", 600, 800]);
    assert.equal(small.exif, undefined);
    assert.match(told.blur!, /^data:image\/webp;base64,[\w+/=]{40,270}$/);
    assert.deepEqual(logged, []);
  }));

Deno.test("a picture that is transparent has a thumbnail that is, and no stand-in behind it", () =>
  withDesk(async (desk, folder) => {
    const background = { r: 9, g: 9, b: 9, alpha: 0.5 };
    await sharp({ create: { ...PHOTO, channels: 4, background } }).png().toFile(`${folder}/a`);
    const told = await desk.inspect(`${folder}/a`, { name: "a.png", type: "" });
    assert.equal((await sharp(told.thumbnail!).metadata()).hasAlpha, true);
    assert.equal(told.blur, null);
  }));

Deno.test("a picture is made smaller, cut square", () =>
  withDesk(async (desk, folder) => {
    const path = `${folder}/photo`;
    await sharp({ create: PHOTO }).png().toFile(path);
    const wish = { width: 128, height: 128, fit: "cover" } as const;
    const small = await desk.shrink(path, wish);
    assert.deepEqual([small.type, small.width, small.height], ["image/webp", 128, 128]);
    const again = await desk.shrink(await Deno.readFile(path), { ...wish, fit: "inside" });
    assert.deepEqual([again.width, again.height], [128, 96]);
    await assert.rejects(
      desk.shrink(new TextEncoder().encode("no picture"), wish),
      (error) => error instanceof ConfabError && error.code === "invalid",
    );
  }));

Deno.test("a picture of too many pixels is refused by its header, and is no picture to anybody", () =>
  withDesk(async (desk, folder, logged) => {
    const size = joined(number(60_000), number(60_000));
    const bomb = joined(
      "\x89PNG\r\n\x1a\n",
      chunk("IHDR", joined(size, "\x08\x02\0\0\0")),
      chunk("IDAT", "pixels"),
    );
    await Deno.writeFile(`${folder}/bomb`, bomb);
    const told = await desk.inspect(`${folder}/bomb`, { name: "b.png", type: "image/png" });
    assert.deepEqual([told.type, told.width, told.thumbnail], ["image/png", null, null]);
    const wish = { width: 8, height: 8, fit: "cover" } as const;
    await assert.rejects(desk.shrink(bomb, wish), { code: "invalid" });
    const svg = ascii("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>");
    await assert.rejects(desk.shrink(svg, wish), { code: "invalid" });
    assert.deepEqual(logged, []);
  }));

Deno.test("a picture that is larger than its header says is decoded no further", () =>
  withDesk(async (desk, folder) => {
    // A screen of 10 × 10, in which stands a picture of 8,000 × 8,000.
    const screen = "\x0a\0\x0a\0\x80\0\0\0\0\0\xff\xff\xff";
    const frame = "\x2c\0\0\0\0\x40\x1f\x40\x1f\0\x02\x03\x44\x02\x05\0";
    const bomb = joined("GIF89a", screen, frame, "\x3b");
    await Deno.writeFile(`${folder}/bomb`, bomb);
    const told = await desk.inspect(`${folder}/bomb`, { name: "b.gif", type: "" });
    assert.deepEqual([told.width, told.thumbnail], [null, null]);
    const wish = { width: 8, height: 8, fit: "inside", animated: true } as const;
    await assert.rejects(desk.shrink(bomb, wish), { code: "invalid" });
  }));

Deno.test("what others must not see is gone from the file itself, and what it became is told", () =>
  withDesk(async (desk, folder) => {
    const path = `${folder}/photo`;
    const photo = await sharp({ create: PHOTO })
      .withExif({ IFD3: { GPSMapDatum: "the place" } }).jpeg().toBuffer();
    await Deno.writeFile(path, joined(photo, "what stands behind"));
    const told = await desk.inspect(path, { name: "photo.jpg", type: "" });
    const after = await Deno.readFile(path);
    assert.equal(told.size, photo.length);
    assert.equal(after.length, photo.length);
    assert.doesNotMatch(new TextDecoder("latin1").decode(after), /the place|behind/);
  }));

Deno.test("a Worker that a file keeps too long is ended, and the next file gets another", async () => {
  const virtual = new VirtualLoop();
  const started: StandIn[] = [];
  const logged: string[] = [];
  class StandIn {
    onmessage: ((event: { data: unknown }) => void) | null = null;
    onmessageerror: (() => void) | null = null;
    onerror: ((event: { preventDefault(): void; message: string }) => void) | null = null;
    asked: unknown[] = [];
    ended = false;
    postMessage(job: unknown) {
      this.asked.push(job);
    }
    terminate() {
      this.ended = true;
    }
  }
  const desk = new InspectorDesk({
    createWorker() {
      started.push(new StandIn());
      return started.at(-1) as unknown as Worker;
    },
    loop: virtual.loop,
    log: (message, detail) => void logged.push(`${message} ${detail}`),
  });
  const wish = { width: 1, height: 1, fit: "cover" } as const;
  const endless = desk.shrink("endless", wish);
  const next = desk.shrink("next", wish);
  const refused = assert.rejects(endless, { code: "invalid" });
  await virtual.pass(29_000);
  assert.deepEqual([started.length, started[0]!.asked.length], [1, 1]);
  await virtual.pass(2_000);
  await refused;
  assert.equal(started[0]!.ended, true);
  assert.deepEqual(logged, ["A file took too long to look at. endless"]);
  const picture = { bytes: new Uint8Array(1), type: "image/webp", width: 1, height: 1 };
  started[1]!.onmessage!({ data: { kind: "shrunk", picture } });
  assert.deepEqual(await next, picture);
  assert.equal(started[1]!.ended, false);
  await virtual.pass(61_000);
  assert.equal(started[1]!.ended, true);
  const late = assert.rejects(desk.shrink("late", wish), { code: "unavailable" });
  desk.close();
  await late;
});

Deno.test("that pictures cannot be made is said once; and too many that wait are told to come again", async () => {
  const virtual = new VirtualLoop();
  const logged: string[] = [];
  let worker: Worker | null = null;
  const desk = new InspectorDesk({
    createWorker() {
      worker = { postMessage() {}, terminate() {} } as unknown as Worker;
      return worker;
    },
    loop: virtual.loop,
    log: (message) => void logged.push(message),
  });
  const said = { name: "", type: "" };
  const first = Array.from({ length: 201 }, () => desk.inspect("somewhere", said).catch(() => {}));
  await assert.rejects(desk.inspect("somewhere", said), { code: "unavailable" });
  const tell = { data: { kind: "ready", without: "no such module" } } as MessageEvent;
  worker!.onmessage!(tell);
  worker!.onmessage!(tell);
  assert.equal(logged.length, 1);
  assert.match(logged[0]!, /^Pictures cannot be made smaller here/);
  desk.close();
  await Promise.all(first);
});

Deno.test("pictures that wait in memory are few, however many are sent, and files wait on the disk", async () => {
  const desk = new InspectorDesk({
    createWorker: () => ({ postMessage() {}, terminate() {} }) as unknown as Worker,
    loop: new VirtualLoop().loop,
    log() {},
  });
  const wish = { width: 8, height: 8, fit: "cover" } as const;
  const codes: string[] = [];
  const note = (asked: Promise<unknown>) => asked.catch((error) => void codes.push(error.code));
  const asked = Array.from(
    { length: 10 },
    () => note(desk.shrink(new Uint8Array(16 * 1024 * 1024), wish)),
  );
  asked.push(note(desk.inspect("/on/the/disk", { name: "a.png", type: "" })));
  // One is looked at, three wait.
  await Promise.all(asked.slice(4, 10));
  assert.deepEqual(codes, Array(6).fill("unavailable"));
  desk.close();
  await Promise.all(asked);
  assert.equal(codes.length, 11);
});

Deno.test("somebody's only file does not wait behind all of another's", async () => {
  const looked: string[] = [];
  const worker = { postMessage: ({ path }: { path: string }) => void looked.push(path) } as Worker;
  worker.terminate = () => {};
  const desk = new InspectorDesk({
    createWorker: () => worker,
    loop: new VirtualLoop().loop,
    log() {},
  });
  const refused: string[] = [];
  const ask = (path: string, owner: number) =>
    desk.inspect(path, { name: "a.png", type: "" }, owner)
      .catch((error) => void refused.push(error.code));
  const asked = Array.from({ length: 60 }, (_, index) => ask(`ann ${index}`, 1));
  await Promise.all(asked.slice(51));
  assert.deepEqual(refused, Array(9).fill("unavailable"));
  asked.push(ask("bob 0", 2), ask("bob 1", 2), ask("cid 0", 3));
  const told = { type: "a/b", size: 1, width: null, height: null, duration: null };
  const reply = { kind: "inspected", inspected: { ...told, blur: null, thumbnail: null } };
  const answer = () => worker.onmessage!(new MessageEvent("message", { data: reply }));
  for (let turn = 0; turn < 6; turn++) answer();
  assert.deepEqual(looked, ["ann 0", "bob 0", "cid 0", "ann 1", "bob 1", "ann 2", "ann 3"]);
  desk.close();
  await Promise.all(asked);
});

Deno.test("one person's pictures to be made small do not keep out another's", async () => {
  const desk = new InspectorDesk({
    createWorker: () => ({ postMessage() {}, terminate() {} }) as unknown as Worker,
    loop: new VirtualLoop().loop,
    log() {},
  });
  const wish = { width: 8, height: 8, fit: "cover" } as const;
  const refused: [owner: number, why: string][] = [];
  const ask = (bytes: number, owner: number) =>
    desk.shrink(new Uint8Array(bytes), wish, owner).catch((error) =>
      void refused.push([owner, error.message])
    );
  const [ann, bob, cid] = [1, 2, 3];
  const asked = Array.from({ length: 210 }, () => ask(1, ann));
  await Promise.all(asked.slice(51)); // one is looked at, fifty wait
  asked.push(...Array.from({ length: 9 }, () => ask(5 * 1024 * 1024, bob)));
  await Promise.all(asked.slice(212));
  const ofBob = refused.filter(([owner]) => owner === bob);
  assert.deepEqual([refused.length, ofBob.length], [166, 7]);
  asked.push(ask(5 * 1024 * 1024, cid));
  desk.close();
  await Promise.all(asked);
  const ofCid = refused.filter(([owner]) => owner === cid).map(([, why]) => why);
  assert.deepEqual(ofCid, ["This server is stopping."], "until then it waited");
});
