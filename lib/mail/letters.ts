/**
 * Writes letters: the same words as plain text and as simple HTML, in the reader's language. Pure; it
 * knows no mail server.
 */
import type { Language } from "../protocol/accounts.ts";
import type { ReadyLetter } from "../store/contract/letters.ts";
import { MAIL_WORDS } from "../ui/catalogue/mail.ts";
import type { Letter } from "./letter.ts";

/** Where the letter comes from. */
export interface MailPlace {
  /** What the workspace is called. */
  name: string;
  /** Of its address, without an end: "https://chat.example.org". */
  origin: string;
}

/** What a letter says, whatever it looks like. */
interface Content {
  subject: string;
  paragraphs: string[];
  link?: { label: string; url: string };
  after?: string[];
}

/** @param token what its link carries, where it has one */
export function writeLetter(letter: ReadyLetter, token: string, place: MailPlace): Letter {
  return { to: letter.to, ...written(contentOf(letter, token, place), letter.language, place) };
}

/** What an operator sends to see whether mail works. */
export function writeTest(to: string, language: Language, place: MailPlace): Letter {
  const { subject, lead } = MAIL_WORDS[language].test;
  const about = { username: "", place: place.name };
  const content = { subject: subject(about), paragraphs: [lead(about)] };
  return { to, ...written(content, language, place) };
}

function contentOf(
  { kind, language, username, detail }: ReadyLetter,
  token: string,
  { name, origin }: MailPlace,
): Content {
  const words = MAIL_WORDS[language];
  const about = { username, place: name };
  const news = ({ subject, lead }: typeof words.changed, ...more: string[]): Content => ({
    subject: subject(about),
    paragraphs: [lead(about), ...more, words.notYou],
  });
  switch (kind) {
    case "reset":
    case "proof": {
      const { subject, lead, action, after, otherwise } = words[kind];
      const path = kind === "reset" ? "reset" : "email";
      return {
        subject: subject(about),
        paragraphs: [lead(about)],
        link: { label: action, url: `${origin}/${path}/${token}` },
        after: [after, otherwise],
      };
    }
    case "email_changed":
      return news(detail.removed === 1 ? words.removed : words.changed);
    case "password_reset":
      return news(words.passwordReset);
    case "sign_in": {
      const { device, address, at } = words.signIn;
      const when = new Date(Number(detail.at)).toISOString().slice(0, 16).replace("T", " ");
      return news(
        words.signIn,
        [device(String(detail.device)), address(String(detail.address)), at(when)].join("\n"),
      );
    }
  }
}

function written(content: Content, language: Language, { name, origin }: MailPlace) {
  const words = MAIL_WORDS[language];
  const { subject, paragraphs, link, after = [] } = content;
  const foot = words.from(name, origin);
  const text = [...paragraphs, ...(link === undefined ? [] : [link.url]), ...after, `-- \n${foot}`];
  const html = [
    ...paragraphs.map(paragraph),
    ...(link === undefined ? [] : [
      `<p><a href="${escaped(link.url)}" style="${BUTTON}">${escaped(link.label)}</a></p>`,
      paragraph(`${words.byHand}\n${link.url}`),
    ]),
    ...after.map(paragraph),
    `<p style="color:#6b6a67;font-size:13px">${escaped(foot)}</p>`,
  ];
  return {
    // A name may hold what ends a line in a letter's head.
    subject: subject.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " "),
    text: `${text.join("\n\n")}\n`,
    html: `<!DOCTYPE html><html lang="${language}"><body style="${BODY}">${
      html.join("")
    }</body></html>`,
  };
}

/** Mail programs know no style sheets. */
const BODY =
  "margin:0;padding:24px;max-width:560px;font:16px/1.5 system-ui,sans-serif;color:#1d1d1b";
const BUTTON = "display:inline-block;padding:12px 20px;border-radius:8px;background:#3b5bdb;" +
  "color:#ffffff;text-decoration:none;font-weight:600";

function paragraph(text: string): string {
  return `<p>${escaped(text).replace(/\n/g, "<br>")}</p>`;
}

function escaped(text: string): string {
  const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (character) => entities[character]!);
}
