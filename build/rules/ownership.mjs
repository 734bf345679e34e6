// @ts-check

/**
 * Which files may use which libraries. Each library has one room, so that replacing it or auditing its use is local.
 * @type {readonly {readonly name: string, readonly packages: string, readonly owners: readonly string[]}[]}
 */
const OWNERS = [
  { name: "cryptography", packages: "(tweetnacl|@noble/[^/]+)", owners: ["^core/crypto/", "^tests/"] },
  {
    name: "libp2p",
    packages: "(libp2p|@libp2p/[^/]+|@multiformats/[^/]+|node-datachannel)",
    owners: ["^core/mesh/", "^tests/"],
  },
  { name: "simple-peer", packages: "simple-peer", owners: ["^core/media/", "^build/", "^tests/"] },
  { name: "electron", packages: "electron", owners: ["^electron/(main|preload)/", "^tests/"] },
  { name: "playwright", packages: "playwright-core", owners: ["^electron/chromium/", "^tests/"] },
  {
    name: "screens",
    packages: "(react|react-dom|react-aria-components|react-i18next|i18next|uqr)",
    owners: ["^renderer/(app|features|ui|locales)/", "^renderer/main\\.tsx$", "^tests/"],
  },
  { name: "cbor", packages: "cborg", owners: ["^core/wire/", "^tests/"] },
  {
    name: "validation",
    packages: "valibot",
    owners: ["^core/(contract|wire|meeting|media)/", "^electron/", "^renderer/frames/", "^tests/"],
  },
  { name: "bundler", packages: "(vite|@vitejs/[^/]+)", owners: ["^build/", "^tests/"] },
  {
    name: "test tools",
    packages: "(vitest|fast-check)",
    owners: ["^tests/", "^build/test/", "^vitest\\.config\\.ts$"],
  },
];

/** @type {import("dependency-cruiser").IForbiddenRuleType[]} */
export const ownership = OWNERS.map(({ name, packages, owners }) => ({
  name: `owner of ${name}`,
  severity: "error",
  comment: `${packages} is used only in ${owners.join(", ")}`,
  from: { path: "^(core|electron|renderer|build|tests)/", pathNot: [...owners] },
  to: { path: `^node_modules/(@types/)?${packages}(/|$)` },
}));
