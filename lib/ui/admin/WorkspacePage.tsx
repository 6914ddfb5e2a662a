/** `/admin/settings`: what holds for everybody. Each form is saved by itself and holds at once. */
import type { ComponentChildren } from "preact";
import { type PageWords, pageWords } from "../catalogue/pages.ts";
import { useBrand } from "../brand.ts";
import { emojiPagePath } from "../custom_emoji/custom_emoji.ts";
import { Mark } from "../parts/Mark.tsx";
import { Whose } from "../parts/Whose.tsx";
import { PageForm } from "../parts/PageForm.tsx";
import { AdminFrame } from "./AdminFrame.tsx";
import { languages } from "./languages.ts";
import { adminPath, type AdminProps } from "./sections.ts";
import { type WorkspaceForm, workspaceFormId, type WorkspaceShown } from "./workspace_forms.ts";
import {
  ChoiceSetting,
  type Fields,
  LinesSetting,
  NumberSetting,
  TextSetting,
} from "./WorkspaceFields.tsx";

export type WorkspacePageProps = AdminProps & WorkspaceShown;

export function WorkspacePage({ states, colours, rooms, refused, ...page }: WorkspacePageProps) {
  const words = pageWords(page.language);
  const makers = Object.entries(words.workspace.choices.makers);
  const previews = Object.entries(words.workspace.choices.linkPreviews);
  const fields: Fields = {
    words,
    states,
    typed: refused?.typed ?? {},
    errors: page.errors ?? [],
  };
  const of = { page, words, refused: refused?.form };
  const chosen = refused?.form === workspaceFormId("welcome")
    ? refused.rooms
    : states.welcomeRooms.value as number[]; // of its schema
  return (
    <AdminFrame section="settings" {...page}>
      <Logo page={page} words={words} logo={useBrand().logo} />
      <Part {...of} form="look" title={words.workspace.parts.look}>
        <TextSetting fields={fields} name="name" />
        <Colour fields={fields} colours={colours} />
      </Part>
      <Part {...of} form="doors" title={words.workspace.parts.doors}>
        <Doors fields={fields} words={words} />
      </Part>
      <Part {...of} form="welcome" title={words.workspace.parts.welcome}>
        <LinesSetting fields={fields} name="welcomeText" />
        <Rooms fields={fields} rooms={rooms} chosen={chosen} />
      </Part>
      <Part {...of} form="rooms" title={words.workspace.parts.rooms}>
        <ChoiceSetting fields={fields} name="publicRooms" options={makers} />
        <ChoiceSetting fields={fields} name="privateRooms" options={makers} />
      </Part>
      <Part {...of} form="emoji" title={words.workspace.parts.emoji}>
        <ChoiceSetting fields={fields} name="emojiMakers" options={makers} />
        <p>
          <a class="button" href={emojiPagePath({ room: page.room })}>
            {words.emojiPage.title}
          </a>
        </p>
      </Part>
      <Part {...of} form="pages" title={words.workspace.parts.pages}>
        <ChoiceSetting fields={fields} name="language" options={languages(words)} />
      </Part>
      <Part {...of} form="links" title={words.workspace.parts.links}>
        <ChoiceSetting fields={fields} name="linkPreviews" options={previews} />
      </Part>
      <Part {...of} form="limits" title={words.workspace.parts.limits}>
        <NumberSetting fields={fields} name="textLength" />
        <NumberSetting fields={fields} name="sendRate" />
        <NumberSetting fields={fields} name="roomRate" />
      </Part>
    </AdminFrame>
  );
}

function Doors({ fields, words }: { fields: Fields; words: PageWords }) {
  const signup = Object.entries(words.workspace.choices.signup);
  const inviters = Object.entries(words.workspace.choices.inviters);
  const secondFactor = Object.entries(words.workspace.choices.secondFactor);
  const passwordLogin = Object.entries(words.workspace.choices.passwordLogin);
  return (
    <>
      <ChoiceSetting fields={fields} name="signup" options={signup} />
      <ChoiceSetting fields={fields} name="inviters" options={inviters} />
      <ChoiceSetting fields={fields} name="secondFactor" options={secondFactor} />
      <ChoiceSetting fields={fields} name="passwordLogin" options={passwordLogin} />
    </>
  );
}

/** A file is sent in another kind of form than text. It has an address of its own. */
function Logo(
  { page, words, logo }: { page: AdminProps; words: PageWords; logo: string | null },
) {
  return (
    <section class="settings-part" aria-labelledby="workspace-logo-title">
      <h2 id="workspace-logo-title">{words.workspace.logo.title}</h2>
      <form
        method="post"
        action={`/admin/logo${page.room === null ? "" : `?room=${page.room}`}`}
        encType="multipart/form-data"
        id="workspace-logo"
        class="settings-form"
      >
        <Whose sessionId={page.sessionId} instance={page.instance} />
        <div class="workspace-logo">
          <Mark logo={logo} />
          <div class="field grow">
            <label for="logo">{words.workspace.logo.label}</label>
            <input
              id="logo"
              name="logo"
              type="file"
              class="input"
              accept="image/png,image/jpeg,image/webp,image/gif"
              aria-describedby="logo-hint"
            />
            <p class="hint" id="logo-hint">{words.workspace.logo.hint}</p>
          </div>
        </div>
        <div class="admin-actions">
          <button type="submit" class="button primary">{words.common.save}</button>
          {logo !== null && (
            <button type="submit" name="remove" value="1" class="button">
              {words.workspace.logo.remove}
            </button>
          )}
        </div>
      </form>
    </section>
  );
}

interface PartProps {
  page: AdminProps;
  words: PageWords;
  form: WorkspaceForm;
  title: string;
  refused: string | undefined;
  children: ComponentChildren;
}

function Part({ page, words, form, title, refused, children }: PartProps) {
  const id = workspaceFormId(form);
  return (
    <section class="settings-part" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      <PageForm
        page={page}
        action={adminPath("settings", page.room)}
        id={id}
        unsaved={refused === id}
      >
        {children}
        <div>
          <button type="submit" class="button primary">{words.common.save}</button>
        </div>
      </PageForm>
    </section>
  );
}

/** A colour field always has a value: whether there is one of their own is a box beside it. */
function Colour({ fields, colours }: { fields: Fields } & Pick<WorkspaceShown, "colours">) {
  const { words, states } = fields;
  return (
    <fieldset class="workspace-colour">
      <legend>{words.workspace.labels.colour}</legend>
      <label class="check">
        <input
          type="checkbox"
          name="ownColour"
          value="1"
          autocomplete="off"
          checked={states.colour.value !== null}
        />
        {words.workspace.colour.own}
      </label>
      <div class="workspace-colours">
        <input
          type="color"
          name="colour"
          class="workspace-picker"
          aria-label={words.workspace.labels.colour}
          autocomplete="off"
          value={colours.chosen}
        />
        <div class="workspace-samples">
          <Sample colour={colours.light} behind="#ffffff" label={words.workspace.colour.light} />
          <Sample colour={colours.dark} behind="#17181b" label={words.workspace.colour.dark} />
        </div>
      </div>
      <p class="hint">{words.workspace.hints.colour}</p>
    </fieldset>
  );
}

/** In SVG, whose attributes hold colours where our pages allow no style of an element. */
function Sample({ colour, behind, label }: { colour: string; behind: string; label: string }) {
  return (
    <span class="workspace-sample">
      <svg viewBox="0 0 40 24" aria-hidden="true" focusable="false">
        <rect width="40" height="24" rx="5" fill={behind} stroke="currentColor" />
        <rect x="8" y="7" width="24" height="10" rx="3" fill={colour} />
      </svg>
      {label}
    </span>
  );
}

function Rooms(
  { fields: { words }, rooms, chosen }:
    & { fields: Fields; chosen: readonly number[] }
    & Pick<WorkspaceShown, "rooms">,
) {
  if (rooms.length === 0) return null;
  return (
    <fieldset class="workspace-rooms">
      <legend>{words.workspace.labels.welcomeRooms}</legend>
      {rooms.map(({ id, name }) => (
        <label key={id} class="check">
          <input
            type="checkbox"
            name="welcomeRooms"
            value={id}
            autocomplete="off"
            checked={chosen.includes(id)}
          />
          <span dir="auto"># {name}</span>
        </label>
      ))}
      <p class="hint">{words.workspace.hints.welcomeRooms}</p>
    </fieldset>
  );
}
