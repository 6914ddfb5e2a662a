/**
 * The bodies and queries of the HTTP interface.
 * Schemas for the server; the browser imports the types only.
 */
import * as z from "zod";
import { LIMITS, MEMBERS_PAGE, PEOPLE_ASKED } from "./limits.ts";
import * as field from "./fields.ts";
import { loginName } from "./names.ts";

export const signup = field.object(() => ({
  username: field.username,
  password: field.password,
  displayName: field.displayName.optional(),
  invite: field.shortText(128).optional(),
}));

/** Login refuses nothing by shape that signup might once have taken: it only compares. */
export const login = field.object(() => ({
  username: field.shortText(256).transform(loginName),
  password: field.shortText(1024),
}));

export const changePassword = field.object(() => ({
  current: field.shortText(1024),
  password: field.password,
}));

export const patchMe = field.object(() => ({
  displayName: field.displayName.optional(),
  language: z.enum(["en", "ru"]).nullable().optional(),
  theme: z.enum(["light", "dark", "system"]).optional(),
}));

/** For the instance's owner and admins. */
export const patchUser = field.object(() => ({
  disabled: z.boolean().optional(),
  role: z.enum(["admin", "member", "bot", "guest"]).optional(),
}));

export const createRoom = z.lazy(() =>
  z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.enum(["public", "private"]),
      name: field.roomName,
      topic: field.topic.optional(),
    }),
    z.strictObject({
      kind: z.literal("direct"),
      users: field.directUsers,
    }),
  ])
);

export const patchRoom = field.object(() => ({
  name: field.roomName.optional(),
  topic: field.topic.optional(),
  archived: z.boolean().optional(),
}));

export const patchMembership = field.object(() => ({
  notify: field.notify.optional(),
  hidden: z.boolean().optional(),
}));

export const postMessage = field.object(() => ({
  clientId: field.clientId.optional(),
  text: field.text,
  replyTo: field.id.nullish(),
  files: field.files.optional(),
}));

export const patchMessage = field.object(() => ({ text: field.text }));
export const putLastRoom = field.object(() => ({ room: field.id }));
export const putRead = field.object(() => ({ seq: field.seq }));

/** A whole number as it stands in a path or a query. */
const number = z.lazy(() =>
  z.string().regex(/^\d{1,15}$/, "must be a whole number").transform(Number)
);

export const messagesQuery = z.lazy(() =>
  z.strictObject({
    before: number.pipe(field.seq).optional(),
    after: number.pipe(field.seq).optional(),
    around: z.union([z.literal("unread"), number.pipe(field.seq)]).optional(),
    limit: number.pipe(z.int().min(1).max(LIMITS.pageMax)).optional(),
  }).refine(
    (query) =>
      [query.before, query.after, query.around].filter((value) => value !== undefined).length <= 1,
    "before, after and around exclude each other",
  )
);

export const changesQuery = field.object(() => ({ since: number.pipe(field.seq) }));

export const roomsQuery = field.object(() => ({
  scope: z.enum(["mine", "public", "hidden"]).optional(),
  q: field.search.optional(),
  /** Of hidden rooms: the page after the one whose `next` this was. */
  before: number.pipe(field.id).optional(),
  limit: number.pipe(z.int().min(1).max(LIMITS.pageMax)).optional(),
}));

/** `1,2,3`: ids as they stand in a query. */
const ids = z.lazy(() =>
  field.shortText(16 * PEOPLE_ASKED).unwrap()
    .regex(/^[1-9]\d{0,14}(,[1-9]\d{0,14})*$/, "must be ids with commas between them")
    .transform((value) => value.split(",").map(Number))
    .pipe(field.people)
);

export const usersQuery = z.lazy(() =>
  z.strictObject({
    q: field.search.optional(),
    ids: ids.optional(),
    room: number.pipe(field.id).optional(),
  }).refine(
    (query) => query.q === undefined || query.ids === undefined,
    "q and ids exclude each other",
  )
);

export const membersQuery = field.object(() => ({
  limit: number.pipe(z.int().min(1).max(MEMBERS_PAGE)).optional(),
  after: number.pipe(field.seq).optional(),
}));
