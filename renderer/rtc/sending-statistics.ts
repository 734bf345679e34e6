import type { EncodedLayer, SendingCounts } from "../frames/messages.ts";
import type { SendingStatistics, SentLayer, SentTo } from "./call-media.ts";
import type { OutboundStream } from "./rtp-streams.ts";
import type { LinkCounts } from "./statistics.ts";

/** Why a link's own encoder makes less than it was asked for, in our words. */
const REASONS: Readonly<Record<string, SentTo["heldBack"]>> = { bandwidth: "link", cpu: "processor" };

let known: Promise<boolean | null> | null = null;

/** Whether hardware encodes our pictures: false where there is none for them, null where the browser may use it and does not say. */
async function askForHardware(): Promise<boolean | null> {
  const config = { codec: "vp8", width: 640, height: 360, hardwareAcceleration: "prefer-hardware" } as const;
  const { supported } = await VideoEncoder.isConfigSupported(config);
  return supported === false ? false : null;
}

function layerOf({ kind, width, height, framesPerSecond }: EncodedLayer): SentLayer {
  return { kind, width, height, framesPerSecond };
}

/** Of pictures that the frames worker encodes once for all links. */
async function encodedOnce({ layers, sent, mostFramesPerSecond }: SendingCounts): Promise<SendingStatistics> {
  // A browser without an answer is one that does not say.
  known ??= askForHardware().catch(() => null);
  return {
    layers: layers.map(layerOf),
    sent: sent.map(({ member, layer, heldBack }) => ({
      member,
      layer: layer === null ? null : layerOf(layer),
      heldBack,
    })),
    hardware: await known,
    mostFramesPerSecond,
  };
}

function layerOfStream(stream: OutboundStream): SentLayer | null {
  const {
    frameWidth = 0,
    frameHeight = 0,
    framesPerSecond = 0,
    contentType,
  } = stream as OutboundStream & {
    readonly contentType?: string;
  };
  if (stream.kind !== "video" || framesPerSecond === 0) return null;
  const kind = contentType === "screenshare" ? "screen" : "camera";
  return { kind, width: frameWidth, height: frameHeight, framesPerSecond };
}

/** Of pictures that each link encodes for itself. */
function encodedByEach(links: readonly LinkCounts[]): SendingStatistics {
  const sent = links.flatMap(({ link, outbound }) =>
    outbound.map((stream) => ({
      member: link.member,
      layer: layerOfStream(stream),
      heldBack: REASONS[stream.qualityLimitationReason ?? ""] ?? null,
    })),
  );
  const running = sent.filter(({ layer }) => layer !== null);
  const layers = running.map(({ layer }) => layer).filter((layer) => layer !== null);
  return { layers, sent: running, hardware: null, mostFramesPerSecond: null };
}

/** What this machine does to send its pictures; `once` is null where each link encodes for itself. */
export function sendingStatistics(
  once: SendingCounts | null,
  links: readonly LinkCounts[],
): Promise<SendingStatistics> {
  return once === null ? Promise.resolve(encodedByEach(links)) : encodedOnce(once);
}
