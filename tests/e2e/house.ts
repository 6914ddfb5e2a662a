/**
 * One running program for all tests of a file, and people in it. Names are made unlike, so that
 * tests do not meet each other's people; sockets that a test leaves open are closed after it.
 */
import { type Program, startProgram } from "../support/program.ts";
import {
  Api,
  ChatSocket,
  type MemberRoom,
  type OpenOptions,
  type Person,
  signUp,
} from "../support/chat_client.ts";

/** The room that everybody joins. */
export const GENERAL = 1;

/** Settings under which tests are not slowed by the limits that other tests are about. */
const UNLIMITED = {
  CONFAB_AUTH_RATE: "0",
  CONFAB_SEND_RATE: "0",
  CONFAB_CONNECTIONS_PER_USER: "0",
  CONFAB_CONNECTIONS_PER_ADDRESS: "0",
};

export class House {
  #program: Program | null = null;
  #owner: Person | null = null;
  #count = 0;
  readonly #sockets: ChatSocket[] = [];

  constructor(private readonly env: Record<string, string>) {}

  get program(): Program {
    if (this.#program === null) throw new Error("The program runs only while tests do");
    return this.#program;
  }

  get url(): string {
    return this.program.url;
  }

  /** The first account, which runs the place. */
  get owner(): Person {
    if (this.#owner === null) throw new Error("The owner signs up when the program has started");
    return this.#owner;
  }

  /** Requests by somebody without an account. */
  get stranger(): Api {
    return new Api(this.url);
  }

  async start(): Promise<void> {
    this.#program = await startProgram({ env: { ...UNLIMITED, ...this.env } });
    this.#owner = await signUp(this.url, "the-owner");
  }

  async stop(): Promise<void> {
    await this.program.stop();
  }

  /** A username that nobody has. */
  name(like = "person"): string {
    return `${like}-${++this.#count}`;
  }

  person(like = "person"): Promise<Person> {
    return signUp(this.url, this.name(like));
  }

  people(count: number): Promise<Person[]> {
    return Promise.all(Array.from({ length: count }, () => this.person()));
  }

  /** A private room that the first person made and the others were brought into. */
  async room(owner: Person, ...others: Person[]): Promise<MemberRoom> {
    const room = await owner.api.post<MemberRoom>("/api/rooms", {
      kind: "private",
      name: this.name("room"),
    });
    for (const { id } of others) await owner.api.put(`/api/rooms/${room.id}/members/${id}`);
    return room;
  }

  /** Two people in a room of their own, both connected; the first one runs it. */
  async pair() {
    const [ann, bob] = [await this.person(), await this.person()];
    const { id: room } = await this.room(ann, bob);
    const [onAnn, onBob] = [await this.connect(ann), await this.connect(bob)];
    return { ann, bob, room, onAnn, onBob };
  }

  async connect(person: Person, options: OpenOptions = {}): Promise<ChatSocket> {
    const socket = await ChatSocket.connect(person, options);
    this.#sockets.push(socket);
    return socket;
  }

  /** A connection that has not signed in. */
  async open(options: OpenOptions = {}): Promise<ChatSocket> {
    const socket = new ChatSocket(this.url, options);
    this.#sockets.push(socket);
    await socket.opened;
    return socket;
  }

  async closeSockets(): Promise<void> {
    await Promise.all(this.#sockets.splice(0).map((socket) => socket.close()));
  }
}

/** Runs the program around the tests of the file that calls this. */
export function openHouse(env: Record<string, string> = {}): House {
  const house = new House(env);
  Deno.test.beforeAll(() => house.start());
  Deno.test.afterAll(() => house.stop());
  return house;
}

/** A test in that house: what it opened is closed, and nothing may leak. */
export function houseTest(house: House) {
  return (name: string, run: () => Promise<void>): void =>
    Deno.test({
      name,
      sanitizeOps: true,
      sanitizeResources: true,
      async fn() {
        try {
          await run();
        } finally {
          await house.closeSockets();
        }
      },
    });
}
