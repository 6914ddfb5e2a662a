/** A mail server for tests: it keeps what it gets, and does what a test asks it to do. */
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

export interface Received {
  from: string;
  to: string[];
  /** The head as it came, unfolded. */
  head: string;
  /** Both forms, decoded. */
  text: string;
  html: string;
  /** Who signed in to send it. */
  user: string | undefined;
}

export class MailSink {
  readonly letters: Received[] = [];
  /** Given to the next letters instead of taking them. */
  refusal: { at: "MAIL" | "RCPT" | "DATA"; code: number; text: string } | null = null;
  /** Letters stop arriving until it is resolved. */
  held: Promise<void> = Promise.resolve();
  readonly #server: SMTPServer;
  #waiting: (() => void)[] = [];

  private constructor(options: SMTPServerOptions) {
    const refuse = (at: string) => this.refusal?.at === at ? refusalOf(this.refusal) : null;
    this.#server = new SMTPServer({
      name: "mail.test",
      authOptional: true,
      logger: false,
      onMailFrom: (_address, _session, done) => done(refuse("MAIL")),
      onRcptTo: (_address, _session, done) => done(refuse("RCPT")),
      onData: (stream, session, done) => {
        let raw = "";
        stream.setEncoding("utf8");
        stream.on("data", (part: string) => raw += part);
        stream.on("end", async () => {
          await this.held;
          const refusal = refuse("DATA");
          if (refusal !== null) return done(refusal);
          const { mailFrom, rcptTo } = session.envelope;
          this.letters.push({
            from: mailFrom === false ? "" : mailFrom.address,
            to: rcptTo.map(({ address }) => address),
            user: session.user as string | undefined,
            ...read(raw),
          });
          done();
          for (const told of this.#waiting.splice(0)) told();
        });
      },
      ...options,
    });
    this.#server.on("error", () => {}); // a client that went away
  }

  /** @param port 0: a free one */
  static async start(
    options: SMTPServerOptions = {},
    port = 0,
  ): Promise<MailSink & { port: number }> {
    const sink = new MailSink({ disabledCommands: ["STARTTLS"], ...options });
    await new Promise<void>((resolve) => sink.#server.listen(port, "127.0.0.1", resolve));
    const address = sink.#server.server.address() as { port: number };
    return Object.assign(sink, { port: address.port });
  }

  /** The letters, once there are so many. */
  async received(count: number): Promise<Received[]> {
    while (this.letters.length < count) {
      await new Promise<void>((told) => this.#waiting.push(told));
    }
    return this.letters;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.#server.close(resolve));
  }
}

function refusalOf({ code, text }: { code: number; text: string }): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

function read(raw: string): { head: string; text: string; html: string } {
  const [head = ""] = raw.split("\r\n\r\n", 1);
  const boundary = /boundary="([^"]+)"/.exec(head)?.[1] ?? "none";
  const part = (type: string) => {
    const found = raw.split(`--${boundary}`).find((each) => each.includes(`Content-Type: ${type}`));
    const [partHead = "", ...body] = (found ?? "").split("\r\n\r\n");
    return decoded(body.join("\r\n\r\n").trim(), partHead);
  };
  return {
    head: words(head.replace(/\r\n[ \t]+/g, " ")),
    text: part("text/plain"),
    html: part("text/html"),
  };
}

function decoded(body: string, head: string): string {
  if (/base64/i.test(head)) {
    return new TextDecoder().decode(Uint8Array.fromBase64(body.replace(/\s/g, "")));
  }
  if (!/quoted-printable/i.test(head)) return body;
  const joined = body.replace(/=\r\n/g, "");
  const bytes = joined.replace(
    /=([\dA-F]{2})/g,
    (_, hex: string) => String.fromCharCode(parseInt(hex, 16)),
  );
  return new TextDecoder().decode(Uint8Array.from(bytes, (each) => each.charCodeAt(0)));
}

/** RFC 2047's encoded words, of the kinds that are written here. */
function words(head: string): string {
  const joined = head.replace(/\?=\s+=\?/g, "?==?");
  return joined.replace(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_, kind: string, text: string) => {
    if (kind.toUpperCase() === "B") {
      return new TextDecoder().decode(Uint8Array.fromBase64(text));
    }
    return decoded(text.replace(/_/g, " "), "quoted-printable");
  });
}
