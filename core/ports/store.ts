/** Small settings of one profile that outlive a run. Nothing about a call goes here. */
export interface Store {
  /** The stored text, or null when there is none or it cannot be read. */
  read(name: StoreName): Promise<string | null>;
  /** Replaces the text as a whole: after a crash the old or the new one is there, never a part. Rejects with `profile-unwritable`. */
  write(name: StoreName, text: string): Promise<void>;
}

export type StoreName = "settings";
