import { describe, expect, it } from "vitest";
import type { MemberId } from "../../../core/contract/parts.ts";
import { forgetDoor, type Knock, type Knocks, waitAt } from "../../../core/meeting/knocks.ts";
import type { LinkId } from "../../../core/ports/mesh.ts";

const ANA = "A".repeat(43) as MemberId;
const BEN = "B".repeat(43) as MemberId;
const NEW = "N".repeat(43) as MemberId;
const LINK = "1" as LinkId;

function waiting(...doors: Parameters<typeof waitAt>[1][]): Knocks {
  const [request, capability] = [new Uint8Array(), new Uint8Array()];
  const knock: Knock = { id: 1, link: null, doors: new Set(), member: NEW, request, capability, label: "", at: 0 };
  for (const door of doors) waitAt(knock, door);
  return new Map([[knock.id, knock]]);
}

describe("who waits by the word of somebody who is out", () => {
  it("waits no more", () => {
    const knocks = waiting({ of: ANA });
    forgetDoor(knocks, ANA);
    expect(knocks.size).toBe(0);
  });

  it("waits on where another member heard it, too", () => {
    const knocks = waiting({ of: ANA }, { of: BEN });
    forgetDoor(knocks, ANA);
    expect(knocks.size).toBe(1);
    forgetDoor(knocks, BEN);
    expect(knocks.size).toBe(0);
  });

  it("waits on at one's own door", () => {
    const knocks = waiting({ of: ANA }, { link: LINK });
    forgetDoor(knocks, ANA);
    expect(knocks.size).toBe(1);
  });

  it("is nobody who waits by the word of others only", () => {
    const knocks = waiting({ of: BEN });
    forgetDoor(knocks, ANA);
    expect(knocks.size).toBe(1);
  });
});
