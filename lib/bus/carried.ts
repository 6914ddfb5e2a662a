/**
 * The part that Redis and NOTIFY share: this node's listeners at once, then the other nodes through
 * a carrier, fire and forget. Between nodes each notice is one line of text; what a commit published
 * goes as one body, or as few as hold it. It knows neither what is carried nor by whom.
 */
import type { Bus, BusState, NoticeListener } from "./bus.ts";

/** Takes bodies to all nodes, this one too, in the order of `send`. */
export interface Carrier {
  readonly kind: BusState["kind"];
  /** The most that one body may hold, in bytes of UTF-8. */
  readonly largest: number;
  connected(): boolean;
  /** Resolves when they were handed over, rejects if they could not be. */
  send(bodies: string[]): Promise<unknown>;
  /** Sets who hears bodies. */
  hear(listener: (body: string) => void): void;
  /** As `Bus.onReturn`. */
  onReturn(listener: () => void): () => void;
  close(): Promise<void>;
}

/** How a notice is written for other nodes. */
export interface NoticeLines<Notice> {
  /** One line: no line break in it. */
  write(notice: Notice): string;
  /** `null` for what this version does not know. Throws for what no node writes. */
  read(line: string): Notice | null;
  /** What is said of a notice that is too long to be carried; `null`: nothing. */
  brief(notice: Notice): Notice | null;
}

export interface CarriedBusOptions<Notice> {
  carrier: Carrier;
  lines: NoticeLines<Notice>;
  /** Names this node, unlike any other's; without line breaks. */
  node: string;
  /** A listener has failed on what another node, or a stranger, said. */
  failed(error: unknown): void;
}

export interface CarriedBus<Notice> extends Bus<Notice> {
  /** How many publishes are under way. */
  readonly pending: number;
  readonly dropped: number;
}

/** What the log says of it. */
export const LISTENER_FAILED = "What was said on the bus cannot be used";
/** How long the end waits for what was said just before it, milliseconds. */
const LAST_WORDS = 1_000;
/** A carrier that stands still must not fill the memory: at most so many publishes wait for it. */
const MOST_PENDING = 1_000;
/** And at most so many characters: a commit can hold a hundred messages of 4,000 each. */
const MOST_PENDING_LENGTH = 8_000_000;

export function createCarriedBus<Notice>(options: CarriedBusOptions<Notice>): CarriedBus<Notice> {
  const { carrier, lines, node, failed } = options;
  const listeners = new Set<NoticeListener<Notice>>();
  const header = `${node}\n`;
  const budget = carrier.largest - header.length;
  const underWay = new Set<Promise<void>>();
  const counts = { length: 0, dropped: 0 };
  let closing = false;

  carrier.hear((body) => {
    if (body.startsWith(header)) return; // its listeners were called when it was published
    const notices = readLines(body, lines);
    if (notices.length === 0) return;
    for (const listener of listeners) tell(listener, notices, failed);
  });

  function carry(notices: Notice[]): void {
    if (closing) return;
    if (!carrier.connected() || underWay.size >= MOST_PENDING) return void (counts.dropped += 1);
    const bodies = pack(notices, lines, budget).map((body) => header + body);
    const length = bodies.reduce((sum, body) => sum + body.length, 0);
    if (bodies.length === 0) return;
    if (counts.length + length > MOST_PENDING_LENGTH) return void (counts.dropped += 1);
    counts.length += length;
    const sending: Promise<void> = carrier.send(bodies).then(
      () => {},
      () => void (counts.dropped += 1),
    ).finally(() => {
      counts.length -= length;
      underWay.delete(sending);
    });
    underWay.add(sending);
  }

  return {
    publish(notices) {
      for (const listener of listeners) listener(notices, "here");
      if (notices.length > 0) carry(notices);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    state: () => ({ kind: carrier.kind, connected: carrier.connected() }),
    onReturn: (listener) => carrier.onReturn(listener),
    get pending() {
      return underWay.size;
    },
    get dropped() {
      return counts.dropped;
    },
    async close() {
      listeners.clear();
      closing = true;
      await settled([...underWay]);
      await carrier.close();
    },
  };
}

/** An error thrown on would end the connection, and with it what everybody else says. */
function tell<Notice>(
  listener: NoticeListener<Notice>,
  notices: Notice[],
  failed: (error: unknown) => void,
): void {
  try {
    listener(notices, "elsewhere");
  } catch (error) {
    failed(error);
  }
}

/** As few bodies as hold these notices in their order. */
function pack<Notice>(notices: Notice[], lines: NoticeLines<Notice>, budget: number): string[] {
  const whole = notices.map((notice) => lines.write(notice)).join("\n");
  // A unit of UTF-16 is at most three bytes: mostly nothing needs to be counted.
  if (whole.length * 3 <= budget) return [whole];
  const bodies: string[] = [];
  let size = 0;
  for (const notice of notices) {
    const line = fitting(notice, lines, budget);
    if (line === null) continue;
    const { text, bytes } = line;
    if (bodies.length === 0 || size + 1 + bytes > budget) {
      bodies.push(text);
      size = bytes;
    } else {
      bodies[bodies.length - 1] += `\n${text}`;
      size += 1 + bytes;
    }
  }
  return bodies;
}

function fitting<Notice>(notice: Notice, lines: NoticeLines<Notice>, budget: number) {
  const text = lines.write(notice);
  const bytes = sizeOf(text);
  if (bytes <= budget) return { text, bytes };
  const brief = lines.brief(notice);
  if (brief === null) return null;
  const short = lines.write(brief);
  return { text: short, bytes: sizeOf(short) };
}

/** Bytes of UTF-8, without making them. */
function sizeOf(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    // Half of a pair: both halves together are four bytes.
    bytes += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2;
  }
  return bytes;
}

/** What cannot be read is left out: another version, or a stranger, may have written it. */
function readLines<Notice>(body: string, lines: NoticeLines<Notice>): Notice[] {
  const notices: Notice[] = [];
  for (let end = body.indexOf("\n"); end !== -1 && end < body.length - 1;) {
    const begin = end + 1;
    end = body.indexOf("\n", begin);
    try {
      const notice = lines.read(end === -1 ? body.slice(begin) : body.slice(begin, end));
      if (notice !== null) notices.push(notice);
    } catch {
      continue;
    }
  }
  return notices;
}

/** Waits for all of them, but not for ever. */
async function settled(promises: Promise<void>[]): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, LAST_WORDS);
  await Promise.race([Promise.all(promises), late.promise]);
  clearTimeout(timer);
}
