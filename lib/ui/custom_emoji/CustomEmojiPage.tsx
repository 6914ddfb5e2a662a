/**
 * The page of custom emoji: all there are, a form to add one, and for each that the reader may remove
 * a form that does. The server writes it; it needs no script.
 */
import type { CustomEmoji } from "../../protocol/custom_emoji.ts";
import { mayRemoveEmoji } from "../../protocol/emoji_permissions.ts";
import { customSign, EMOJI_NAME } from "../../protocol/emoji_names.ts";
import { unitsOf } from "../../protocol/names.ts";
import { type PageWords, pageWords } from "../catalogue/pages.ts";
import { isolate } from "../direction.ts";
import { plainName } from "../names.ts";
import { Icon } from "../parts/Icon.tsx";
import { UNTRANSLATED } from "../parts/untranslated.ts";
import { Whose } from "../parts/Whose.tsx";
import { placePath } from "../view.ts";
import { emojiPagePath, type EmojiPageProps } from "./custom_emoji.ts";

const DONE = ["added", "removed"];

export function CustomEmojiPage(props: EmojiPageProps) {
  const { language, place, emoji, mayAdd } = props;
  const words = pageWords(language);
  const { notice = null } = place;
  return (
    <div class="saved-page">
      <header>
        <a class="saved-back" href={placePath({ room: place.room })}>
          <Icon name="back" />
          {words.common.back}
        </a>
      </header>
      <main>
        <h1>{words.emojiPage.title}</h1>
        <p class="hint">{words.emojiPage.lead}</p>
        {notice !== null && (
          <p
            class={DONE.includes(notice) ? "emoji-done" : "form-error"}
            role={DONE.includes(notice) ? "status" : "alert"}
          >
            {words.emojiPage.notices[notice]}
          </p>
        )}
        {mayAdd === true
          ? <AddForm {...props} words={words} />
          : <p class="hint">{words.emojiPage[mayAdd]}</p>}
        <h2>{emoji.length === 0 ? words.emojiPage.none : words.emojiPage.count(emoji.length)}</h2>
        <ul class="emoji-list">
          {emoji.map((one) => <Entry key={one.name} one={one} page={props} words={words} />)}
        </ul>
      </main>
    </div>
  );
}

function AddForm({ place, words, ...whose }: EmojiPageProps & { words: PageWords }) {
  const { emojiPage } = words;
  return (
    <form
      class="form emoji-add"
      method="post"
      action={emojiPagePath({ room: place.room })}
      encType="multipart/form-data"
      aria-label={emojiPage.add}
    >
      <Whose sessionId={whose.sessionId} instance={whose.instance} />
      <div class="field">
        <label for="emoji-file">{emojiPage.picture}</label>
        <input
          id="emoji-file"
          name="file"
          type="file"
          class="input"
          required
          accept="image/png,image/jpeg,image/webp,image/gif"
          aria-describedby="emoji-file-hint"
        />
        <p class="hint" id="emoji-file-hint">{emojiPage.pictureHint}</p>
      </div>
      <div class="field">
        <label for="emoji-name">{emojiPage.name}</label>
        <input
          id="emoji-name"
          name="name"
          class="input"
          dir="auto"
          required
          maxlength={unitsOf(EMOJI_NAME) + 2}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          value={place.name ?? ""}
          aria-describedby="emoji-name-hint"
        />
        <p class="hint" id="emoji-name-hint">{emojiPage.nameHint}</p>
      </div>
      <div>
        <button type="submit" class="button primary">{emojiPage.submit}</button>
      </div>
    </form>
  );
}

function Entry(
  { one, page, words }: { one: CustomEmoji; page: EmojiPageProps; words: PageWords },
) {
  const { emojiPage } = words;
  const maker = page.users.find(({ id }) => id === one.userId);
  const mayRemove = mayRemoveEmoji(page.me, { isOwn: one.userId === page.me.id }) === "allowed";
  return (
    <li class="emoji-entry">
      <img src={one.url} alt="" loading="lazy" width="32" height="32" />
      <p class="grow">
        <bdi {...UNTRANSLATED}>{customSign(one.name)}</bdi>
        {maker !== undefined && (
          <span class="handle">{emojiPage.by(isolate(plainName(maker)))}</span>
        )}
      </p>
      {mayRemove && (
        <details>
          <summary class="button small">{emojiPage.remove}</summary>
          <form method="post" action={emojiPagePath({ room: page.place.room })}>
            <Whose sessionId={page.sessionId} instance={page.instance} />
            <input type="hidden" name="remove" value={one.name} />
            <p class="hint">{emojiPage.really}</p>
            <button type="submit" class="button small danger">
              {emojiPage.removeIt(one.name)}
            </button>
          </form>
        </details>
      )}
    </li>
  );
}
