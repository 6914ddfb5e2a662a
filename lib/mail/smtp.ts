/**
 * The mail server: one letter, one connection (RFC 5321), by nodemailer. Loaded with the first
 * letter. It knows no queue and writes nothing.
 */
import { connect, isIP, type Socket } from "node:net";
import { createTransport } from "nodemailer";
import { type Letter, type Mailer, MailFault } from "./letter.ts";
import type { MailSender, SmtpServer } from "./smtp_address.ts";

export interface SmtpOptions {
  server: SmtpServer;
  from(): { name: string; address: MailSender["address"] };
  /** What this server calls itself there: its own host. Otherwise the machine's name would be told. */
  ownName: string;
  /** Milliseconds. */
  timeouts?: { connect: number; silence: number; letter: number };
}

/** A server that answers so slowly keeps others waiting; the letter is tried again later. */
const TIMEOUTS = { connect: 10_000, silence: 20_000, letter: 60_000 };
const STOPS = "the program stops";

export function openSmtp(
  { server, from, ownName, timeouts = TIMEOUTS }: SmtpOptions,
): Mailer {
  const open = new Set<Socket>();
  let isClosed = false;
  return {
    async send(letter) {
      if (isClosed) throw new MailFault("server", STOPS);
      // The library would look the host's name up by itself and connect to the address, for which
      // there is no permission: only the name that is in the settings may be reached.
      const socket = connect({ host: server.host, port: server.port });
      open.add(socket);
      // A server may send a byte now and then for ever: the whole has an end as well.
      const timer = setTimeout(
        () => socket.destroy(new Error("it took too long")),
        timeouts.letter,
      );
      try {
        await connected(socket, timeouts.connect);
        await sendBy(socket, { server, ownName, silence: timeouts.silence }, letter, from());
      } catch (error) {
        throw faultOf(error);
      } finally {
        clearTimeout(timer);
        socket.destroy();
        open.delete(socket);
      }
    },
    close() {
      isClosed = true;
      // Also those that are not connected yet: a server that does not answer would hold up the end.
      for (const socket of open) socket.destroy(new Error(STOPS));
    },
  };
}

function connected(socket: Socket, timeout: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => socket.destroy(new Error("it does not answer")), timeout);
    socket.once("connect", () => {
      clearTimeout(timer);
      resolve();
    });
    // For good: without a listener, one that comes before the library listens ends the program.
    socket.on("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
  });
}

async function sendBy(
  socket: Socket,
  { server: { host, port, tls, credentials }, ownName, silence }: {
    server: SmtpServer;
    ownName: string;
    silence: number;
  },
  { to, subject, text, html }: Letter,
  from: { name: string; address: string },
): Promise<void> {
  const transport = createTransport({
    connection: socket,
    host,
    port,
    name: ownName,
    secure: tls === "from the start",
    requireTLS: tls === "starttls",
    ignoreTLS: tls === "never",
    // An address is no name to ask for (RFC 6066, section 3); its certificate is checked all the same.
    tls: isIP(host) === 0 ? { servername: host } : {},
    ...(credentials === null ? {} : {
      auth: { user: credentials.user, pass: credentials.password },
    }),
    greetingTimeout: silence,
    socketTimeout: silence,
    // Letters are made of texts alone: nothing is read from a file or fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  await transport.sendMail({
    // As objects: nothing in them is read as a list of addresses.
    from,
    to: { name: "", address: to },
    subject,
    text,
    html,
    // No automatic answers (RFC 3834).
    headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
  });
}

interface SmtpError {
  code?: string;
  command?: string;
  responseCode?: number;
  message?: string;
}

function faultOf(thrown: unknown): MailFault {
  const { code = "", command = "", responseCode = 0, message = "" } = thrown as SmtpError;
  const isFinal = code === "EENVELOPE" &&
    (responseCode === 0 || (command === "RCPT TO" && responseCode >= 500));
  return new MailFault(isFinal ? "recipient" : "server", withoutAddresses(message));
}

/** What the server says is worth knowing, and often repeats whom the letter was for. */
function withoutAddresses(message: string): string {
  return message.slice(0, 500).replace(/[^\s<>"'@]+@[^\s<>"'@]+/g, "…").replace(/\s+/g, " ")
    .slice(0, 200);
}
