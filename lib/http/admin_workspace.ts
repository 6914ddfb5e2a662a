/** What the page of the workspace's settings shows, and what its forms change. */
import { GENERAL_ROOM } from "../protocol/limits.ts";
import { WORKSPACE_KEYS, type WorkspaceKey } from "../protocol/workspace.ts";
import type { AdminNotice } from "../ui/admin/sections.ts";
import {
  WORKSPACE_FORMS,
  type WorkspaceForm,
  workspaceFormId,
  type WorkspaceShown,
} from "../ui/admin/workspace_forms.ts";
import { accentColours } from "../workspace/colours.ts";
import { noSuchForm } from "./form_page.ts";
import { type Ctx, run } from "./state.ts";

/** The product's accent (tokens.css), for a picker that needs a value where none is chosen. */
const PRODUCT = { chosen: "#4740d4", light: "#4740d4", dark: "#9d9bff" };

export async function readWorkspace(
  ctx: Ctx,
  form: URLSearchParams | null,
): Promise<WorkspaceShown> {
  const [states, open] = await Promise.all([
    run(ctx, "getWorkspace", {}),
    run(ctx, "browseRooms", { q: "" }),
  ]);
  const colour = ctx.state.services.workspace.get("colour");
  return {
    states,
    colours: colour === null ? PRODUCT : coloursOf(colour),
    rooms: open.filter(({ id }) => id !== GENERAL_ROOM),
    refused: form === null ? null : {
      form: form.get("form") ?? "",
      typed: Object.fromEntries(
        WORKSPACE_KEYS.flatMap((key) => {
          const text = form.get(key);
          return text === null ? [] : [[key, text]];
        }),
      ),
      rooms: form.getAll("welcomeRooms").map(Number),
    },
  };
}

function coloursOf(colour: string): WorkspaceShown["colours"] {
  const { light, dark } = accentColours(colour);
  return { chosen: colour, light: light.accent, dark: dark.accent };
}

/** Changes what the form holds, but for what the environment sets, which it does not name. */
export async function saveWorkspace(ctx: Ctx, form: URLSearchParams): Promise<AdminNotice> {
  const { workspace } = ctx.state.services;
  const named = form.get("form");
  const [, keys] =
    Object.entries(WORKSPACE_FORMS).find(([name]) =>
      workspaceFormId(name as WorkspaceForm) === named // a key of the table
    ) ?? [];
  if (keys === undefined) throw noSuchForm();
  const change = keys.filter((key) => !workspace.isFixed(key))
    .map((key) => [key, (READERS[key] ?? textIn(key))(form)]);
  await run(ctx, "updateWorkspace", Object.fromEntries(change));
  return "saved";
}

/** Of fields whose text is not the value. What is no number is left to the schema to refuse. */
const READERS: { readonly [Key in WorkspaceKey]?: (form: URLSearchParams) => unknown } = {
  colour: (form) => form.get("ownColour") === null ? null : form.get("colour"),
  welcomeRooms: (form) => form.getAll("welcomeRooms").map(Number),
  textLength: numberIn("textLength"),
  sendRate: numberIn("sendRate"),
  roomRate: numberIn("roomRate"),
};

function textIn(name: WorkspaceKey): (form: URLSearchParams) => unknown {
  return (form) => form.get(name) ?? undefined;
}

function numberIn(name: WorkspaceKey): (form: URLSearchParams) => unknown {
  return (form) => {
    const text = form.get(name)?.trim();
    return text !== undefined && /^\d{1,7}$/.test(text) ? Number(text) : text;
  };
}
