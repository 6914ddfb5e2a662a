/** One invitation's link, to send or to show: as text, and as a QR code. */
import type { PageWords } from "../catalogue/pages.ts";
import { QrCode } from "../parts/QrCode.tsx";

export interface ShownInvitation {
  url: string;
  qr: { size: number; path: string };
}

export function InvitationShown(
  { words, shown: { url, qr } }: { words: PageWords; shown: ShownInvitation },
) {
  return (
    <section class="settings-part invitation-shown" aria-labelledby="link-title">
      <h2 id="link-title">{words.invites.linkTitle}</h2>
      <div class="field">
        <label for="link">{words.invites.link}</label>
        <div class="invitation-link">
          <input
            id="link"
            class="input"
            dir="ltr"
            value={url}
            readOnly
            autofocus
            autocomplete="off"
            spellcheck={false}
          />
          <button
            type="button"
            class="button"
            data-copy="link"
            data-copied={words.invites.copied}
            aria-live="polite"
            hidden
          >
            {words.invites.copy}
          </button>
        </div>
        <p class="hint">{words.invites.linkHint}</p>
      </div>
      <figure class="invitation-qr">
        <QrCode {...qr} label={words.invites.qrLabel} />
        <figcaption class="hint">{words.invites.qrHint}</figcaption>
      </figure>
    </section>
  );
}
