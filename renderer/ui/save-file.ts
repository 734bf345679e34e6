/** Hands bytes to the window as a file to be saved; the window asks where, or puts it where downloads go. */
export function saveFile(contents: Blob, ending: string): void {
  const url = URL.createObjectURL(contents);
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = `Vigil ${new Date().toISOString().slice(0, 19).replace(/[T:]/g, "-")}${ending}`;
  anchor.click();
  // The download has its own hold on the bytes once it has begun.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
