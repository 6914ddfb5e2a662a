/** The command `mail`: sends a letter at once, to see whether the settings of mail are right. */
import { MailFault } from "../../mail/letter.ts";
import { writeTest } from "../../mail/letters.ts";
import { openSmtp } from "../../mail/smtp.ts";
import { showSmtp } from "../../mail/smtp_address.ts";
import { readEmailAddress } from "../../protocol/email_address.ts";
import { ConfigError } from "../config/config.ts";
import { type Call, CommandError } from "./command.ts";

export async function mailCommand({ config, operands, terminal }: Call): Promise<number> {
  const { smtp, mailFrom, origins: [origin] } = config;
  const to = readEmailAddress(operands[0]!)?.address;
  if (to === undefined) throw new ConfigError("ADDRESS must be an e-mail address.");
  if (smtp === null || mailFrom === null || origin === undefined) {
    throw new CommandError("No mail server is set: CONFAB_SMTP says where it is.");
  }
  const name = mailFrom.name ?? "Confab";
  const mailer = openSmtp({
    server: smtp,
    from: () => ({ name, address: mailFrom.address }),
    ownName: new URL(origin).hostname,
  });
  try {
    await mailer.send(writeTest(to, "en", { name, origin }));
  } catch (error) {
    if (!(error instanceof MailFault)) throw error;
    throw new CommandError(`${showSmtp(smtp)} did not take the letter: ${error.message}`);
  }
  terminal.print(`${showSmtp(smtp)} took a letter from ${mailFrom.address} to ${to}.\n`);
  return 0;
}
