/**
 * Joins a hub with those of other nodes: what its parts do with what comes from there. Loaded only
 * where there may be other nodes.
 */
import { CLOSE } from "../../protocol/codes.ts";
import type { MessageNotice } from "../../chat/notice.ts";
import { applyNotice } from "../notices.ts";
import type { Journal } from "../sending/journal.ts";
import type { HubState } from "../state.ts";
import { type Neighbourhood, Nodes, type NodesOptions } from "./nodes.ts";

export interface NodeParts
  extends Pick<NodesOptions, "bus" | "changes" | "counts" | "loop" | "now"> {
  journal: Journal;
  /** A message was told to the members here. */
  delivered(notice: MessageNotice): void;
  /** Asked once everything is joined. */
  hub(): HubState;
}

export type JoinNodes = (parts: NodeParts) => Nodes;

export function joinNodes(neighbourhood: Neighbourhood): JoinNodes {
  return ({ journal, hub, delivered, ...parts }) =>
    new Nodes({
      ...neighbourhood,
      ...parts,
      record: (notices) => journal.add(notices),
      deliver(notice) {
        applyNotice(hub(), notice);
        delivered(notice);
      },
      apply: (notice) => applyNotice(hub(), notice),
      began: (room) => hub().channels.touch(room),
      skipped(room) {
        hub().channels.touch(room);
        applyNotice(hub(), { type: "room", room });
      },
      lost() {
        for (const connection of [...hub().connections]) {
          if (connection.caller === null) continue;
          hub().drop(connection, CLOSE.restarting, "this node has lost touch");
        }
      },
    });
}
