import { inPage } from "./scene.ts";

/** Five people on links of every kind, one of them without a link at this moment. */
export const statistics = inPage(({ host, media, scenes, counts }) => {
  const view = scenes.sampleCall(5);
  const others = view.participants.filter(({ self }) => !self);
  for (const one of others) if (one.media.camera) media.paint(one.id, ["camera"]);
  void media.media.prepare();
  media.count((seconds) => {
    const now = counts.sampleCounts(others.slice(0, 3).map(({ id }) => id));
    const routes = ["local", "internet", "relay"] as const;
    const small = { kind: "camera", width: 320, height: 180, framesPerSecond: 15 } as const;
    return {
      ...now,
      links: now.links.map((link, index) => ({
        ...link,
        route: routes[index] ?? "local",
        roundTripMs: [2.3, 48, 131][index] ?? 0,
        packetsReceived: 90 * seconds,
        packetsSent: 88 * seconds,
        packetsLost: index * seconds,
        packetsLostThere: 2 * index * seconds,
        soundSamples: 48_000 * seconds,
        concealedSamples: index * 430 * seconds,
        bytesReceived: 88_000 * seconds,
        bytesSent: (index === 2 ? 21_000 : 84_000) * seconds,
        screenWidth: index === 1 ? 1920 : 0,
        screenHeight: index === 1 ? 1080 : 0,
        screenFramesPerSecond: index === 1 ? 8 : 0,
      })),
      sending: {
        ...now.sending,
        layers: [...now.sending.layers, small],
        sent: now.sending.sent.map((sent, index) => (index === 2 ? { ...sent, layer: small, heldBack: "link" } : sent)),
      },
    };
  });
  host.show({ view });
});
