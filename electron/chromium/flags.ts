import type { WindowOptions } from "./options.ts";

/** Features of Chromium that would talk to its maker, or that hide what members of a call need of each other. */
const DISABLED_FEATURES = [
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
  // Candidates travel to admitted members only, who know the addresses already; names ending in .local would have to be asked for by multicast.
  "WebRtcHideLocalIpsWithMdns",
];

export interface FlagSurroundings {
  /** Chromium refuses its sandbox to root. */
  readonly root: boolean;
  /** Whether this machine has a network interface besides the loopback. */
  readonly network: boolean;
}

/** The command line for Chromium, beside what playwright-core adds. */
export function chromiumFlags(options: WindowOptions, { root, network }: FlagSurroundings): string[] {
  return [
    `--disable-features=${DISABLED_FEATURES.join(",")}`,
    "--enable-features=SkipListAccountsWithoutGaiaCookies",
    // No name is ever looked up: the page needs none, and neither does anything else in this browser.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-proxy-server",
    "--disable-client-side-phishing-detection",
    "--disable-domain-reliability",
    "--disable-quic",
    "--no-pings",
    "--dns-prefetch-disable",
    "--disable-breakpad",
    "--disable-crash-reporter",
    "--disable-save-password-bubble",
    "--disable-speech-api",
    "--disk-cache-dir=/dev/null",
    "--disk-cache-size=1",
    "--autoplay-policy=no-user-gesture-required",
    "--force-webrtc-ip-handling-policy=default",
    "--window-size=1280,800",
    ...(network ? [] : ["--allow-loopback-in-peer-connection"]),
    ...(root ? ["--no-sandbox"] : []),
    ...(options.headless ? [] : ["--app=about:blank"]),
    ...fakeMediaFlags(options),
    ...(options.debugPort === null
      ? []
      : [`--remote-debugging-port=${options.debugPort}`, "--remote-debugging-address=127.0.0.1"]),
    ...options.chromiumArgs,
  ];
}

function fakeMediaFlags({ fakeMedia }: WindowOptions): string[] {
  if (fakeMedia === null) return [];
  return [
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    ...(fakeMedia.file === null ? [] : [`--use-file-for-fake-video-capture=${fakeMedia.file}`]),
  ];
}
