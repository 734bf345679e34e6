import { expect, test, vi } from "vitest";
import { emptyTally } from "../../../../renderer/frames/counts.ts";
import { Keyring } from "../../../../renderer/frames/keyring.ts";
import { OutgoingFrames, Recipients } from "../../../../renderer/frames/recipients.ts";
import { FrameSealing } from "../../../../renderer/frames/seal-frames.ts";
import { Voices } from "../../../../renderer/frames/voice.ts";
import { ANN, BEN, sendKey } from "./keys.ts";

const sound = () => ({ data: Uint8Array.from([1, 2, 3, 4]).buffer });

test("frames go to nobody whom the host has not named, nor to one whom it no longer names while they are being sealed", async () => {
  const [keyring, tally] = [new Keyring(), emptyTally()];
  await keyring.apply(sendKey(1));
  const recipients = new Recipients();
  const handler = new FrameSealing({ kind: "microphone", keyring, voices: new Voices(() => 0), tally, gate: null });
  const outgoing = new OutgoingFrames({ member: BEN, recipients, handler, tally });
  expect(await outgoing.handle(sound())).toBe(false);
  recipients.set([ANN, BEN]);
  expect(await outgoing.handle(sound())).toBe(true);
  const sealing = outgoing.handle(sound());
  recipients.set([ANN]);
  expect(await sealing).toBe(false);
  // Sealed in time, but the frames before it were still on their way out.
  recipients.set([BEN]);
  let turn = (): void => undefined;
  const waiting = outgoing.handle(sound(), new Promise<void>((resolve) => (turn = resolve)));
  await vi.waitFor(() => expect(tally.sealed).toBe(3));
  recipients.set([]);
  turn();
  expect(await waiting).toBe(false);
  expect(tally.unsealed).toBe(3);
});
