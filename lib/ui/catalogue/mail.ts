/** The words of letters, by language. Nothing but the server's mail may import this. */
import type { Language } from "../../protocol/accounts.ts";
import { mail as en } from "./en/mail.ts";
import { mail as ru } from "./ru/mail.ts";

export const MAIL_WORDS: Readonly<Record<Language, typeof en>> = { en, ru };
