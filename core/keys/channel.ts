import { concat } from "../base/bytes.ts";
import { VigilError } from "../base/errors.ts";
import { err, ok, type Result } from "../base/result.ts";
import type { Secret } from "../base/secret.ts";
import { BOX_NONCE_BYTES, BOX_OVERHEAD_BYTES, open, seal } from "../crypto/box.ts";

/** What sealing adds to a message, in bytes. */
export const CHANNEL_OVERHEAD_BYTES = BOX_OVERHEAD_BYTES;
/** The largest message that is sealed, in bytes: a mesh message less the overhead. */
export const MAX_CHANNEL_PLAINTEXT_BYTES = 256 * 1024 - CHANNEL_OVERHEAD_BYTES;

type ChannelKey = Secret<"channel-key">;

/** The authenticated way between two members over one link: a key and a counter for each direction. */
export interface Channel {
  readonly sendKey: ChannelKey;
  readonly receiveKey: ChannelKey;
  /** Messages sealed and opened so far: the counters of the next ones. */
  readonly sent: number;
  readonly received: number;
  /** Shared by all values of one channel, so that a value used a second time is refused and no nonce comes twice. */
  readonly mark: { sent: number; received: number };
}

export function createChannel(sendKey: ChannelKey, receiveKey: ChannelKey): Channel {
  return { sendKey, receiveKey, sent: 0, received: 0, mark: { sent: 0, received: 0 } };
}

/**
 * Seals the next message of this side. The channel given is spent: go on with the one returned.
 * Throws `channel-spent` for a value that has been used, `channel-exhausted` after 2^53 - 1 messages, `message-too-long`; `secret-wiped` once wiped.
 */
export function sealMessage(channel: Channel, plaintext: Uint8Array): { channel: Channel; message: Uint8Array } {
  if (channel.mark.sent !== channel.sent) throw new VigilError("channel-spent", "defect");
  if (channel.sent >= Number.MAX_SAFE_INTEGER) throw new VigilError("channel-exhausted", "defect");
  if (plaintext.length > MAX_CHANNEL_PLAINTEXT_BYTES) throw new VigilError("message-too-long", "defect");
  channel.mark.sent = channel.sent + 1;
  const message = seal({ key: channel.sendKey.reveal(), nonce: nonceOf(channel.sent), bytes: plaintext });
  return { channel: { ...channel, sent: channel.sent + 1 }, message };
}

/**
 * Opens the next message of the other side, and only that one: forged, repeated, skipped and reordered messages all give `channel-refused`,
 * after which the link is to be closed. The channel given is spent only when a message was opened.
 */
export function openMessage(
  channel: Channel,
  message: Uint8Array,
): Result<{ channel: Channel; plaintext: Uint8Array }, VigilError<"channel-refused">> {
  if (channel.mark.received !== channel.received) throw new VigilError("channel-spent", "defect");
  const tooLong = message.length > MAX_CHANNEL_PLAINTEXT_BYTES + CHANNEL_OVERHEAD_BYTES;
  if (tooLong || channel.received >= Number.MAX_SAFE_INTEGER) return err(new VigilError("channel-refused", "peer"));
  const plaintext = open({ key: channel.receiveKey.reveal(), nonce: nonceOf(channel.received), bytes: message });
  if (plaintext === null) return err(new VigilError("channel-refused", "peer"));
  channel.mark.received = channel.received + 1;
  return ok({ channel: { ...channel, received: channel.received + 1 }, plaintext });
}

/** Wipes both keys: nothing can be sealed or opened any more. Safe to call twice. */
export function wipeChannel(channel: Channel): void {
  channel.sendKey.wipe();
  channel.receiveKey.wipe();
}

/** The counter in 8 bytes, big-endian, behind zeros. */
function nonceOf(counter: number): Uint8Array {
  const last = new Uint8Array(8);
  new DataView(last.buffer).setBigUint64(0, BigInt(counter));
  return concat(new Uint8Array(BOX_NONCE_BYTES - last.length), last);
}
