/**
 * The list of custom emoji: loaded once the page is at rest. It is read when there is one, and again
 * where a change of it was missed.
 */
import { effect, type Signal } from "@preact/signals";
import type { EmojiEvent, EmojiList } from "../protocol/custom_emoji.ts";
import type { Api } from "./api.ts";
import type { EmojiActions, EmojiNews, KnownEmoji } from "./emoji_model.ts";

interface EmojiSignals {
  emoji: Signal<KnownEmoji>;
  emojiNews: Signal<EmojiNews | null>;
}

export function createCustomEmoji(state: EmojiSignals, api: Api): EmojiActions {
  return {
    keep: () => new EmojiKeeping(state.emoji, api).follow(state.emojiNews),
  };
}

class EmojiKeeping {
  /** Of which the known ones are the whole list. Before there was any, none is the whole list. */
  #revision = 0;
  #epoch: string | null = null;
  /** Raised by whatever is told: an answer from before it may lack it. */
  #told = 0;

  constructor(private readonly emoji: Signal<KnownEmoji>, private readonly api: Api) {}

  follow(news: Signal<EmojiNews | null>): () => void {
    return effect(() => {
      if (news.value !== null) this.#hear(news.value);
    });
  }

  #hear(news: EmojiNews): void {
    this.#told = news.revision;
    if ("name" in news) {
      if (news.revision <= this.#revision) return;
      this.#apply(news);
      if (news.revision === this.#revision + 1) this.#revision++;
    } else if (news.epoch !== this.#epoch) {
      if (this.#epoch !== null) this.#revision = -1; // another history: nothing of the list is certain
      this.#epoch = news.epoch;
    }
    // Where it fails, the next connection tries again.
    if (this.#revision !== this.#told) this.#load().catch(() => {});
  }

  #apply({ name, emoji }: EmojiEvent): void {
    const next = new Map(this.emoji.peek());
    if (emoji === null) next.delete(name);
    else next.set(name, emoji);
    this.emoji.value = next;
  }

  async #load(): Promise<void> {
    const { revision, emoji } = await this.api<EmojiList>("GET", "/api/emoji");
    // What was told meanwhile is not in it: the answer to that is on its way.
    if (revision < this.#told) return;
    this.#revision = revision;
    this.emoji.value = new Map(emoji.map((one) => [one.name, one]));
  }
}
