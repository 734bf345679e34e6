/** What an invite's file is called at its end; the home screen takes files of this kind. */
export const INVITE_FILE = ".vigil-invite";

/** Hands the link to the window as a file to be saved; the window asks where, or puts it where downloads go. */
export function saveInvite(link: string): void {
  const url = URL.createObjectURL(new Blob([`${link}\n`], { type: "text/plain" }));
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = `Vigil ${new Date().toISOString().slice(0, 19).replace(/[T:]/g, "-")}${INVITE_FILE}`;
  anchor.click();
  // The download has its own hold on the bytes once it has begun.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
