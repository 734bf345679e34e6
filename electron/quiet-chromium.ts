/** Features of Chromium that would talk to its maker, or that hide what members of a call need of each other. */
export const DISABLED_FEATURES: readonly string[] = [
  "AimEnabled",
  "AutofillServerCommunication",
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "CertificateTransparencyComponentUpdater",
  "DestroyProfileOnBrowserClose",
  "DialMediaRouteProvider",
  "GlobalMediaControls",
  "HttpsFirstBalancedModeAutoEnable",
  "HttpsUpgrades",
  "InterestFeedContentSuggestions",
  "LensOverlay",
  "MediaRouter",
  "NetworkTimeServiceQuerying",
  "OptimizationGuideModelDownloading",
  "OptimizationHints",
  "PaintHolding",
  "PreconnectToSearch",
  "Translate",
  // Candidates go to admitted members only, who know the addresses already; names ending in .local would have to be asked for by multicast.
  "WebRtcHideLocalIpsWithMdns",
];

/** One command line switch; null for one without a value. */
export type Switch = readonly [name: string, value: string | null];

export interface Surroundings {
  /** Whether this machine has a network interface besides the loopback. */
  readonly network: boolean;
  /** Made-up camera and microphone; `file` is a film for the camera. */
  readonly fakeMedia: { readonly file: string | null } | null;
}

/** The switches that both windows give to their Chromium: nobody is contacted, and a call goes on while it is not looked at. */
export function quietSwitches({ network, fakeMedia }: Surroundings): readonly Switch[] {
  return [
    ["disable-features", DISABLED_FEATURES.join(",")],
    // No name is ever looked up: the page needs none, and neither does anything else in this Chromium.
    ["host-resolver-rules", "MAP * ~NOTFOUND"],
    ["no-proxy-server", null],
    ["disable-background-networking", null],
    ["disable-component-update", null],
    ["disable-client-side-phishing-detection", null],
    ["disable-domain-reliability", null],
    ["disable-sync", null],
    ["disable-quic", null],
    ["no-pings", null],
    ["no-first-run", null],
    ["dns-prefetch-disable", null],
    ["disable-breakpad", null],
    ["disable-crash-reporter", null],
    ["disable-speech-api", null],
    ["disable-background-timer-throttling", null],
    ["disable-renderer-backgrounding", null],
    ["disable-backgrounding-occluded-windows", null],
    ["autoplay-policy", "no-user-gesture-required"],
    ["force-webrtc-ip-handling-policy", "default"],
    ...(network ? [] : [["allow-loopback-in-peer-connection", null] as const]),
    ...fakeMediaSwitches(fakeMedia),
  ];
}

function fakeMediaSwitches(fakeMedia: Surroundings["fakeMedia"]): readonly Switch[] {
  if (fakeMedia === null) return [];
  return [
    ["use-fake-device-for-media-stream", null],
    ["use-fake-ui-for-media-stream", null],
    ...(fakeMedia.file === null ? [] : [["use-file-for-fake-video-capture", fakeMedia.file] as const]),
  ];
}
