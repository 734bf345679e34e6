/** The one file of a profile that holds a persona, as bytes: what is in them is not this port's business. */
export interface PersonaStore {
  /** The bytes, at most one more than the largest file has; null when there is no file. Rejects with `profile-unreadable`. */
  read(): Promise<Uint8Array | null>;
  /** Replaces the file as a whole: after a crash the old or the new one is there, never a part. Rejects with `profile-unwritable`. */
  write(bytes: Uint8Array): Promise<void>;
  /** Removes the file, if there is one. Rejects with `profile-unwritable`. */
  remove(): Promise<void>;
}
