import { homedir } from "node:os";
import { join } from "node:path";
import type { Download } from "playwright-core";

/** The names that the page gives to what it saves: invites, exported identities, records. */
const OUR_NAME = /^Vigil [0-9-]{19}\.vigil-(invite|identity|record)$/;

/** Where downloads go. */
export const DOWNLOADS = join(homedir(), "Downloads");

/** What the person saves goes where downloads go. Nothing else is ever saved. */
export async function keepInvite(
  download: Pick<Download, "suggestedFilename" | "saveAs" | "cancel">,
  folder = DOWNLOADS,
): Promise<void> {
  const name = download.suggestedFilename();
  if (OUR_NAME.test(name)) await download.saveAs(join(folder, name));
  else await download.cancel();
}
