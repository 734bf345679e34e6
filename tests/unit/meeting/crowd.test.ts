import { describe, expect, it } from "vitest";
import type { MemberId } from "../../../core/base/member-id.ts";
import { CROWD_WINDOW_MS, isCrowding, MAX_ADMITTED_UNASKED } from "../../../core/meeting/crowd.ts";
import type { Member } from "../../../core/membership/roster.ts";

const NOW = Date.UTC(2030, 0, 1);

function admitted(count: number, change: Partial<Member> = {}): Member[] {
  const usual = {
    key: new Uint8Array(32),
    index: 1,
    moderator: false,
    admittedAt: NOW - 1_000,
    admittedBy: "anna" as MemberId,
    fingerprint: "0".repeat(64),
    capabilityId: "the link",
  };
  return Array.from({ length: count }, (_, index) => ({ ...usual, id: `member ${index}` as MemberId, ...change }));
}

const crowding = (...members: Member[]): boolean => isCrowding(members, { capabilityId: "the link", now: NOW });

describe("a crowd by one invite", () => {
  it("begins with the seventeenth in ten minutes", () => {
    expect(crowding(...admitted(MAX_ADMITTED_UNASKED - 1))).toBe(false);
    expect(crowding(...admitted(MAX_ADMITTED_UNASKED))).toBe(true);
  });

  it("does not count the starter, other invites, or those who came long ago", () => {
    const few = admitted(MAX_ADMITTED_UNASKED - 1);
    for (const change of [{ capabilityId: null }, { capabilityId: "another" }, { admittedAt: NOW - CROWD_WINDOW_MS }]) {
      expect(crowding(...few, ...admitted(20, change))).toBe(false);
    }
  });

  it("is not lengthened by an admitter whose clock is far ahead, and is not escaped by one a little ahead", () => {
    expect(crowding(...admitted(20, { admittedAt: NOW + 365 * 24 * 60 * 60_000 }))).toBe(false);
    expect(crowding(...admitted(20, { admittedAt: NOW + 30_000 }))).toBe(true);
  });
});
