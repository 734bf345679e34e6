// @ts-check
import { ownership } from "./ownership.mjs";

/** What the two windows have in common. */
const WINDOWS = [
  "electron/channels",
  "electron/options",
  "electron/page-files",
  "electron/page-policy",
  "electron/place-keeper",
  "electron/quiet-chromium",
];

/** What each room may import besides itself. A room that is not named here may not be imported by name either. */
const ROOMS = /** @type {Readonly<Record<string, readonly string[]>>} */ ({
  "core/base": [],
  "core/crypto": ["core/base"],
  "core/wire": ["core/base"],
  "core/ports": ["core/base"],
  "core/contract": ["core/base"],
  "core/membership": ["core/base", "core/crypto", "core/wire"],
  "core/keys": ["core/base", "core/crypto", "core/wire"],
  "core/sframe": ["core/base", "core/crypto"],
  "core/files": ["core/base", "core/crypto"],
  "core/persona": ["core/base", "core/crypto", "core/wire"],
  "core/meeting": [
    "core/base",
    "core/crypto",
    "core/wire",
    "core/membership",
    "core/keys",
    "core/persona",
    "core/files",
    "core/sframe",
    "core/ports",
    "core/contract",
  ],
  "core/mesh": ["core/base", "core/wire", "core/ports"],
  "core/media": ["core/base", "core/ports", "core/contract"],
  "electron/host": ["core", "electron/files", "electron/store"],
  "electron/files": ["core/base", "core/files", "core/ports"],
  "electron/store": ["core/base", "core/ports"],
  "electron/main": ["core/base", "core/contract", "electron/host/control", "electron/store", ...WINDOWS],
  "electron/preload": ["core/contract/port-words"],
  "electron/chromium": [
    "core/base",
    "core/contract",
    "electron/host/control",
    "electron/host/port",
    "electron/host/trunk",
    "electron/store",
    ...WINDOWS,
  ],
  "renderer/app": ["core/base", "core/contract", "core/ports", "renderer"],
  "renderer/features": [
    "core/base",
    "core/contract",
    "renderer/bridge",
    "renderer/ui",
    "renderer/locales",
    "renderer/rtc/call-media",
  ],
  "renderer/ui": ["core/base", "renderer/locales"],
  "renderer/bridge": ["core/base", "core/contract"],
  "renderer/locales": ["core/base", "core/contract"],
  "renderer/rtc": [
    "core/base",
    "core/crypto",
    "core/sframe",
    "core/contract",
    "core/ports",
    "core/media",
    "renderer/frames/messages",
  ],
  "renderer/frames": ["core/base", "core/crypto", "core/sframe", "core/contract", "core/ports"],
});

/** @param {string} path */
const inside = (path) => `^${path}(/|\\.|$)`;

/** @type {import("dependency-cruiser").IForbiddenRuleType[]} */
const layers = Object.entries(ROOMS).map(([room, allowed]) => ({
  name: `layer ${room}`,
  severity: "error",
  comment: `${room} may import ${allowed.length === 0 ? "nothing of ours" : allowed.join(", ")}`,
  from: { path: inside(room) },
  to: { path: "^(core|electron|renderer|build|tests)/", pathNot: [room, ...allowed].map(inside) },
}));

/** @type {import("dependency-cruiser").IForbiddenRuleType[]} */
export const forbidden = [
  ...layers,
  ...ownership,
  {
    name: "no cycles",
    severity: "error",
    comment: "a cycle means that two files are one",
    from: {},
    to: { circular: true },
  },
  {
    name: "product does not know its tests",
    severity: "error",
    from: { path: "^(core|electron|renderer)/" },
    to: { path: "^(tests|build)/" },
  },
  {
    name: "pure rooms know no platform",
    severity: "error",
    comment: "core runs anywhere; only the mesh adapter may touch Node",
    from: { path: "^core/", pathNot: "^core/mesh/libp2p/" },
    to: { dependencyTypes: ["core"] },
  },
  {
    name: "the page knows no Node",
    severity: "error",
    from: { path: "^(renderer|electron/preload|electron/chromium/in-page)/" },
    to: { dependencyTypes: ["core"] },
  },
  {
    name: "nothing unresolved",
    severity: "error",
    from: {},
    to: { couldNotResolve: true, pathNot: "^(node:|virtual:)|\\.css$" },
  },
];
