import { MAX_INVITE_CHARACTERS } from "../../core/contract/limits.ts";

export const DEEP_LINK_SCHEME = "vigil";

/** The invite among the words of a command line, as systems put it there when a link is opened; null if there is none. The host judges it. */
export function inviteIn(words: readonly string[]): string | null {
  return words.find(isInviteLink) ?? null;
}

/** Whether a word may be an invite link: the scheme, and no longer than anything the host would look at. */
export function isInviteLink(word: string): boolean {
  return /^vigil:\/\//i.test(word) && word.length <= 2 * MAX_INVITE_CHARACTERS;
}
