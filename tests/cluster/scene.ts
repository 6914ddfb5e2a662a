/**
 * People on several programs over one database, who write without pause, and the oracle over all
 * that they logged: what every fault of a cluster begins and ends with.
 */
import assert from "node:assert/strict";
import { findViolations, type StoredMessage } from "../faults/oracle.ts";
import { Participant } from "../faults/participant.ts";
import { fetchView } from "../faults/scene.ts";
import { startTraffic, type Traffic } from "../faults/traffic.ts";
import { signUp } from "../support/api_client.ts";
import { at, type Cluster, type ClusterNode } from "../support/cluster.ts";
import type { Random } from "../support/random.ts";

export const GENERAL = 1;

/** Within which a message is on the screens of other nodes, whatever is away (ms). */
export const CROSSES_WITHIN = 5_000;

export class ClusterScene implements AsyncDisposable {
  readonly participants: Participant[] = [];
  #traffic: Traffic | null = null;

  private constructor(readonly cluster: Cluster, private readonly random: Random) {}

  /** As many people at each node, all connected and writing. */
  static async start(cluster: Cluster, random: Random, peopleANode: number): Promise<ClusterScene> {
    const scene = new ClusterScene(cluster, random);
    for (const [index, node] of cluster.nodes.entries()) {
      for (let i = 0; i < peopleANode; i++) {
        const person = await signUp(cluster.nodes[0]!.url, `person-${index}-${i}`);
        const participant = new Participant(at(node, person), random);
        scene.participants.push(participant);
        participant.start();
      }
    }
    await Promise.all(scene.participants.map((each) => each.settled()));
    scene.#traffic = startTraffic(scene.participants, () => [GENERAL], random);
    return scene;
  }

  /** Somebody of this node. */
  at(node: ClusterNode): Participant {
    return this.participants.find(({ person }) => person.api.url === node.url)!;
  }

  /** Waits until people have been acknowledged so many more messages. */
  async writes(messages: number): Promise<void> {
    const acked = () => this.participants.reduce((sum, { log }) => sum + log.acked.length, 0);
    const enough = acked() + messages;
    // Whoever hears of anything looks at all of them.
    await Promise.any(
      this.participants.map((each) => each.until(() => acked() >= enough, () => `${enough} acks`)),
    );
  }

  /** A message from one node is heard at another; how long after its ack, ms. */
  async crosses(from: ClusterNode, to: ClusterNode): Promise<number> {
    const text = `crossing ${this.random.id()}`;
    const receiver = this.at(to);
    const place = await this.at(from).send(GENERAL, text);
    const ackedAt = performance.now();
    await receiver.until(
      () => receiver.replica.head(GENERAL) >= place.rev,
      () => `${text}, revision ${place.rev}, at the other node`,
      CROSSES_WITHIN,
    );
    return performance.now() - ackedAt;
  }

  /** Everybody stops, catches up, and all promises are held against what happened. */
  async verify(): Promise<void> {
    await this.#traffic?.end();
    // Tests may have rooms of their own beside the traffic.
    const ids = this.participants.map(({ person }) => person.id).join(", ");
    const theirs = `SELECT room_id FROM members WHERE user_id IN (${ids})`;
    const heads = new Map(
      await this.#rows<[number, number]>(
        `SELECT json_build_array(id, head) FROM rooms WHERE id IN (${theirs})`,
      ),
    );
    await Promise.all(this.participants.map((each) => each.settled(heads)));
    const rows = await this.#rows<StoredMessage>(
      `SELECT json_build_object('id', id, 'room', room_id, 'seq', seq, 'rev', rev,
         'userId', user_id, 'clientId', client_id, 'text', text,
         'rewritten', edited_at IS NOT NULL OR deleted_at IS NOT NULL)
       FROM messages WHERE room_id IN (${theirs}) ORDER BY id`,
    );
    const views = await Promise.all(this.participants.map(async (each) => ({
      name: each.person.username,
      state: each.replica.view,
      fetched: await fetchView(each.person.api),
    })));
    const clients = this.participants.map(({ log }) => log);
    const violations = findViolations({ clients, rows, heads, views, severalNodes: true });
    assert.deepEqual(violations.slice(0, 10), [], `${violations.length} broken promises`);
  }

  async #rows<Row>(sql: string): Promise<Row[]> {
    const { postgres, database } = this.cluster;
    const lines = await postgres.query(sql, database);
    // The cast: what each statement selects.
    return lines.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as Row);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.participants.map((each) => each.stop()));
  }
}
