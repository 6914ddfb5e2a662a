/** An emoji that may be a custom one: as its picture, and where there is none as its name. */
import type { CustomEmoji } from "../../protocol/custom_emoji.ts";
import { customSign } from "../../protocol/emoji_names.ts";
import { useView } from "../view.ts";

/** Copied and read out, it is its name. */
export function EmojiPicture({ one: { name, url } }: { one: CustomEmoji }) {
  const sign = customSign(name);
  return <img class="emoji-picture" src={url} alt={sign} title={sign} />;
}

export function EmojiSign({ sign }: { sign: string }) {
  // No other emoji is a known name with a character at each end.
  const one = useView().state.emoji.value.get(sign.slice(1, -1));
  return one ? <EmojiPicture one={one} /> : <>{sign}</>;
}
