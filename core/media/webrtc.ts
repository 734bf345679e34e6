/** The platform's WebRTC, injected: a browser's, or a fake in tests. */
export interface WebRtc {
  readonly RTCPeerConnection: typeof RTCPeerConnection;
  readonly RTCSessionDescription: typeof RTCSessionDescription;
  readonly RTCIceCandidate: typeof RTCIceCandidate;
  readonly RTCRtpReceiver: Pick<typeof RTCRtpReceiver, "getCapabilities">;
}
