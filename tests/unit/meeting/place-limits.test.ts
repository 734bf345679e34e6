import { describe, expect, it } from "vitest";
import { MAX_ENTRY_BYTES } from "../../../core/membership/entry.ts";
import { MAX_LOG_ENTRIES } from "../../../core/membership/insert.ts";
import { MAX_PLACE_ENTRIES, MAX_PLACE_ENTRY_BYTES } from "../../../core/ports/place.ts";

// The window, which checks a place, knows nothing of the log; so the limits stand twice.
describe("a place in a meeting", () => {
  it("takes as many entries as a log, and as large ones", () => {
    expect(MAX_PLACE_ENTRIES).toBe(MAX_LOG_ENTRIES);
    expect(MAX_PLACE_ENTRY_BYTES).toBe(MAX_ENTRY_BYTES);
  });
});
