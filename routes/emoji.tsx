/** `/emoji`: custom emoji, all there are; added and removed. */
import { changeEmoji, EMOJI_STYLES, showEmojiPage } from "../lib/http/emoji_page.ts";
import { define } from "../lib/http/state.ts";
import { pageWords } from "../lib/ui/catalogue/pages.ts";
import { CustomEmojiPage } from "../lib/ui/custom_emoji/CustomEmojiPage.tsx";
import { Document } from "../lib/ui/pages/Document.tsx";

export const handler = define.handlers({ GET: showEmojiPage, POST: changeEmoji });

export default define.page<typeof handler>(({ data, state }) => (
  <Document
    language={data.language}
    theme={data.me.theme}
    title={pageWords(data.language).emojiPage.title}
    stylesheets={state.services.assets(EMOJI_STYLES).styles}
  >
    <CustomEmojiPage {...data} />
  </Document>
));
