import SimplePeer from "./simple-peer.mjs";
import type { Ending } from "../base/scope.ts";
import type { Building } from "./signals.ts";
import { adoptSlots, createSlots, type Slots } from "./slots.ts";
import { SoundSwitch } from "./sound-switch.ts";
import type { WebRtc } from "./webrtc.ts";

export type PeerEvent =
  /** To be carried to the other side. */
  | { readonly type: "signal"; readonly signal: unknown }
  /** Said once, before the offer or the answer is made: what is attached now is in it. */
  | { readonly type: "slots"; readonly slots: Slots }
  | { readonly type: "connection"; readonly state: RTCPeerConnectionState }
  /** It is over: closed, failed or refused by the platform. */
  | { readonly type: "closed" };

export interface PeerOptions {
  readonly initiator: boolean;
  readonly listener: (event: PeerEvent) => void;
}

/** One WebRTC connection as a link sees it. */
export interface Peer {
  /** What the connection would take next: an offer when `stable`, an answer when `have-local-offer`. */
  signalingState(): RTCSignalingState;
  /** Takes a signal that has been checked. */
  apply(signal: Exclude<Building, { type: "restart-request" }>): void;
  /** For the initiator: offers new ICE credentials and gathers addresses anew. */
  restartIce(): void;
  /** Sends one's sound twice, each packet with that of the one before, or once, as at the beginning; where both sides can. */
  sendSoundTwice(twice: boolean): void;
  statistics(): Promise<RTCStatsReport>;
  close(): void;
}

export type CreatePeer = (options: PeerOptions) => Peer;

export interface PeerPlatform {
  readonly webrtc: WebRtc;
  /** The one DTLS certificate of this page. */
  readonly certificate: RTCCertificate;
}

function configuration(certificate: RTCCertificate): RTCConfiguration {
  // No server of anybody's is ever asked for addresses; simple-peer would name two by default.
  return { iceServers: [], certificates: [certificate], bundlePolicy: "max-bundle", rtcpMuxPolicy: "require" };
}

function watch(peer: SimplePeer, connection: RTCPeerConnection, options: PeerOptions): Ending {
  const onState = (): void => options.listener({ type: "connection", state: connection.connectionState });
  // simple-peer lets go of its handlers when it is destroyed; this one it does not know.
  connection.addEventListener("connectionstatechange", onState);
  peer.on("signal", (signal) => options.listener({ type: "signal", signal }));
  peer.on("close", () => {
    connection.removeEventListener("connectionstatechange", onState);
    options.listener({ type: "closed" });
  });
  // `close` follows each error; without a listener it would be thrown.
  peer.on("error", () => undefined);
  peer.resume();
  return () => connection.removeEventListener("connectionstatechange", onState);
}

function adoptOnOffer(peer: SimplePeer, adopt: () => Slots | null, options: PeerOptions): void {
  let adopted = false;
  peer.on("signalingStateChange", (state) => {
    if (adopted || state !== "have-remote-offer") return;
    adopted = true;
    const slots = adopt();
    if (slots === null) peer.destroy();
    else options.listener({ type: "slots", slots });
  });
}

type Applied = Parameters<Peer["apply"]>[0];

function apply(peer: SimplePeer, signal: Applied, sound: SoundSwitch): void {
  if (signal.type !== "offer" && signal.type !== "answer") return peer.signal(signal);
  sound.exchange();
  peer.signal(sound.ordered(signal));
}

function offerWithNewIce(peer: SimplePeer, sound: SoundSwitch): void {
  sound.exchange();
  peer.offerOptions = { iceRestart: true };
  peer.negotiate();
}

/**
 * The adapter of simple-peer, and the only place that touches the connection beneath it.
 * Throws when the platform cannot make a connection.
 */
export function createPeerFactory({ webrtc, certificate }: PeerPlatform): CreatePeer {
  return (options) => {
    const { initiator, listener } = options;
    const peer = new SimplePeer({ initiator, trickle: true, wrtc: webrtc, config: configuration(certificate) });
    const connection = peer._pc;
    if (connection === undefined) throw new Error("no peer connection");
    watch(peer, connection, options);
    const sound = new SoundSwitch(connection);
    if (initiator) listener({ type: "slots", slots: createSlots(connection, webrtc) });
    else adoptOnOffer(peer, () => adoptSlots(connection, webrtc), options);
    return {
      signalingState: () => (sound.isRehearsing ? "stable" : connection.signalingState),
      apply: (signal) =>
        sound.run(() => {
          if (!peer.destroyed) apply(peer, signal, sound);
        }),
      restartIce: () =>
        sound.run(() => {
          if (!peer.destroyed) offerWithNewIce(peer, sound);
        }),
      sendSoundTwice: (twice) => sound.set(twice),
      statistics: () => connection.getStats(),
      close: () => peer.destroy(),
    };
  };
}
