/** As much of simple-peer 9.11 as the adapter uses. */
interface SimplePeerOptions {
  initiator: boolean;
  config: RTCConfiguration;
  trickle: true;
  wrtc: {
    RTCPeerConnection: typeof RTCPeerConnection;
    RTCSessionDescription: typeof RTCSessionDescription;
    RTCIceCandidate: typeof RTCIceCandidate;
  };
}

export default class SimplePeer {
  constructor(options: SimplePeerOptions);
  /** The connection beneath. Undefined when it could not be made. */
  readonly _pc: RTCPeerConnection | undefined;
  offerOptions: RTCOfferOptions;
  readonly destroyed: boolean;
  signal(data: unknown): void;
  negotiate(): void;
  destroy(error?: Error): void;
  /** Reads and discards: without a reader the stream would keep all that arrives. */
  resume(): this;
  on(event: "signal", listener: (data: unknown) => void): this;
  on(event: "signalingStateChange", listener: (state: RTCSignalingState) => void): this;
  on(event: "error", listener: (error: Error) => void): this;
  on(event: "close", listener: () => void): this;
}
