import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Program } from "../../support/program.ts";
import { contactsOf, readContacts, traceInto, tracingAvailable } from "../../support/traced-network.ts";

const hex = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");

test("a TCP connection is a contact, and what is written to it is recorded", () => {
  const trace = [
    `connect(21<TCP:[4711]>, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("${hex("192.0.2.7")}")}, 16) = 0`,
    `write(21<TCP:[10.0.0.1:5000->192.0.2.7:443]>, "${hex("hello")}", 5) = 5`,
    `writev(21<TCPv6:[[::1]:5000->[::1]:443]>, [{iov_base="${hex("a")}", iov_len=1}, {iov_base="${hex("b")}", iov_len=1}], 2) = 2`,
    `write(3<pipe:[1]>, "${hex("not on the network")}", 18) = 18`,
  ].join("\n");
  const [connect, write, writev, ...more] = contactsOf(trace);
  expect(connect).toMatchObject({ protocol: "TCP", call: "connect", remote: { address: "192.0.2.7", port: 443 } });
  expect(write).toMatchObject({ remote: { address: "192.0.2.7", port: 443 }, localPort: 5000 });
  expect(write?.bytes.toString()).toBe("hello");
  expect(writev).toMatchObject({ remote: { address: "::1", port: 443 } });
  expect(writev?.bytes.toString()).toBe("ab");
  expect(more).toEqual([]);
});

test("connecting a UDP socket sends nothing; sending on it afterwards goes to that address", () => {
  const connect = `connect(9<UDPv6:[88]>, {sa_family=AF_INET6, sin6_port=htons(53), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "${hex("2001:db8::1")}", &sin6_addr), sin6_scope_id=0}, 28) = 0`;
  expect(contactsOf(connect)).toEqual([]);
  const sends = contactsOf(`${connect}\nsendto(9<UDPv6:[88]>, "${hex("q")}", 1, 0, NULL, 0) = 1`);
  expect(sends).toMatchObject([{ protocol: "UDP", remote: { address: "2001:db8::1", port: 53 } }]);
});

test("a send whose destination is not told is a contact with nobody known", () => {
  expect(contactsOf(`sendto(9<UDP:[0.0.0.0:7]>, "${hex("q")}", 1, 0, NULL, 0) = 1`)).toMatchObject([{ remote: null }]);
});

test.skipIf(!tracingAvailable)("a real program's packets are seen (needs strace)", async () => {
  const folder = mkdtempSync(join(tmpdir(), "vigil-trace-"));
  const prefix = join(folder, "trace");
  const script = "const s=require('dgram').createSocket('udp4');s.send('a secret word',9,'127.0.0.9',()=>s.close())";
  const [command = "", ...words] = traceInto(prefix);
  await new Program(command, [...words, process.execPath, "-e", script]).exited();
  const contacts = readContacts(prefix);
  rmSync(folder, { recursive: true });
  const packet = contacts.find(({ remote }) => remote?.address === "127.0.0.9");
  expect(packet).toMatchObject({ protocol: "UDP", remote: { port: 9 } });
  expect(packet?.bytes.toString()).toBe("a secret word");
});
