/**
 * What staff set for the whole workspace while it runs: each key once, with its schema, what holds
 * until it is set, who sees it, and which variable of the environment fixes it. Schemas for the
 * server; the browser imports the types only.
 */
import * as z from "zod";
import { REQUIRED_OF } from "./ways_in.ts";
import type { Inviters } from "./door_permissions.ts";
import type { EmojiMakers } from "./emoji_permissions.ts";
import * as field from "./fields.ts";
import { LIMITS, type Limits, LOGO, TEXT_LENGTH_MIN } from "./limits.ts";

/**
 * Who is told a key's value: `everybody`, also who has no account; `people`, whoever is signed in;
 * `staff`, the owner and admins.
 */
export type SeenBy = "everybody" | "people" | "staff";

export interface WorkspaceSetting<Value> {
  schema: z.ZodType<Value>;
  /** Holds until staff set it, and again when they set `null`. */
  standard: Value;
  seenBy: SeenBy;
  /** The host's variable that wins if it is set: then staff see the value, and cannot change it. */
  fixedBy?: string;
}

/** The value's type is the schema's own. */
function setting<Schema extends z.ZodType>(
  setting: { schema: Schema } & Omit<WorkspaceSetting<z.output<Schema>>, "schema">,
) {
  return setting;
}

const logo = z.lazy(() =>
  z.strictObject({
    version: z.string().regex(/^[0-9a-f]{16}$/),
    type: z.enum(["image/png", "image/jpeg", "image/webp", "image/gif"]),
  })
);
const colour = z.lazy(() =>
  z.string().regex(/^#[0-9a-f]{6}$/i, "must be #rrggbb").toLowerCase().nullable()
);
const roomMakers = z.lazy(() => z.enum(["members", "staff"]));
/** As the variables of the environment take it. */
const rate = z.lazy(() => z.int().min(0).max(1_000_000));

export const WORKSPACE_SETTINGS = {
  /** What the workspace is called, on every page. */
  name: setting({ schema: field.workspaceName, standard: "Confab", seenBy: "everybody" }),
  /** Its picture, which `setLogo` sets; here it is only removed. */
  logo: setting({ schema: logo.nullable(), standard: null, seenBy: "everybody" }),
  /** The colour of buttons and links, "#rrggbb", moved as far as it takes to be readable. */
  colour: setting({ schema: colour, standard: null, seenBy: "everybody" }),
  /**
   * Who may sign in with what is kept here (a password, a passkey): everybody, or only the owner,
   * where a provider or a proxy lets in all others. It holds while one is configured.
   */
  passwordLogin: setting({
    schema: z.lazy(() => z.enum(["everybody", "owner"])),
    standard: "everybody",
    seenBy: "everybody",
    fixedBy: "CONFAB_PASSWORD_LOGIN",
  }),
  /**
   * How people get an account: by themselves, with an invitation, by asking staff (or with an
   * invitation), or not at all. The first account can always be created.
   */
  signup: setting({
    schema: z.lazy(() => z.enum(["open", "invite", "ask", "closed"])),
    standard: "open",
    seenBy: "everybody",
    fixedBy: "CONFAB_SIGNUP",
  }),
  /** Of whom a second factor is required: whoever has none may only set one up. */
  secondFactor: setting({
    schema: z.lazy(() => z.enum(REQUIRED_OF)),
    standard: "optional",
    seenBy: "people",
  }),
  /** Who may invite people: staff alone, or members too. */
  inviters: setting({
    schema: z.lazy(() => z.enum(["staff", "members"])),
    standard: "staff",
    seenBy: "people",
  }),
  /** Of the pages for whoever has not chosen a language: the browser's, or always this one. */
  language: setting({
    schema: z.lazy(() => z.enum(["browser", "en", "ru"])),
    standard: "browser",
    seenBy: "everybody",
  }),
  /** What newcomers read first; empty for nothing. Lines are kept. */
  welcomeText: setting({ schema: field.welcomeText, standard: "", seenBy: "people" }),
  /** Public rooms that newcomers are in from the beginning, besides the general one. */
  welcomeRooms: setting({ schema: field.welcomeRooms, standard: [], seenBy: "staff" }),
  /** Who may make public rooms; guests never. */
  publicRooms: setting({ schema: roomMakers, standard: "members", seenBy: "people" }),
  privateRooms: setting({ schema: roomMakers, standard: "members", seenBy: "people" }),
  /** Who may add custom emoji; guests never. */
  emojiMakers: setting({ schema: roomMakers, standard: "members", seenBy: "people" }),
  /** Whether messages show what they link to: this server asks other sites for it. */
  linkPreviews: setting({
    schema: z.lazy(() => z.enum(["on", "off"])),
    standard: "on",
    seenBy: "staff",
    fixedBy: "CONFAB_LINK_PREVIEWS",
  }),
  /** Code points of a new message. */
  textLength: setting({
    schema: z.lazy(() => z.int().min(TEXT_LENGTH_MIN).max(LIMITS.textLength)),
    standard: LIMITS.textLength,
    seenBy: "people",
  }),
  /** What one user may write in a second; 0 = no limit. */
  sendRate: setting({
    schema: rate,
    standard: 10,
    seenBy: "staff",
    fixedBy: "CONFAB_SEND_RATE",
  }),
  /** Rooms that one user may make in an hour; 0 = no limit. */
  roomRate: setting({
    schema: rate,
    standard: 200,
    seenBy: "staff",
    fixedBy: "CONFAB_ROOM_RATE",
  }),
};

type Settings = typeof WORKSPACE_SETTINGS;
export type WorkspaceKey = keyof Settings;

/** What holds, by key. */
export type Workspace = { readonly [Key in WorkspaceKey]: z.output<Settings[Key]["schema"]> };
export type SignupMode = Workspace["signup"];

export type RoomMakers = Workspace["publicRooms"];

/** What is to change: `null` is what holds where nothing is set. */
export type WorkspaceChange = { [Key in WorkspaceKey]?: Workspace[Key] | null | undefined };

/** What the host's environment sets, which nobody can change from here. */
export type FixedWorkspace = { readonly [Key in WorkspaceKey]?: Workspace[Key] | undefined };

/** What clients go by. */
export interface WorkspaceHere {
  name: string;
  /** Address of its picture; null: it has none. */
  logo: string | null;
  publicRooms: RoomMakers;
  privateRooms: RoomMakers;
  /** Who may add custom emoji. A server of the version before knows none. */
  emojiMakers?: EmojiMakers;
  /** Who may invite people besides staff. */
  inviters: Inviters;
}

/** What clients are told of what holds for everybody: in a page, in `ready`, and when it changes. */
export interface Here {
  workspace: WorkspaceHere;
  limits: Limits;
}

/** A setting, as staff see it. */
export interface WorkspaceSettingState {
  value: unknown;
  standard: unknown;
  /** The variable of the host's environment that sets it, if one does. */
  fixedBy: string | null;
}

export const WORKSPACE_KEYS = Object.keys(WORKSPACE_SETTINGS) as WorkspaceKey[]; // the table's own

export const getWorkspace = field.nothing;

type Changed<Key extends WorkspaceKey> = z.ZodOptional<z.ZodNullable<Settings[Key]["schema"]>>;

/** Only the keys that are to change. */
export const updateWorkspace = field.object(() =>
  // The cast: made key by key from the table whose type it states.
  Object.fromEntries(
    WORKSPACE_KEYS.map((key) => {
      if (key === "logo") return [key, z.null().optional()];
      return [key, WORKSPACE_SETTINGS[key].schema.nullable().optional()];
    }),
  ) as { [Key in WorkspaceKey]: Changed<Key> }
);

const data = z.lazy(() => z.base64().max(Math.ceil(LOGO.bytes / 3) * 4, { abort: true }));

/** Of `PUT /api/workspace/logo`: a picture's bytes, as base64. */
export const logoBody = field.object(() => ({ data }));

/** The same, named by the digest of its bytes. */
export const setLogo = field.object(() => ({ ...logo.unwrap().shape, data }));
