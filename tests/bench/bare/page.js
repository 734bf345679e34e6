// The smallest mesh call that simple-peer allows: the yardstick for the app's own times and processor use.
// It seals nothing, proves nobody and trusts its signalling server.
const constraints = JSON.parse(new URL(location.href).searchParams.get("constraints") ?? "{}");
const peers = new Map();
const self = crypto.randomUUID();
let stream;

globalThis.bare = { ready: prepare(), enter, statistics };

// Tells the others at once, as any call page does when it is closed.
addEventListener("pagehide", () => {
  for (const peer of peers.values()) peer.destroy();
});

/** As the app's screen before entering: the devices run and the preview plays. */
async function prepare() {
  stream = await navigator.mediaDevices.getUserMedia(constraints);
  show(stream, { muted: true });
}

function show(media, { muted }) {
  const video = document.createElement("video");
  video.srcObject = media;
  video.muted = muted;
  video.autoplay = true;
  video.playsInline = true;
  document.body.append(video);
  return video;
}

/** Joins the room. Resolves after the first decoded picture and sound packet of `others` members, in ms since the call. */
async function enter(others) {
  const began = performance.now();
  const events = new EventSource(`/events?self=${self}`);
  events.addEventListener("message", ({ data }) => receive(JSON.parse(data)));
  for (;;) {
    // The counts cost time of their own; before there are pictures they need not be asked for.
    const shown = [...document.querySelectorAll("video")].filter(({ readyState }) => readyState >= 2);
    const links = shown.length <= others ? [] : await statistics();
    if (links.filter((link) => link.videoFrames > 0 && link.audioPackets > 0).length >= others) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return performance.now() - began;
}

function receive({ from, signal }) {
  // A newcomer is announced by the server without a signal: those who are there already call the newcomer.
  if (signal === undefined) open(from, true);
  else (peers.get(from) ?? open(from, false)).signal(signal);
}

function open(other, initiator) {
  const peer = new SimplePeer({ initiator, stream, trickle: true, config: { iceServers: [] } });
  peers.set(other, peer);
  peer.on("signal", (signal) => send(other, signal));
  peer.on("stream", (media) => show(media, { muted: false }));
  peer.on("close", () => peers.delete(other));
  peer.on("error", () => peer.destroy());
  return peer;
}

function send(to, signal) {
  void fetch("/signal", { method: "POST", body: JSON.stringify({ from: self, to, signal }) });
}

async function statistics() {
  return Promise.all(
    [...peers.values()].map(async (peer) => {
      const report = await peer._pc.getStats();
      const inbound = [...report.values()].filter(({ type }) => type === "inbound-rtp");
      const video = inbound.find(({ kind }) => kind === "video");
      const audio = inbound.find(({ kind }) => kind === "audio");
      return { videoFrames: video?.framesDecoded ?? 0, audioPackets: audio?.packetsReceived ?? 0 };
    }),
  );
}
