import type { ComponentLogger, Logger } from "@libp2p/interface";

function ignore(): void {
  // libp2p's own log names peers and addresses; none of that is written anywhere.
}

const silent: Logger = Object.assign(ignore, { error: ignore, trace: ignore, enabled: false, newScope: () => silent });

/** A logger that says nothing, whatever DEBUG holds. */
export const silentLogger: ComponentLogger = { forComponent: () => silent };
