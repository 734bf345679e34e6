import type { MemberId } from "../base/member-id.ts";
import type { BaseKey, SenderKeyContext, SenderKeyEffect } from "./sender-key-types.ts";

interface SendKey {
  readonly epoch: number;
  readonly key: BaseKey;
}

/** A key that is being handed out and not used yet. */
interface PendingKey extends SendKey {
  /** Random rather than derived: somebody who must not follow has gone. */
  readonly fresh: boolean;
  /** When it is used at the latest. */
  readonly deadline: number;
  readonly awaiting: ReadonlySet<MemberId>;
}

interface Recipient {
  /** The lowest epoch this member may hold: what was said before it came stays closed to it. */
  readonly entitledFrom: number;
  /** The last epoch sent over its present channel; 0 for none. */
  readonly sent: number;
}

interface ReceivedKey {
  readonly key: BaseKey;
  /** Null for the newest. */
  readonly forgetAt: number | null;
}

/** One member's keys as far as this client holds them. */
export interface ReceivedKeys {
  readonly keys: ReadonlyMap<number, ReceivedKey>;
  /** The highest epoch that was given up: neither it nor a lower one is taken again. */
  readonly floor: number;
  /** The member has a new channel and has not sent a key over it: its numbering may begin anew. */
  readonly stale: boolean;
}

/** Everything one client knows of sending and receiving keys. A value is used for one step only: keys in it are wiped by later steps. */
export interface SenderKeys {
  readonly lastEpoch: number;
  readonly current: SendKey;
  readonly pending: PendingKey | null;
  readonly retired: readonly { readonly epoch: number; readonly forgetAt: number }[];
  /** When the last random key was made. */
  readonly freshAt: number;
  readonly recipients: ReadonlyMap<MemberId, Recipient>;
  readonly reachable: ReadonlySet<MemberId>;
  readonly received: ReadonlyMap<MemberId, ReceivedKeys>;
  readonly wakeAt: number;
}

/** A step under way: a copy that its parts may change, and what it asks for so far. */
export interface Draft extends SenderKeyContext {
  readonly effects: SenderKeyEffect[];
  lastEpoch: number;
  current: SendKey;
  pending: PendingKey | null;
  retired: readonly { readonly epoch: number; readonly forgetAt: number }[];
  freshAt: number;
  readonly recipients: Map<MemberId, Recipient>;
  readonly reachable: Set<MemberId>;
  readonly received: Map<MemberId, ReceivedKeys>;
}

export function draftOf(state: SenderKeys, context: SenderKeyContext): Draft {
  return {
    now: context.now,
    random: context.random,
    effects: [],
    lastEpoch: state.lastEpoch,
    current: state.current,
    pending: state.pending,
    retired: state.retired,
    freshAt: state.freshAt,
    recipients: new Map(state.recipients),
    reachable: new Set(state.reachable),
    received: new Map(state.received),
  };
}
