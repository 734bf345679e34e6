/** What one stream of a link may spend at most, in bit/s: as much as the largest layer needs, so that WebRTC looks for that much room. */
const STREAM_MOST = 2_500_000;

/** Whether a transceiver sends. A stream without a picture would claim its share of the bandwidth all the same. */
export function setActive({ sender }: RTCRtpTransceiver, active: boolean): void {
  const parameters = sender.getParameters();
  for (const encoding of parameters.encodings) {
    encoding.active = active;
    encoding.maxBitrate = STREAM_MOST;
  }
  // Fails only on a link that has been closed meanwhile.
  sender.setParameters(parameters).catch(() => undefined);
}
