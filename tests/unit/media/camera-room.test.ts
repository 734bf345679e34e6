import { beforeEach, describe, expect, test } from "vitest";
import type { PictureSize } from "../../../core/contract/wish.ts";
import { CameraRoom } from "../../../renderer/rtc/camera-room.ts";
import { VirtualClock } from "../../../core/mesh/memory/virtual-clock.ts";
import { ANN, BEN } from "./frames/keys.ts";

let clock: VirtualClock;
let sizes: string[];
let most: number | null;
let asked: number;
let room: CameraRoom;

beforeEach(() => {
  clock = new VirtualClock();
  sizes = [];
  most = null;
  asked = 0;
  room = new CameraRoom({
    clock,
    resize: (size) => void sizes.push(size),
    mostFramesPerSecond() {
      asked++;
      return Promise.resolve(most);
    },
  });
});

function hear(member: typeof ANN, camera: PictureSize): void {
  room.hear(member, { camera, screen: "full" });
}

/** So many seconds, with everything that answers in them. */
async function pass(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    clock.advance(1_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe("the camera's room", () => {
  test("is small while everybody shows small tiles, and nothing is asked then", async () => {
    hear(ANN, "small");
    hear(BEN, "middle");
    await pass(60);
    expect(sizes).toEqual([]);
    expect(asked).toBe(0);
  });

  test("is large at once for one who shows it large, and small again a while after the last one", async () => {
    hear(ANN, "full");
    expect(sizes).toEqual(["large"]);
    hear(BEN, "full");
    await pass(30);
    hear(ANN, "middle");
    await pass(30);
    expect(sizes).toEqual(["large"]);
    room.forget(BEN);
    await pass(9);
    expect(sizes).toEqual(["large"]);
    await pass(2);
    expect(sizes).toEqual(["large", "usual"]);
    await pass(60);
    expect(sizes).toEqual(["large", "usual"]);
  });

  test("stays large when a layout goes and comes back, and the camera hears nothing of it", async () => {
    hear(ANN, "full");
    for (let turn = 0; turn < 20; turn++) {
      hear(ANN, "small");
      await pass(3);
      hear(ANN, "full");
      await pass(3);
    }
    expect(sizes).toEqual(["large"]);
  });

  test("is small on a machine that cannot keep up, and tried again only after a minute", async () => {
    hear(ANN, "full");
    most = 11;
    await pass(6);
    // Once may be a hiccup.
    expect(sizes).toEqual(["large"]);
    await pass(5);
    expect(sizes).toEqual(["large", "usual"]);
    await pass(50);
    hear(ANN, "small");
    hear(ANN, "full");
    await pass(5);
    expect(sizes).toEqual(["large", "usual"]);
    most = 20;
    await pass(10);
    expect(sizes).toEqual(["large", "usual", "large"]);
    await pass(60);
    expect(sizes).toEqual(["large", "usual", "large"]);
  });
});
