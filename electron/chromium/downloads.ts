import { homedir } from "node:os";
import { join } from "node:path";
import type { Download } from "playwright-core";

/** The names that the page gives to invites it saves. */
const INVITE_NAME = /^Vigil [0-9-]{19}\.vigil-invite$/;

/** An invite that the person saves goes where downloads go. Nothing else is ever saved. */
export async function keepInvite(
  download: Pick<Download, "suggestedFilename" | "saveAs" | "cancel">,
  folder = join(homedir(), "Downloads"),
): Promise<void> {
  const name = download.suggestedFilename();
  if (INVITE_NAME.test(name)) await download.saveAs(join(folder, name));
  else await download.cancel();
}
