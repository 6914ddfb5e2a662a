/** One invitation's link, to send or to show: as text, and as a QR code. */
import type { PageWords } from "../catalogue/pages.ts";
import { CopyField } from "../parts/CopyField.tsx";
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
      <CopyField
        words={words}
        id="link"
        label={words.invites.link}
        hint={words.invites.linkHint}
        value={url}
      />
      <figure class="invitation-qr">
        <QrCode {...qr} label={words.invites.qrLabel} />
        <figcaption class="hint">{words.invites.qrHint}</figcaption>
      </figure>
    </section>
  );
}
