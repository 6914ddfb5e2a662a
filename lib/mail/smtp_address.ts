/**
 * Where the mail server is and who writes, as the settings say it. Pure: nothing is opened here.
 *
 *     smtp[s]://[USER:PASSWORD@]HOST[:PORT][?tls=never]
 *
 * "smtps" is TLS from the first byte (465). "smtp" (587) becomes TLS by STARTTLS before anything is
 * said (RFC 3207), and a server that offers none gets no letter; `tls=never` is for one that is
 * reached over a network of one's own.
 */
import { readEmailAddress } from "../protocol/email_address.ts";

export interface SmtpServer {
  host: string;
  port: number;
  tls: "from the start" | "starttls" | "never";
  credentials: { user: string; password: string } | null;
}

export interface MailSender {
  /** What readers see; null: the workspace's name. */
  name: string | null;
  address: string;
}

/** `undefined` for what is no such URL. */
export function parseSmtpUrl(text: string): SmtpServer | undefined {
  const url = /^smtps?:\/\//.test(text) ? URL.parse(text) : null;
  if (url === null || !/^(|\/)$/.test(url.pathname) || url.hash !== "") return undefined;
  const tls = tlsOf(url);
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  if (tls === undefined || !/^[\w.:-]+$/.test(host) || url.port === "0") return undefined;
  const port = url.port === "" ? (tls === "from the start" ? 465 : 587) : Number(url.port);
  const user = decoded(url.username);
  const password = decoded(url.password);
  if (user === undefined || password === undefined) return undefined;
  if ((user === "") !== (password === "")) return undefined;
  return { host, port, tls, credentials: user === "" ? null : { user, password } };
}

function tlsOf({ protocol, search }: URL): SmtpServer["tls"] | undefined {
  if (search !== "" && search !== "?tls=never") return undefined;
  if (protocol === "smtps:") return search === "" ? "from the start" : undefined;
  return search === "" ? "starttls" : "never";
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined; // "%" without its two digits
  }
}

/** "chat@example.org" or "Our chat <chat@example.org>"; `undefined` for anything else. */
export function parseSender(text: string): MailSender | undefined {
  const [, name, bracketed] = /^([^<>"\p{Cc}]{0,100})<([^<>]+)>$/u.exec(text) ?? [];
  const address = readEmailAddress(bracketed ?? text)?.address;
  return address === undefined ? undefined : { name: name?.trim() || null, address };
}

/** Without a setting: many providers send only what is from the account that signs in. */
export function usualSender(server: SmtpServer | undefined, origin: string): string {
  const user = server?.credentials?.user ?? "";
  if (readEmailAddress(user) !== null) return user;
  const host = URL.parse(origin)?.hostname ?? "";
  return readEmailAddress(`noreply@${host}`) === null ? "" : `noreply@${host}`;
}

/** As Deno's permissions write it. */
export function smtpPermission({ host, port }: SmtpServer): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** For logs and pages: without what is secret. */
export function showSmtp({ host, port }: SmtpServer): string {
  return `${host}:${port}`;
}
