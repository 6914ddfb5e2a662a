/** The form with the reader's picture, on the page of their profile. A file has a form of its own. */
import { pageWords } from "../catalogue/pages.ts";
import { plainName } from "../names.ts";
import { Avatar } from "../parts/Avatar.tsx";
import { Whose } from "../parts/Whose.tsx";
import { PICTURES } from "./accepted.ts";
import type { SettingsProps } from "../settings/sections.ts";

export function PictureForm({ page }: { page: SettingsProps }) {
  const words = pageWords(page.language);
  const { me } = page;
  const own = words.avatar;
  return (
    <form
      method="post"
      action={`/settings/avatar${page.room === null ? "" : `?room=${page.room}`}`}
      encType="multipart/form-data"
      id="avatar"
      class="settings-form"
      data-crop={JSON.stringify(words.crop)}
    >
      <Whose sessionId={page.sessionId} instance={page.instance} />
      <div class="own-picture">
        <Avatar id={me.id} name={plainName(me)} picture={me.avatar} size="large" />
        <div class="field grow">
          <label for="picture">{own.label}</label>
          <input
            id="picture"
            name="file"
            type="file"
            class="input"
            accept={PICTURES}
            aria-describedby="picture-hint"
          />
          <p class="hint" id="picture-hint">{own.hint}</p>
        </div>
      </div>
      <div class="own-picture-actions">
        <button type="submit" class="button" data-send="">{own.save}</button>
        {me.avatar !== null && (
          <button type="submit" name="remove" value="1" class="button">{own.remove}</button>
        )}
      </div>
    </form>
  );
}
