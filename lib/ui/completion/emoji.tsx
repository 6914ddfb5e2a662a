/** Completes `:name:` with emoji, by their names and words in English and Russian. */
import { noteUsed, readHabits } from "../emoji/habits.ts";
import { CUSTOM, type Emoji } from "../emoji/emoji_set.ts";
import { useEmoji, useEmojiLabel } from "../emoji/loading.ts";
import { withTone } from "../emoji/tones.ts";
import { dialogWords } from "../catalogue/dialogs.ts";
import { EmojiSign } from "../parts/EmojiSign.tsx";
import { UNTRANSLATED } from "../parts/untranslated.ts";
import { useView, type View } from "../view.ts";
import { type CompletionChoice, type CompletionSource, NOTHING } from "./source.ts";

/** How many emoji to offer. */
const OFFERED = 8;

/** Not within a word, an address or a time of day: "10:30", "http://". */
const START = "(?<![\\p{L}\\p{N}:/])";
/** Two letters at least: ":D" is no beginning of a name. */
const BEGUN = new RegExp(`${START}:([\\p{L}\\p{N}+-][\\p{L}\\p{M}\\p{N}_+-]{1,63})$`, "u");
const FINISHED = new RegExp(`${START}:([\\p{L}\\p{N}+-][\\p{L}\\p{M}\\p{N}_+-]{0,63}):$`, "u");

export const EMOJI: CompletionSource = {
  begun: (before) => BEGUN.exec(before)?.[1] ?? null,
  useOffer(query) {
    const view = useView();
    const set = useEmoji(query);
    const labelOf = useEmojiLabel();
    if (set === null || set === "failed") return NOTHING;
    const { recent, tone } = readHabits(view.shelf, view.state.me.value.id);
    const toned = (one: Emoji) => one.toned ? withTone(one.emoji, tone) : one.emoji;
    const found = query === null ? [] : set.search(query, OFFERED, recent);
    return {
      choices: found.map((one) => choiceOf(one, toned(one), labelOf(one), view)),
      finished(before) {
        const name = FINISHED.exec(before)?.[1];
        const one = name === undefined ? undefined : set.named(name);
        // A custom one is what was typed: there is nothing to put in its place.
        return one === undefined || one.group === CUSTOM
          ? null
          : { length: name!.length + 2, text: toned(one) };
      },
    };
  },
  label: (_, language) => dialogWords(language).emoji.list,
};

function choiceOf(one: Emoji, emoji: string, label: string, view: View): CompletionChoice {
  return {
    key: one.emoji,
    text: `${emoji} `,
    row: (
      <>
        <span class="emoji">
          <EmojiSign sign={emoji} />
        </span>
        <span class="name">{label}</span>
        <span class="handle" {...UNTRANSLATED}>:{one.names[0]}:</span>
      </>
    ),
    taken: () => noteUsed(view.shelf, view.state.me.peek().id, emoji),
  };
}
