import { MeetingRunner, type MeetingPorts } from "../../core/meeting/runner.ts";
import { checkDown } from "../../core/contract/contract.ts";
import { isIdentityCommand } from "../../core/contract/identity.ts";
import type { Ending } from "../../core/base/scope.ts";
import type { IdentityKeeper, IdentityOptions } from "./identity-keeper.ts";
import type { Host, Port } from "./port.ts";

/** Keeps the persona of the profile; how it is told to the meeting is the maker's business. */
export type MakeIdentity = (told: Pick<IdentityOptions, "tell">) => IdentityKeeper;

export interface HostOptions extends Omit<MeetingPorts, "keepContact"> {
  /** The keeper of the profile's persona; without it there is none. */
  readonly makeIdentity?: MakeIdentity;
  /** Hears of every message from the page that broke the contract: where, never what. */
  report(violation: string): void;
  /** Asks the window to close at once and then to stop this host. */
  endApp(): void;
  /** The profile held settings that make no sense, and careful ones took their place. */
  readonly settingsDamaged: boolean;
}

/** Holds the meeting and joins it to whatever page and frames worker are there at the moment. */
export function createHost(options: HostOptions): Host {
  const identity = options.makeIdentity?.({ tell: (told) => runner.dispatch({ type: "identity", identity: told }) });
  const runner = new MeetingRunner({ ...options, keepContact: (contact) => identity?.keepContact(contact) });
  let page: { readonly port: Port; readonly stopListening: Ending } | null = null;
  let frames: Port | null = null;

  identity?.start();
  if (options.settingsDamaged) runner.dispatch({ type: "settings-damaged" });
  runner.subscribe((output) => {
    if (output.channel === "key") frames?.post(output.body);
    else page?.port.post(output);
  });

  function fromPage(message: unknown): void {
    const checked = checkDown(message);
    if (!checked.ok) return options.report(checked.error.where);
    const { value } = checked;
    if (value.channel === "media") return runner.dispatch({ type: "media", report: value.body });
    const { body } = value;
    if (isIdentityCommand(body)) return identity?.take(body);
    if (body.type === "quit") return quit();
    runner.dispatch({ type: "command", command: body });
    if (body.type === "attach") runner.showAgain();
  }

  /** The window need not wait for the meeting's last words. */
  function quit(): void {
    runner.dispatch({ type: "command", command: { type: "leave" } });
    options.endApp();
  }

  return {
    attachPage(port) {
      page?.stopListening();
      page?.port.close();
      page = { port, stopListening: port.listen(fromPage) };
    },
    attachFrames(port) {
      frames?.close();
      frames = port;
      runner.dispatch({ type: "frames-attached" });
    },
    returnTo(place) {
      runner.dispatch({ type: "return", place });
    },
    openExternalInvite(link) {
      runner.dispatch({ type: "external-invite", link });
    },
    async stop() {
      await runner.stop();
      await identity?.stop();
      page?.port.close();
      frames?.close();
    },
  };
}
