/**
 * Opening a session, by login or by signup, as JSON or as a form: one way for all of them. What
 * differs is an `Opening` and, for forms, which fields it reads and what its page shows again.
 */
import { page, type PageResponse } from "fresh";
import type * as z from "zod";
import type { SignedIn } from "../auth/auth.ts";
import { parse } from "../chat/chat.ts";
import { type ConfabError, toConfabError } from "../errors.ts";
import { login, signup } from "../protocol/accounts.ts";
import type { JoinRequest } from "../protocol/join_requests.ts";
import { loginSecond } from "../protocol/second_factor.ts";
import { json, retryAfter } from "./answer.ts";
import { formOrRefusal, readJson } from "./body.ts";
import { toSecondStep } from "./second_step.ts";
import { clientOf, nextPath, signedIn } from "./session.ts";
import type { Ctx } from "./state.ts";

/** One way to a session. */
interface Opening<Schema extends z.ZodType> {
  schema: Schema;
  /** What is no session yet is answered as it is. */
  open(ctx: Ctx, input: z.output<Schema>): Promise<SignedIn | Response>;
  /** Where a form leads that is not simply to go on. */
  leads?(ctx: Ctx, next: string): string;
}

/** What makes an opening's form and page its own. */
interface OpeningForm<Data> {
  /** What the schema is given. */
  fields(form: URLSearchParams): unknown;
  /** What the page shows where the form was refused. */
  refused(ctx: Ctx, refused: RefusedForm): Promise<Data>;
}

export interface RefusedForm {
  error: ConfabError;
  /** Empty where `isRead` is false: then it was refused before a byte was read. */
  form: URLSearchParams;
  isRead: boolean;
  /** Where the form leads once it is accepted. */
  next: string;
}

export const LOGIN: Opening<typeof login> = {
  schema: login,
  open: (ctx, input) => ctx.state.services.auth.login(input, clientOf(ctx)),
};

/** After `second_factor`, by its ticket. */
export const SECOND: Opening<typeof loginSecond> = {
  schema: loginSecond,
  open: (ctx, input) => ctx.state.services.auth.loginSecond(input, clientOf(ctx)),
};

/**
 * Where people ask to be let in, it keeps their request.
 * @param firstOnly opens the server's first account, or none
 * @param asked the answer to whoever has asked
 */
export function signupOpening(
  firstOnly: boolean,
  asked: (request: JoinRequest) => Response,
): Opening<typeof signup> {
  return {
    schema: signup,
    async open(ctx, input) {
      const { auth } = ctx.state.services;
      const client = clientOf(ctx);
      if (!await auth.asking.isNeeded(input.invite)) {
        return await auth.signup({ ...input, firstOnly }, client);
      }
      return asked(await auth.asking.ask(input, client));
    },
    leads: welcomePath,
  };
}

/** Newcomers read first what staff have written for them, if anything. */
export function welcomePath({ state }: Pick<Ctx, "state">, next: string): string {
  if (state.services.workspace.get("welcomeText") === "") return next;
  return `/welcome?next=${encodeURIComponent(next)}`;
}

/** @param status of the answer that says whose session it is */
export async function openByJson<Schema extends z.ZodType>(
  ctx: Ctx,
  { schema, open }: Opening<Schema>,
  status = 200,
): Promise<Response> {
  const session = await open(ctx, parse(schema, await readJson(ctx, "anybody")));
  if (session instanceof Response) return session;
  return signedIn(ctx, json(session, status), session);
}

/** Leads on where the form says, or shows its page again with why not. */
export async function openByForm<Schema extends z.ZodType, Data>(
  ctx: Ctx,
  openingOf: (form: URLSearchParams) => Opening<Schema>,
  { fields, refused }: OpeningForm<Data>,
): Promise<Response | PageResponse<Data>> {
  const { form, refusal } = await formOrRefusal(ctx);
  const next = nextPath(form.get("next"));
  try {
    if (refusal !== null) throw refusal;
    const { schema, open, leads = (_, onward) => onward } = openingOf(form);
    const session = await open(ctx, parse(schema, fields(form)));
    if (session instanceof Response) return session;
    return signedIn(ctx, ctx.redirect(leads(ctx, next), 303), session);
  } catch (thrown) {
    const error = toConfabError(thrown);
    if (error.code === "internal") throw thrown;
    const second = toSecondStep(ctx, error, next);
    if (second !== null) return second;
    const data = await refused(ctx, { error, form, isRead: refusal === null, next });
    return page<Data>(data, { status: error.status, headers: retryAfter(error) });
  }
}
