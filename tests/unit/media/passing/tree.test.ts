import fc from "fast-check";
import { expect, test } from "vitest";
import type { MemberId } from "../../../../core/contract/parts.ts";
import { MAX_BRANCHES, MAX_HOPS } from "../../../../core/contract/passing.ts";
import { plantTree, type Ground, type Tree, type Viewer } from "../../../../renderer/frames/passing/tree.ts";

const id = (index: number): MemberId => `member-${String(index).padStart(2, "0")}` as MemberId;
const never = (): boolean => false;
const ground = (viewers: readonly Viewer[], copies: number, more: Partial<Ground> = {}): Ground => ({
  viewers,
  copies,
  failed: never,
  before: new Map(),
  ...more,
});

const viewers = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 30 })
  .map((rooms) => rooms.map((room, index): Viewer => ({ member: id(index), room })));
const copies = fc.integer({ min: 1, max: 6 });

function childrenOf(tree: Tree, by: MemberId | null): MemberId[] {
  return [...tree].filter(([, branch]) => branch.by === by).map(([member]) => member);
}

test("everybody has a place, within the hops, under somebody with room who is nearer to the sender", () => {
  fc.assert(
    fc.property(viewers, copies, (all, own) => {
      const tree = plantTree(ground(all, own));
      expect([...tree.keys()].toSorted()).toEqual(all.map(({ member }) => member).toSorted());
      for (const [, { by, hops }] of tree) {
        expect(hops).toBeLessThanOrEqual(MAX_HOPS);
        expect(hops).toBe(by === null ? 1 : (tree.get(by)?.hops ?? Number.NaN) + 1);
      }
      for (const { member, room } of all)
        expect(childrenOf(tree, member).length).toBeLessThanOrEqual(Math.min(room, MAX_BRANCHES));
    }),
  );
});

test("the sender makes more copies than it can only when there is no room left anywhere", () => {
  fc.assert(
    fc.property(viewers, copies, (all, own) => {
      const tree = plantTree(ground(all, own));
      const more = childrenOf(tree, null).length - own;
      if (more <= 0) return;
      const room = all
        .filter(({ member }) => (tree.get(member)?.hops ?? 0) < MAX_HOPS)
        .reduce(
          (sum, { member, room: own_ }) => sum + Math.min(own_, MAX_BRANCHES) - childrenOf(tree, member).length,
          0,
        );
      // Those for whom there was no room could pass on among themselves, which would help nobody.
      const helpless = childrenOf(tree, null).filter((member) => childrenOf(tree, member).length === 0);
      const theirs = helpless.reduce(
        (sum, member) => sum + Math.min(all.find((one) => one.member === member)?.room ?? 0, MAX_BRANCHES),
        0,
      );
      expect(room - theirs).toBeLessThanOrEqual(0);
    }),
  );
});

test("the order in which viewers are named changes nothing", () => {
  fc.assert(
    fc.property(viewers, copies, fc.infiniteStream(fc.nat()), (all, own, dice) => {
      const shuffled = all
        .map((viewer) => [dice.next().value ?? 0, viewer] as const)
        .toSorted(([one], [other]) => one - other);
      const tree = plantTree(ground(all, own));
      const again = plantTree(
        ground(
          shuffled.map(([, viewer]) => viewer),
          own,
        ),
      );
      expect(Object.fromEntries(again)).toEqual(Object.fromEntries(tree));
    }),
  );
});

test("a tree that still fits stays as it is", () => {
  fc.assert(
    fc.property(viewers, copies, (all, own) => {
      const before = plantTree(ground(all, own));
      expect(Object.fromEntries(plantTree(ground(all, own, { before })))).toEqual(Object.fromEntries(before));
    }),
  );
});

test("nobody gets it from somebody from whom it did not come", () => {
  fc.assert(
    fc.property(viewers, copies, fc.func(fc.boolean()), (all, own, failed) => {
      const tree = plantTree(ground(all, own, { failed }));
      for (const [member, { by }] of tree) if (by !== null) expect(failed(by, member)).toBe(false);
    }),
  );
});

test("two copies reach eight by two who have room", () => {
  const all = Array.from({ length: 8 }, (_, index) => ({ member: id(index), room: index < 2 ? 3 : 0 }));
  const tree = plantTree(ground(all, 2));
  expect(childrenOf(tree, null)).toEqual([id(0), id(1)]);
  expect(childrenOf(tree, id(0))).toHaveLength(3);
  expect(childrenOf(tree, id(1))).toHaveLength(3);
});

test("one who passes on and is gone is replaced, and the others stay", () => {
  const all = Array.from({ length: 9 }, (_, index) => ({ member: id(index), room: index < 3 ? 3 : 0 }));
  const before = plantTree(ground(all, 3));
  const left = all.filter(({ member }) => member !== id(0));
  const tree = plantTree(ground(left, 3, { before }));
  for (const member of childrenOf(before, id(1))) expect(tree.get(member)).toEqual(before.get(member));
});
