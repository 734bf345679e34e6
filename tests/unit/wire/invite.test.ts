import { describe, expect, it } from "vitest";
import { toBase64Url } from "../../../core/base/bytes.ts";
import { Secret } from "../../../core/base/secret.ts";
import { decodeInvite, encodeInvite, INVITE_PREFIX, type Invite } from "../../../core/wire/invite.ts";
import { seededRandom } from "../../support/seeded-random.ts";

const random = seededRandom(4);
const secretBytes = random.bytes(32);
const PEER = "/p2p/12D3KooWQYhTNQdmr3ArTeUHRYzFg94BKyTkoWBDWez9kSCVe2Xo";

function invite(change: Partial<Invite> = {}): Invite {
  return {
    meetingSecret: new Secret("meeting-secret", secretBytes.slice()),
    root: random.bytes(32),
    capability: random.bytes(160),
    addresses: [`/ip4/192.168.1.20/tcp/40001${PEER}`, `/ip4/192.168.1.20/tcp/40002/ws${PEER}`],
    ...change,
  };
}

function linkOf(made: Invite): string {
  const link = encodeInvite(made);
  if (!link.ok) throw link.error;
  return link.value;
}

function codeOf(text: string): string {
  const decoded = decodeInvite(text);
  return decoded.ok ? "ok" : decoded.error.code;
}

describe("invites", () => {
  it("come back as they were made, white space around them left out", () => {
    const made = invite();
    const decoded = decodeInvite(`\n  ${linkOf(made)} \t`);
    if (!decoded.ok) throw decoded.error;
    expect(decoded.value.meetingSecret.reveal()).toEqual(secretBytes);
    expect(decoded.value.root).toEqual(made.root);
    expect(decoded.value.capability).toEqual(made.capability);
    expect(decoded.value.addresses).toEqual(made.addresses);
  });

  it("hold eight addresses of one node in 1 KiB", () => {
    const addresses = Array.from(
      { length: 8 },
      (_, index) => `/ip6/2001:db8:85a3::8a2e:370:733${index}/tcp/4000${index}${PEER}`,
    );
    const link = linkOf(invite({ addresses }));
    expect(link.length).toBeLessThanOrEqual(1024);
    const decoded = decodeInvite(link);
    expect(decoded.ok && decoded.value.addresses).toEqual(addresses);
  });

  it("leave out addresses that are too long, beyond the eighth or without room, best first", () => {
    const long = `/dns/${"a".repeat(200)}`;
    const distinct = Array.from({ length: 9 }, (_, index) => toBase64Url(random.bytes(72)) + String(index));
    const decoded = decodeInvite(linkOf(invite({ addresses: [long, ...distinct] })));
    const kept = decoded.ok ? decoded.value.addresses : [];
    expect(kept.length).toBeGreaterThanOrEqual(2);
    expect(kept.length).toBeLessThan(8);
    expect(kept).toEqual(distinct.slice(0, kept.length));
  });

  it("are not made when nothing fits", () => {
    const made = encodeInvite(invite({ capability: random.bytes(740) }));
    expect(made.ok ? "ok" : made.error.code).toBe("invite-too-long");
  });

  it.each([
    ["", "invite-empty"],
    [" \n ", "invite-empty"],
    ["hello", "invite-not-an-invite"],
    ["https://example.org/#abc", "invite-not-an-invite"],
    [`Vigil${INVITE_PREFIX.slice(5)}AAAA`, "invite-not-an-invite"],
    ["x".repeat(1_000_000), "invite-too-long"],
    [INVITE_PREFIX, "invite-truncated"],
    ["vigil://jo", "invite-truncated"],
  ])("%.20s is %s", (text, code) => expect(codeOf(text)).toBe(code));

  it("say truncated wherever they are cut", () => {
    const link = linkOf(invite());
    for (let length = 1; length < link.length; length++) expect(codeOf(link.slice(0, length))).toBe("invite-truncated");
  });

  it("say altered for any other character anywhere in the payload", () => {
    const link = linkOf(invite());
    for (let index = INVITE_PREFIX.length; index < link.length; index++) {
      for (const other of ["A", "B", "z", "_", "5", "!", "é"]) {
        if (link[index] === other) continue;
        expect(codeOf(link.slice(0, index) + other + link.slice(index + 1)), `${index} ${other}`).toBe(
          "invite-altered",
        );
      }
    }
  });

  it("say not an invite for any other character in the prefix", () => {
    const link = linkOf(invite());
    for (let index = 0; index < INVITE_PREFIX.length; index++) {
      expect(codeOf(`${link.slice(0, index)}~${link.slice(index + 1)}`)).toBe("invite-not-an-invite");
    }
  });

  it("say altered for what is put behind", () => {
    const link = linkOf(invite());
    expect(codeOf(`${link}A`)).toBe("invite-altered");
    expect(codeOf(`${link}AAAA`)).toBe("invite-altered");
  });

  it("of a newer version say so, whatever they hold", () => {
    for (let length = 2; length < 1200; length += 97) {
      const payload = random.bytes(length);
      payload[0] = 2 + (length % 250);
      expect(codeOf(INVITE_PREFIX + toBase64Url(payload))).toBe("invite-too-new");
    }
  });

  it("beyond 1 KiB are too long", () => {
    const long = toBase64Url(Uint8Array.of(1, 4, 0, ...random.bytes(1021)));
    expect(codeOf(INVITE_PREFIX + long)).toBe("invite-too-long");
  });

  it("print no secret", () => {
    const decoded = decodeInvite(linkOf(invite()));
    expect(JSON.stringify(decoded)).toContain('"meetingSecret":"[secret]"');
  });
});
