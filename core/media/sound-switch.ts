import { orderSound } from "./red.ts";

type Description = Readonly<{ type: "offer" | "answer"; sdp: string }>;
type Connection = Pick<
  RTCPeerConnection,
  "addEventListener" | "signalingState" | "remoteDescription" | "setLocalDescription" | "setRemoteDescription"
>;

/**
 * Changes how often a link that runs sends its sound. Chromium sends what the other side's description names first, and changes it
 * neither by `setParameters` nor by `setCodecPreferences`. So the last exchange of descriptions is gone through again, on this side
 * alone, with another order in what once came from there: nothing is sent, and the other side, which has named both ways from the
 * start, takes what comes. While that lasts everything else waits.
 */
export class SoundSwitch {
  readonly #connection: Connection;
  #twice = false;
  /** The order of the description that was applied last. */
  #applied = false;
  /** A real exchange of descriptions is under way; so it is on a connection that begins. */
  #exchanging = true;
  /** What waits for the end of a rehearsed one; null while there is none. */
  #waiting: (() => void)[] | null = null;
  #broken = false;

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.addEventListener("signalingstatechange", () => {
      if (connection.signalingState !== "stable" || this.#waiting !== null) return;
      this.#exchanging = false;
      this.#follow();
    });
  }

  /** Whether the exchange that is under way is this one's own, of which nobody else knows. */
  get isRehearsing(): boolean {
    return this.#waiting !== null;
  }

  /** From now on sound is sent twice, or once; or from the end of the exchange that is under way. */
  set(twice: boolean): void {
    this.#twice = twice;
    this.#follow();
  }

  /** Does this at once, or when the descriptions are at rest. */
  run(work: () => void): void {
    if (this.#waiting === null) work();
    else this.#waiting.push(work);
  }

  /** An exchange with the other side begins or goes on. */
  exchange(): void {
    this.#exchanging = true;
  }

  /** A description of the other side's, as it is to be applied. */
  ordered<Of extends Description>(description: Of): Of {
    this.#applied = this.#twice;
    return { ...description, sdp: orderSound(description.sdp, this.#twice) };
  }

  #follow(): void {
    const { remoteDescription: remote, signalingState } = this.#connection;
    const isDue = this.#twice !== this.#applied && !this.#broken && !this.#exchanging && this.#waiting === null;
    if (!isDue || signalingState !== "stable" || remote === null) return;
    if (remote.type !== "offer" && remote.type !== "answer") return;
    this.#waiting = [];
    void this.#rehearse(this.ordered({ type: remote.type, sdp: remote.sdp })).finally(() => this.#settle());
  }

  async #rehearse(remote: Description): Promise<void> {
    const connection = this.#connection;
    try {
      // Without a description the platform makes the offer or the answer itself.
      if (remote.type === "answer") await connection.setLocalDescription();
      await connection.setRemoteDescription(remote);
      if (remote.type === "offer") await connection.setLocalDescription();
    } catch {
      // It goes on sending what it sent, and is not asked again; or it was closed meanwhile.
      this.#broken = true;
      await this.#takeBack().catch(() => undefined);
    }
  }

  async #takeBack(): Promise<void> {
    const { signalingState } = this.#connection;
    if (signalingState === "have-local-offer") await this.#connection.setLocalDescription({ type: "rollback" });
    if (signalingState === "have-remote-offer") await this.#connection.setRemoteDescription({ type: "rollback" });
  }

  #settle(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const work of waiting) work();
    this.#follow();
  }
}
