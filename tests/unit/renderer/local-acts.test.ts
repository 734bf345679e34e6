import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { localActs, noActs, type LocalActs } from "../../../core/contract/local-acts.ts";
import type { MemberId } from "../../../core/contract/parts.ts";
import {
  isDone,
  plainName,
  volumeOf,
  withAct,
  withEverybodyShown,
  withVolume,
} from "../../../renderer/features/covers/local-acts.ts";
import { sampleMember } from "../../support/scenes.ts";

const newcomer = { id: sampleMember(1), newcomer: true };
const another = { id: sampleMember(2), newcomer: true };
const friend = { id: sampleMember(3), newcomer: false };

describe("what one does about another for oneself", () => {
  it("covers newcomers and nobody else, until one chooses", () => {
    expect(isDone(noActs, "cover", newcomer)).toBe(true);
    expect(isDone(noActs, "cover", friend)).toBe(false);
    const chosen = withAct(noActs, "cover", { member: newcomer.id, on: false });
    expect(isDone(chosen, "cover", newcomer)).toBe(false);
    expect(isDone(chosen, "cover", another)).toBe(true);
    const both = withAct(chosen, "cover", { member: friend.id, on: true });
    expect(isDone(both, "cover", friend)).toBe(true);
  });

  it("shows everybody at once, also who comes later, and covers again whom one chooses then", () => {
    const covered = withAct(noActs, "cover", { member: friend.id, on: true });
    const muted = withAct(covered, "mute", { member: friend.id, on: true });
    const shown = withEverybodyShown(muted);
    for (const member of [newcomer, another, friend]) expect(isDone(shown, "cover", member)).toBe(false);
    expect(isDone(shown, "mute", friend)).toBe(true);
    const again = withAct(shown, "cover", { member: another.id, on: true });
    expect(isDone(again, "cover", another)).toBe(true);
    expect(isDone(again, "cover", newcomer)).toBe(false);
  });

  it("mutes and hides nobody by itself", () => {
    expect(isDone(noActs, "mute", newcomer)).toBe(false);
    expect(isDone(noActs, "hide-chat", newcomer)).toBe(false);
  });
});

describe("a covered member's name", () => {
  it("keeps letters of every script, digits and plain punctuation", () => {
    for (const name of ["Dolores Ibárruri", "Фатима Алиева", "نازنین زاغری", "王小明 2", "Hye-jin O'Neill", "नमिता"]) {
      expect(plainName(name)).toBe(name);
    }
  });

  it("loses pictures, signs and stacked marks", () => {
    expect(plainName("★ Chen 🦄 Yulan ★")).toBe("Chen Yulan");
    expect(plainName("A\u0301\u0302\u0303\u0304\u0305da")).toBe("A\u0301\u0302da");
    expect(plainName("卍 🍆 ⚡⚡")).toBe("卍");
    expect(plainName("🍆")).toBe("");
  });
});

describe("how loud somebody is heard", () => {
  it("is as they are unless chosen, and what was chosen last", () => {
    const once = withVolume(noActs, friend.id, 40);
    expect(volumeOf(noActs, friend.id)).toBe(100);
    expect(volumeOf(once, newcomer.id)).toBe(100);
    expect(volumeOf(withVolume(once, friend.id, 0), friend.id)).toBe(0);
  });

  it("stays within what the contract takes, for as many as it takes", () => {
    expect(volumeOf(withVolume(noActs, friend.id, 312.4), friend.id)).toBe(100);
    expect(volumeOf(withVolume(noActs, friend.id, -3), friend.id)).toBe(0);
    let acts: LocalActs = noActs;
    const memberOf = (index: number) => String(index).padStart(43, "A") as MemberId;
    for (let index = 0; index < 300; index++) acts = withVolume(acts, memberOf(index), 50);
    expect(v.safeParse(localActs, acts).success).toBe(true);
    expect(volumeOf(acts, memberOf(299))).toBe(50);
  });
});
