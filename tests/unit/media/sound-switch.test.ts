import { beforeEach, describe, expect, test } from "vitest";
import { orderSound } from "../../../core/media/red.ts";
import { SoundSwitch } from "../../../core/media/sound-switch.ts";

const sdpOf = (formats: string): string =>
  [
    "v=0",
    `m=audio 9 UDP/TLS/RTP/SAVPF ${formats}`,
    "a=rtpmap:111 opus/48000/2",
    "a=rtpmap:63 red/48000/2",
    "a=fmtp:63 111/111",
    "m=video 9 UDP/TLS/RTP/SAVPF 96",
    "",
  ].join("\r\n");

describe("the order in a description", () => {
  test("says whether sound is sent once or twice, and is all that changes", () => {
    const [once, twice] = [sdpOf("111 63 9"), sdpOf("63 111 9")];
    expect(orderSound(once, true)).toBe(twice);
    expect(orderSound(twice, false)).toBe(once);
    expect(orderSound(once, false)).toBe(once);
    expect(orderSound("m=audio 9 UDP/TLS/RTP/SAVPF 9 63 111\n" + sdpOf("111"), true)).toContain("SAVPF 63 111 9\r\n");
  });

  test("stays where the other side knows one way only", () => {
    const opusOnly = "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=rtpmap:111 opus/48000/2\r\n";
    expect(orderSound(opusOnly, true)).toBe(opusOnly);
    expect(orderSound(sdpOf("111"), true)).toBe(sdpOf("111"));
  });
});

/** A connection that finishes each step when the test lets it. */
class FakeConnection extends EventTarget {
  signalingState: RTCSignalingState = "stable";
  remoteDescription: RTCSessionDescription | null = null;
  readonly steps: string[] = [];
  failing: string | null = null;
  #last: RTCSdpType = "offer";

  constructor(role: "offer" | "answer") {
    super();
    this.remoteDescription = { type: role, sdp: sdpOf("111 63") } as RTCSessionDescription;
  }

  async setLocalDescription(description?: { type: string }): Promise<void> {
    await this.#step(description?.type ?? "local");
    if (description !== undefined) return this.become("stable");
    this.become(this.signalingState === "stable" ? "have-local-offer" : "stable");
  }

  async setRemoteDescription(description: { type: RTCSdpType; sdp?: string }): Promise<void> {
    const order = description.sdp === undefined ? "" : ` ${/SAVPF (\d+)/.exec(description.sdp)?.[1] ?? ""}`;
    await this.#step(`${description.type}${order}`);
    this.#last = description.type;
    this.remoteDescription = description as RTCSessionDescription;
    this.become(this.#last === "offer" ? "have-remote-offer" : "stable");
  }

  become(state: RTCSignalingState): void {
    this.signalingState = state;
    this.dispatchEvent(new Event("signalingstatechange"));
  }

  async #step(name: string): Promise<void> {
    this.steps.push(name);
    await Promise.resolve();
    if (name === this.failing) throw new DOMException("no", "OperationError");
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

describe("a link that changes how often it sends its sound", () => {
  let connection: FakeConnection;
  let sound: SoundSwitch;

  function begin(role: "offer" | "answer"): void {
    connection = new FakeConnection(role);
    sound = new SoundSwitch(connection as unknown as RTCPeerConnection);
    connection.become("stable");
  }
  beforeEach(() => begin("answer"));

  test("goes through the last exchange again, in its own role, and back", async () => {
    sound.set(true);
    expect(sound.isRehearsing).toBe(true);
    await settle();
    expect(connection.steps).toEqual(["local", "answer 63"]);
    sound.set(false);
    await settle();
    expect(connection.steps.slice(2)).toEqual(["local", "answer 111"]);
    expect(sound.isRehearsing).toBe(false);
    begin("offer");
    sound.set(true);
    await settle();
    expect(connection.steps).toEqual(["offer 63", "local"]);
  });

  test("does nothing for what it does already", async () => {
    sound.set(false);
    sound.set(true);
    sound.set(true);
    await settle();
    expect(connection.steps).toHaveLength(2);
  });

  test("follows the last of several wishes", async () => {
    sound.set(true);
    sound.set(false);
    await settle();
    expect(connection.steps).toEqual(["local", "answer 63", "local", "answer 111"]);
  });

  test("waits for the end of an exchange with the other side, which may have brought it", async () => {
    sound.exchange();
    connection.become("have-local-offer");
    sound.set(true);
    expect(sound.isRehearsing).toBe(false);
    const answer = sound.ordered({ type: "answer", sdp: sdpOf("111 63") });
    expect(answer.sdp).toBe(sdpOf("63 111"));
    connection.become("stable");
    await settle();
    expect(connection.steps).toEqual([]);
    sound.exchange();
    sound.ordered(answer);
    sound.set(false);
    connection.become("stable");
    await settle();
    expect(connection.steps).toEqual(["local", "answer 111"]);
  });

  test("lets everything else wait meanwhile, in its order", async () => {
    const done: string[] = [];
    sound.run(() => done.push("at once"));
    sound.set(true);
    sound.run(() => done.push(`first, ${connection.signalingState}`));
    sound.run(() => done.push("second"));
    expect(done).toEqual(["at once"]);
    await settle();
    expect(done).toEqual(["at once", "first, stable", "second"]);
  });

  test.each([
    ["answer", "local", []],
    ["answer", "answer 63", ["rollback"]],
    ["offer", "offer 63", []],
    ["offer", "local", ["rollback"]],
  ] as const)("takes it back where it had the %s and %s is refused, and tries no more", async (role, failing, back) => {
    begin(role);
    connection.failing = failing;
    sound.set(true);
    await settle();
    expect(connection.steps.slice(connection.steps.indexOf(failing) + 1)).toEqual(back);
    expect(sound.isRehearsing).toBe(false);
    const before = connection.steps.length;
    sound.set(false);
    sound.set(true);
    await settle();
    expect(connection.steps).toHaveLength(before);
  });
});
