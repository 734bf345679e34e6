import { utf8 } from "../base/bytes.ts";

/** The longest name under which a file is saved, in bytes of UTF-8: file systems take 255, and a number may have to be added. */
export const MAX_FILE_NAME_BYTES = 200;

/** What no file system, or not every one, takes in a name, and what would lead out of the folder. */
const FORBIDDEN = /[/\\:*?"<>|]/gu;
/** Control, formatting (which holds every direction override), private-use, unassigned and line-separating characters. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** Names of devices on Windows, whatever follows the first dot. */
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)$/iu;

/** Files that a system runs, or that have other programs run something, when they are opened. */
const RISKY = new Set(
  (
    "action apk app appimage appinstaller appref-ms application appx bash bat bin cab chm cmd com command cpl csh deb desktop dll " +
    "dmg docm dotm exe fish gadget hta htm html img inf ins iqy iso jar jnlp job js jse ksh library-ms lnk mht mhtml mobileconfig " +
    "mpkg msc msi msix msp mst ocx one osx out pif pkg pl ppam pptm prg ps1 ps1xml ps2 psc1 psd1 psm1 py pyc pyw pyz rb reg rpm run " +
    "scf scpt scr sct search-ms settingcontent-ms sh shb shs shtml slk snap svg sys terminal tool url vb vbe vbs vhd vhdx vxd " +
    "webloc wcx workflow ws wsc wsf wsh xbap xhtml xlam xll xlsb xlsm xltm xml xpi xsl zsh"
  ).split(" "),
);

/**
 * The name under which an offered file may be saved and shown: one part of a path, in plain characters, that no system takes for a
 * device, a hidden file or another folder. The extension stays as it is, since it says what opens the file. Never empty.
 */
export function safeFileName(offered: string): string {
  const last = offered.slice(0, 4_096).split(/[/\\]/u).at(-1) ?? "";
  const plain = last
    .normalize("NFC")
    .replace(UNSEEN, "")
    .replace(FORBIDDEN, "_")
    .replace(/\s+/gu, " ")
    // Windows drops dots and spaces at the end; a dot at the beginning hides a file.
    .replace(/^[. ]+|[. ]+$/gu, "");
  const { stem, extension } = split(plain);
  const kept = cutToBytes(stem, MAX_FILE_NAME_BYTES - utf8(extension).length).replace(/[. ]+$/u, "");
  // Windows looks at what stands before the first dot.
  const first = kept.split(".")[0]?.trimEnd() ?? "";
  const name = RESERVED.test(first) ? `_${kept}` : kept;
  return `${name === "" ? "file" : name}${extension}`;
}

/** The same name with a number before its extension: what is saved beside a file that is there already. */
export function numbered(name: string, number: number): string {
  const { stem, extension } = split(name);
  return `${stem} (${number})${extension}`;
}

/** Whether opening a file of this name can run something. One without an extension may be a program, too. */
export function canRun(name: string): boolean {
  const { extension } = split(name);
  return extension === "" || RISKY.has(extension.slice(1).toLowerCase());
}

/** The last dot and what follows it, up to 16 characters without spaces; a name that only begins with a dot has none. */
function split(name: string): { readonly stem: string; readonly extension: string } {
  const found = /^(?<stem>.+)(?<extension>\.[^. ]{1,16})$/u.exec(name)?.groups;
  return { stem: found?.["stem"] ?? name, extension: found?.["extension"] ?? "" };
}

/** Cuts between characters, so that no more than `max` bytes of UTF-8 remain. */
function cutToBytes(text: string, max: number): string {
  let kept = "";
  let bytes = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    bytes += utf8(segment).length;
    if (bytes > max) break;
    kept += segment;
  }
  return kept;
}
