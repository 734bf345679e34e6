import { createCipheriv, hkdfSync } from "node:crypto";
import { crc32 } from "node:zlib";
import { describe, expect, it } from "vitest";
import { printedParts } from "./example/page.ts";
import {
  agreed,
  agreementKeyOf,
  cbor,
  derive,
  digits,
  hash,
  join,
  mac,
  opened,
  signed,
  signingKeyOf,
  text,
  unsigned,
} from "./example/second-hand.ts";

const page = printedParts();

function printed(part: string, name: string): string {
  const value = page[part]?.[name];
  if (value === undefined) throw new Error(`the page has no ${part}: ${name}`);
  return value;
}
const bytes = (part: string, name: string): Buffer => Buffer.from(printed(part, name), "hex");
const words = (part: string, name: string): string => printed(part, name).slice(1, -1);

const secret = bytes("what is chosen", "meeting secret");
const seeds = { starter: bytes("what is chosen", "starter's seed"), guest: bytes("what is chosen", "guest's seed") };
const keys = { starter: signingKeyOf(seeds.starter), guest: signingKeyOf(seeds.guest) };
const fingerprints = {
  starter: bytes("what is chosen", "starter's fingerprint"),
  guest: bytes("what is chosen", "guest's fingerprint"),
};
const meetingId = derive({ key: secret, label: "meeting id" });
const CREATED_AT = 1_800_000_000_000;

const claim = cbor([1, Buffer.alloc(16, 6), keys.starter, CREATED_AT + 86_400_000, 5, "choir"]);
const capability = join(claim, signed(seeds.starter, "invite capability", join(meetingId, claim)));
const wish = join(keys.guest, fingerprints.guest);
const request = join(wish, signed(seeds.guest, "admission request", join(meetingId, wish)));

const entry = (parents: readonly Buffer[], time: number, body: Parameters<typeof cbor>[0]): Buffer =>
  cbor([1, meetingId, keys.starter, parents, time, body]);
const create = entry([], CREATED_AT, [1, 0, 0, fingerprints.starter]);
const createId = hash("log entry id", create);
const admit = entry([createId], CREATED_AT + 60_000, [2, request, 1, capability]);
const entrySigned = (claimed: Buffer): Buffer => join(claimed, signed(seeds.starter, "log entry", claimed));

/** Everything is worked out from the words of docs/protocol.md, with nothing of the code that it describes. */
describe("the formulas of docs/protocol.md give its worked example", () => {
  it("keys, ids and the rendezvous tag", () => {
    expect(keys.starter).toEqual(bytes("keys and ids", "starter's key"));
    expect(keys.guest).toEqual(bytes("keys and ids", "guest's key"));
    expect(keys.guest.toString("base64url")).toBe(words("keys and ids", "guest's member id"));
    expect(meetingId).toEqual(bytes("keys and ids", "meeting id"));
    const tag = derive({ key: secret, label: "rendezvous tag", context: unsigned(20_833, 4), length: 16 });
    expect(tag.toString("hex")).toBe(words("keys and ids", "rendezvous tag"));
  });

  it("the invite", () => {
    expect(capability).toEqual(bytes("the invite", "capability"));
    const first = text(words("the invite", "first address"));
    const second = text(words("the invite", "second address"));
    let shared = 0;
    while (first.at(-1 - shared) === second.at(-1 - shared)) shared++;
    const own = second.subarray(0, second.length - shared);
    const body = join(
      secret,
      keys.starter,
      unsigned(capability.length, 2),
      capability,
      Buffer.of(2, 0, first.length),
      first,
      Buffer.of(shared, own.length),
      own,
    );
    const checked = join(Buffer.of(1), unsigned(3 + body.length + 4, 2), body);
    const payload = join(checked, unsigned(crc32(checked), 4));
    expect(`vigil://join/#${payload.toString("base64url")}`).toBe(words("the invite", "link"));
  });

  it("the handshake, message by message", () => {
    const before = (name: string): Buffer => bytes("before the handshake", name);
    const peerId = (name: string): Buffer => {
      const id = text(words("before the handshake", name));
      return join(unsigned(id.length, 2), id);
    };
    let h = hash("handshake transcript", join(meetingId, peerId("initiator's peer id"), peerId("responder's peer id")));
    let ck = derive({ key: secret, salt: h, label: "handshake chain" });
    const pk = derive({ key: secret, label: "handshake proof key" });
    const mixHash = (said: Buffer): Buffer => (h = hash("handshake transcript", join(h, said)));
    const key = (name: string): Buffer => derive({ key: ck, label: `handshake ${name}`, context: h });
    expect([h, ck, pk]).toEqual([before("h"), before("ck"), before("pk")]);

    const hello = bytes("hello", "hello");
    expect(hello.subarray(0, 2)).toEqual(Buffer.of(1, 1));
    const proven = join(hello.subarray(0, 2), hello.subarray(34));
    expect(hello.subarray(2, 34)).toEqual(mac(pk, "handshake initiator proof", join(h, proven)));
    expect(hello.subarray(34, 66)).toEqual(before("initiator's nonce"));
    expect(hello.subarray(66, 98)).toEqual(agreementKeyOf(before("initiator's x25519 secret")));
    expect(mixHash(hello)).toEqual(bytes("hello", "h"));

    const answer = bytes("answer", "answer");
    const clear = answer.subarray(0, 1186);
    expect(clear.subarray(0, 2)).toEqual(Buffer.of(1, 2));
    const answerProven = join(clear.subarray(0, 2), clear.subarray(34));
    expect(clear.subarray(2, 34)).toEqual(mac(pk, "handshake responder proof", join(h, answerProven)));
    expect(clear.subarray(34, 66)).toEqual(before("responder's nonce"));
    expect(clear.subarray(66, 98)).toEqual(agreementKeyOf(before("responder's x25519 secret")));
    expect(mixHash(clear)).toEqual(bytes("answer", "h after the clear part"));
    const shared = agreed(before("initiator's x25519 secret"), clear.subarray(66, 98));
    expect(shared).toEqual(bytes("answer", "x25519 shared secret"));
    const both = join(shared, bytes("answer", "ml-kem shared secret"));
    ck = derive({ key: both, salt: ck, label: "handshake chain", context: h });
    expect(ck).toEqual(bytes("answer", "ck"));
    expect(key("responder identity")).toEqual(bytes("answer", "identity key"));
    const responder = join(keys.starter, signed(seeds.starter, "handshake responder signature", h));
    expect(opened(key("responder identity"), 0, answer.subarray(1186))).toEqual(responder);
    expect(mixHash(answer.subarray(1186))).toEqual(bytes("answer", "h"));

    const finish = bytes("finish", "finish");
    expect(finish.subarray(0, 2)).toEqual(Buffer.of(1, 3));
    expect(key("initiator identity")).toEqual(bytes("finish", "identity key"));
    const initiator = join(keys.guest, signed(seeds.guest, "handshake initiator signature", h));
    expect(opened(key("initiator identity"), 0, finish.subarray(2))).toEqual(initiator);
    expect(mixHash(finish)).toEqual(bytes("finish", "h"));
    expect(key("channel from initiator")).toEqual(bytes("finish", "channel from initiator"));
    expect(key("channel from responder")).toEqual(bytes("finish", "channel from responder"));
  });

  it("the log, its ids and the messages that carry it", () => {
    expect(request).toEqual(bytes("asking to join", "admission request"));
    const joining = cbor([1, request, capability]);
    expect(joining).toEqual(bytes("asking to join", "join"));
    const record = bytes("asking to join", "record 0 from the initiator");
    expect(opened(bytes("finish", "channel from initiator"), 0, record)).toEqual(joining);
    expect(entrySigned(create)).toEqual(bytes("the log", "create"));
    expect(createId).toEqual(bytes("the log", "id of create"));
    expect(entrySigned(admit)).toEqual(bytes("the log", "admit"));
    expect(hash("log entry id", admit)).toEqual(bytes("the log", "id of admit"));
    const answered = opened(
      bytes("finish", "channel from responder"),
      0,
      bytes("the log", "record 0 from the responder"),
    );
    expect(answered).toEqual(cbor([4, [entrySigned(create), entrySigned(admit)]]));
  });

  it("what people compare", () => {
    const inOrder = [keys.starter, keys.guest].sort((one, other) => Buffer.compare(one, other));
    const members = inOrder.map((key) => [key, key === keys.starter ? fingerprints.starter : fingerprints.guest]);
    const said = cbor([meetingId, [hash("log entry id", admit)], members]);
    expect(digits("meeting code", said)).toBe(words("what people compare", "meeting code"));
    expect(digits("safety number", join(...inOrder))).toBe(words("what people compare", "safety number"));
  });

  it("sender keys and a frame", () => {
    const ratchet = (key: Buffer, epoch: number): Buffer =>
      derive({ key, label: "sender key ratchet", context: unsigned(epoch, 4) });
    const second = ratchet(bytes("sender keys", "key of epoch 1"), 2);
    expect(second).toEqual(bytes("sender keys", "key of epoch 2"));
    expect(ratchet(second, 3)).toEqual(bytes("sender keys", "key of epoch 3"));
    const message = join(Buffer.of(1), unsigned(2, 4), second);
    expect(message).toEqual(bytes("sender keys", "key message"));
    expect(cbor([9, message])).toEqual(bytes("sender keys", "channel message"));

    // RFC 9605, sections 4.4.2 and 4.4.3, with suite 5.
    const tail = join(unsigned(0, 4), unsigned(2 * 65_536, 4), unsigned(5, 2));
    const expand = (label: string, length: number): Buffer =>
      Buffer.from(hkdfSync("sha512", second, new Uint8Array(0), join(text(label), tail), length));
    const nonce = expand("SFrame 1.0 Secret salt ", 12);
    expect(nonce).toEqual(bytes("a frame", "nonce"));
    const picture = bytes("a frame", "picture");
    const header = Buffer.from("a0020000", "hex");
    const cipher = createCipheriv("aes-256-gcm", expand("SFrame 1.0 Secret key ", 32), nonce);
    cipher.setAAD(join(header, picture.subarray(0, 3)));
    const sealed = join(cipher.update(picture.subarray(3)), cipher.final(), cipher.getAuthTag());
    expect(join(picture.subarray(0, 3), header, sealed)).toEqual(bytes("a frame", "on the wire"));
  });
});
