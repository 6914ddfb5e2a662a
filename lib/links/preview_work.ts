/**
 * Looks at what one message links to, keeps what is found for the whole chat, and has it shown. It
 * decides nothing about people: the store shows only what the message still links to.
 */
import { ConfabError } from "../errors.ts";
import type { JobWork } from "../jobs/trying.ts";
import type { Job } from "../store/contract/jobs.ts";
import type { Store } from "../store/store.ts";
import { SiteBusy } from "./fetching.ts";
import type { Look } from "./look.ts";

/** Where pictures of previews are kept. */
export interface PictureStore {
  /** Keeps it under a new key. */
  keep(bytes: Uint8Array): Promise<string>;
  remove(key: string): Promise<void>;
}

export interface PreviewWorkOptions {
  store: Pick<Store, "giveUpJob" | "keepPreview" | "linksToShow" | "showLinks">;
  /** Null where there is nothing to show; rejects where nothing could be seen. */
  look(url: URL, signal: AbortSignal): Promise<Look | null>;
  /** Of this chat itself: rooms of others must not be shown. */
  isOwn(url: URL): boolean;
  /** Whether this person's links may be looked at now: they have not sent too many. */
  mayLook(userId: number): boolean;
  isOn(): boolean;
  pictures: PictureStore | null;
  /** Nobody can guess it. */
  newKey(): string;
  now(): number;
  /** The program stops. */
  signal: AbortSignal;
  /** Previews in one message. */
  most: number;
}

/** Milliseconds for one address, with its picture: what takes longer comes to nothing. */
const PATIENCE = 9_000;

export class PreviewWork implements JobWork {
  readonly #options: PreviewWorkOptions;
  /** Looks that are under way: many may link to the same page at once. */
  readonly #looks = new Map<string, Promise<void>>();

  constructor(options: PreviewWorkOptions) {
    this.#options = options;
  }

  async run(job: Job): Promise<void> {
    const { store, isOn, isOwn, most, now } = this.#options;
    if (!isOn()) return await this.giveUp(job);
    const { subject: message } = job;
    const { userId, urls, unknown } = await store.linksToShow({ message, now: now() });
    const shown = urls.filter((url) => !isOwn(new URL(url))).slice(0, most);
    const looks = await Promise.allSettled(
      shown.filter((url) => unknown.includes(url)).map((url) => this.#lookOnce(url, userId)),
    );
    const failed = looks.find(({ status }) => status === "rejected");
    if (failed?.status === "rejected") throw failed.reason;
    await store.showLinks({ message, urls: shown, now: now() });
  }

  giveUp({ id }: Job): Promise<void> {
    return this.#options.store.giveUpJob({ id });
  }

  #lookOnce(url: string, userId: number): Promise<void> {
    const under = this.#looks.get(url);
    if (under !== undefined) return under;
    const look = this.#look(url, userId).finally(() => this.#looks.delete(url));
    this.#looks.set(url, look);
    return look;
  }

  async #look(url: string, userId: number): Promise<void> {
    const { store, mayLook, newKey, now, pictures } = this.#options;
    if (!mayLook(userId)) return;
    const found = await this.#see(new URL(url));
    const blob = found === null || found.picture === null || pictures === null
      ? null
      : await pictures.keep(found.picture.bytes);
    const old = await store.keepPreview({
      url,
      key: newKey(),
      preview: found && previewOf(found, blob),
      now: now(),
    });
    if (old !== null) await pictures?.remove(old);
  }

  /** Null for whatever is not there, must not be asked, or says nothing in time. */
  async #see(url: URL): Promise<Look | null> {
    const { look, signal } = this.#options;
    try {
      return await look(url, AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]));
    } catch (error) {
      const isLater = error instanceof SiteBusy || signal.aborted;
      if (isLater) throw new ConfabError("unavailable", "Links are looked at later.");
      return null;
    }
  }
}

function previewOf({ title, description, site, video, picture }: Look, blob: string | null) {
  return {
    title,
    description,
    site,
    ...(video === null ? {} : { video }),
    picture: picture === null || blob === null ? null : {
      blob,
      type: picture.type,
      width: picture.width,
      height: picture.height,
    },
  };
}
