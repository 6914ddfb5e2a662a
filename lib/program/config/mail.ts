/** The settings of sending mail. Joined into the table of `settings.ts`. */
import {
  type MailSender,
  parseSender,
  parseSmtpUrl,
  type SmtpServer,
  usualSender,
} from "../../mail/smtp_address.ts";
import { setting } from "./setting.ts";

export const MAIL_SETTINGS = {
  smtp: setting<SmtpServer | null>({
    env: "CONFAB_SMTP",
    flag: "", // a flag would show the password to everyone who can list processes
    default: "",
    defaultHelp: "no mail",
    help:
      "Mail server for lost passwords and notices: smtp://USER:PASSWORD@HOST:587 (STARTTLS) or " +
      "smtps://USER:PASSWORD@HOST:465; `?tls=never` for one in your own network. " +
      "CONFAB_ORIGIN must be set too.",
    accepts: '"smtp://USER:PASSWORD@HOST:PORT" or "smtps://…", with special characters of the ' +
      "password written as %XX",
    parse: (text) => text === "" ? null : parseSmtpUrl(text),
  }),
  mailFrom: setting<MailSender | null>({
    env: "CONFAB_MAIL_FROM",
    flag: "mail-from",
    default: (written) =>
      written("smtp") === ""
        ? ""
        : usualSender(parseSmtpUrl(written("smtp")), written("origins").split(",")[0]!.trim()),
    defaultHelp: "the mail server's user, or noreply@ the site's host",
    help: "Who the letters are from: chat@example.org, or Our chat <chat@example.org>.",
    accepts: 'an address such as "chat@example.org" or "Our chat <chat@example.org>"',
    parse: (text) => text === "" ? null : parseSender(text),
  }),
};
