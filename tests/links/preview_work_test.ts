/** What is made of one message's links, over a store and pages that the test holds. */
import assert from "node:assert/strict";
import { ConfabError } from "../../lib/errors.ts";
import { SiteBusy } from "../../lib/links/fetching.ts";
import type { Look } from "../../lib/links/look.ts";
import { PreviewWork } from "../../lib/links/preview_work.ts";
import type { Job } from "../../lib/store/contract/jobs.ts";

const LOOK: Look = {
  title: "A page",
  description: "",
  site: "Site",
  picture: { bytes: Uint8Array.of(1), type: "image/webp", width: 4, height: 3 },
  video: null,
};

class Outside {
  urls = ["https://a.example/", "https://chat.example/rooms/1", "https://b.example/"];
  unknown = this.urls;
  on = true;
  may = true;
  /** The blob that is not needed any more. */
  old: string | null = null;
  look: (url: URL, signal: AbortSignal) => Promise<Look | null> = () => Promise.resolve(LOOK);
  readonly did: string[] = [];
  readonly stop = new AbortController();

  readonly work = new PreviewWork({
    store: {
      linksToShow: () => Promise.resolve({ userId: 7, urls: this.urls, unknown: this.unknown }),
      keepPreview: ({ url, preview }) => {
        this.did.push(`keep ${url} ${preview?.title ?? "nothing"} ${preview?.picture?.blob}`);
        return Promise.resolve(this.old);
      },
      showLinks: ({ urls }) => Promise.resolve(void this.did.push(`show ${urls}`)),
      giveUpJob: () => Promise.resolve(void this.did.push("give up")),
    },
    look: (url, signal) => {
      this.did.push(`look ${url}`);
      return this.look(url, signal);
    },
    isOwn: ({ host }) => host === "chat.example",
    mayLook: () => this.may,
    isOn: () => this.on,
    pictures: {
      keep: () => Promise.resolve("blob"),
      remove: (key) => Promise.resolve(void this.did.push(`remove ${key}`)),
    },
    newKey: () => "key",
    now: () => 0,
    signal: this.stop.signal,
    most: 3,
  });

  run(subject = 1): Promise<void> {
    const job: Job = {
      id: subject,
      kind: "preview",
      subject,
      lane: "a",
      userId: 1,
      dueAt: 0,
      tries: 0,
    };
    return this.work.run(job);
  }
}

Deno.test("what is not known is looked at, kept and shown; this chat's own pages are not", async () => {
  const outside = new Outside();
  outside.unknown = ["https://a.example/"];
  outside.old = "before";
  await outside.run();
  assert.deepEqual(outside.did, [
    "look https://a.example/",
    "keep https://a.example/ A page blob",
    "remove before",
    "show https://a.example/,https://b.example/",
  ]);
});

Deno.test("two messages with the same link have it looked at once", async () => {
  const outside = new Outside();
  outside.urls = outside.unknown = ["https://a.example/"];
  await Promise.all([outside.run(1), outside.run(2)]);
  assert.equal(outside.did.filter((each) => each.startsWith("look")).length, 1);
  assert.equal(outside.did.filter((each) => each.startsWith("show")).length, 2);
});

Deno.test("what cannot be seen is kept as nothing, and the others are shown", async () => {
  const outside = new Outside();
  outside.look = ({ host }) =>
    host === "a.example" ? Promise.reject(new Error("no such host")) : Promise.resolve(null);
  await outside.run();
  assert.deepEqual(
    outside.did.slice(2),
    [
      "keep https://b.example/ nothing undefined",
      "keep https://a.example/ nothing undefined",
      "show https://a.example/,https://b.example/",
    ].toSorted((a, b) => outside.did.indexOf(a) - outside.did.indexOf(b)),
  );
});

Deno.test("a site that is asked too often, and a program that stops, are no answer: later again", async () => {
  const busy = new Outside();
  busy.look = () => Promise.reject(new SiteBusy());
  const stopping = new Outside();
  stopping.look = () => {
    stopping.stop.abort();
    return Promise.reject(new Error("aborted"));
  };
  for (const outside of [busy, stopping]) {
    await assert.rejects(outside.run(), (error: ConfabError) => error.code === "unavailable");
    assert.ok(!outside.did.some((each) => /^(?:keep|show)/.test(each)), `${outside.did}`);
  }
});

Deno.test("whose links were looked at too often gets those that are known; turned off, none", async () => {
  const outside = new Outside();
  outside.may = false;
  await outside.run();
  assert.deepEqual(outside.did, ["show https://a.example/,https://b.example/"]);
  outside.on = false;
  await outside.run();
  assert.equal(outside.did.at(-1), "give up");
});
