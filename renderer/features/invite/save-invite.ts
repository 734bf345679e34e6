import { saveFile } from "../../ui/save-file.ts";

/** What an invite's file is called at its end; the home screen takes files of this kind. */
export const INVITE_FILE = ".vigil-invite";

/** Hands the link to the window as a file to be saved. */
export function saveInvite(link: string): void {
  saveFile(new Blob([`${link}\n`], { type: "text/plain" }), INVITE_FILE);
}
