import { describe, expect, test } from "vitest";
import { ipGroup, ipScope } from "../../../core/base/ip.ts";

describe("ipScope", () => {
  test.each([
    ["8.8.8.8", "public"],
    ["172.15.0.1", "public"],
    ["172.16.0.1", "private"],
    ["172.32.0.1", "public"],
    ["192.168.1.1", "private"],
    ["100.64.0.1", "private"],
    ["169.254.1.1", "link"],
    ["127.9.9.9", "loopback"],
    ["2001:db8::1", "public"],
    ["fd12::1", "private"],
    ["fe80::1", "link"],
    ["FEBF::1", "link"],
    ["::1", "loopback"],
    ["0:0:0:0:0:0:0:1", "loopback"],
    ["::ffff:127.0.0.1", "loopback"],
    ["::ffff:7f00:1", "loopback"],
    ["::FFFF:10.0.0.1", "private"],
    ["64:ff9b::1.2.3.4", "public"],
    ["1:2:3:4:5:6:7:8", "public"],
  ])("%s is %s", (address, scope) => {
    expect(ipScope(address)).toBe(scope);
  });

  test.each([
    "0.0.0.0",
    "0.1.2.3",
    "224.0.0.251",
    "239.255.255.250",
    "255.255.255.255",
    "240.0.0.1",
    "::",
    "::7f00:1",
    "::ffff:0.0.0.0",
    "::ffff:255.255.255.255",
    "ff02::1",
  ])("%s is no machine's address", (address) => {
    expect(ipScope(address)).toBe("none");
  });

  test.each([
    "",
    "example.org",
    "300.1.1.1",
    "1.2.3",
    "010.0.0.1",
    "1:2",
    "1::2::3",
    "1:2:3:4:5:6:7:8:9",
    "1:2:3:4:5:6:7::8",
    "12345::",
    ":",
    "fe80::1%eth0",
    "::ffff:1.2.3.456",
    "::1.2.3",
  ])("%j is no IP address", (text) => {
    expect(ipScope(text)).toBe("none");
  });
});

describe("ipGroup", () => {
  test.each([
    ["an IPv4 address alone", ["192.0.2.7", "::ffff:192.0.2.7", "::FFFF:c000:207"]],
    ["what one subscriber of IPv6 has", ["2001:db8::1", "2001:db8::2", "2001:DB8:0:0:ffff::9", "2001:db8:0:0:1:2:3:4"]],
    ["what is no address", ["example.org", ""]],
  ])("is one for %s", (_what, [first = "", ...others]) => {
    for (const other of others) expect(ipGroup(other), other).toBe(ipGroup(first));
  });

  test.each([
    ["192.0.2.7", "192.0.2.8"],
    ["2001:db8::1", "2001:db8:0:1::1"],
    ["2001:db8::1", "2001:db8:1::1"],
    ["::ffff:192.0.2.7", "::1"],
  ])("parts %s from %s", (one, other) => {
    expect(ipGroup(one)).not.toBe(ipGroup(other));
  });
});
