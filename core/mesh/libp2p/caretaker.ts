import type { Connection } from "@libp2p/interface";
import type { Door } from "./door.ts";

/** Checks (seconds) that a connection may stay without ever having had a link, and after its last one closed. */
const CHECKS_WITHOUT_LINK = 10;
const CHECKS_AFTER_LINK = 2;
const IDENTIFY_ATTEMPTS = 10;

export interface CaretakerInit {
  readonly door: Door;
  readonly hasLink: (connection: Connection) => boolean;
  readonly identify: (connection: Connection) => Promise<unknown>;
}

interface Care {
  idleChecks: number;
  hadLink: boolean;
  identifying: boolean;
  identifyAttempts: number;
}

/** Closes connections that nobody uses, and lets libp2p get to know the members among the others. */
export class Caretaker {
  readonly #init: CaretakerInit;
  readonly #cares = new WeakMap<Connection, Care>();

  constructor(init: CaretakerInit) {
    this.#init = init;
  }

  /** Looks at all connections; to be called about once a second. */
  check(connections: readonly Connection[]): void {
    for (const connection of connections) {
      const care = this.#careFor(connection);
      this.#closeIfIdle(connection, care);
      this.#identifyMember(connection, care);
    }
  }

  #careFor(connection: Connection): Care {
    const known = this.#cares.get(connection);
    if (known !== undefined) return known;
    const care = { idleChecks: 0, hadLink: false, identifying: false, identifyAttempts: 0 };
    this.#cares.set(connection, care);
    return care;
  }

  #closeIfIdle(connection: Connection, care: Care): void {
    if (this.#init.hasLink(connection)) {
      care.hadLink = true;
      care.idleChecks = 0;
      return;
    }
    if (this.#init.door.mayIdle(connection.remotePeer.toString())) return;
    care.idleChecks++;
    if (care.idleChecks >= (care.hadLink ? CHECKS_AFTER_LINK : CHECKS_WITHOUT_LINK)) {
      connection.abort(new Error("connection without a link"));
    }
  }

  // The other side refuses until it, too, has admitted us: hence the attempts.
  #identifyMember(connection: Connection, care: Care): void {
    if (care.identifyAttempts >= IDENTIFY_ATTEMPTS || !this.#init.door.isMember(connection.remotePeer.toString()))
      return;
    if (care.identifying) return;
    care.identifying = true;
    care.identifyAttempts++;
    this.#init.identify(connection).then(
      () => {
        care.identifyAttempts = IDENTIFY_ATTEMPTS;
      },
      () => {
        care.identifying = false;
      },
    );
  }
}
