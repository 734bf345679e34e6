import { MAX_TIMESTAMP } from "../contract/limits.ts";
import type { SharedFile } from "../contract/files.ts";
import { canRun } from "../files/file-name.ts";
import { nameOf } from "./roster.ts";
import type { Session } from "./state.ts";

/** No more of a path is shown, in characters. */
const MAX_PATH = 4_096;

/** All files of the call as they are shown, in the order in which they came up. Before one was chosen there is nothing to show. */
export function filesOf(session: Session): SharedFile[] {
  const own = [...session.ownFiles.values()]
    .filter(({ name }) => name !== "")
    .map((file): SharedFile => {
      const { id, at, state, size, done, why } = file;
      const takers = [...file.takers].map(([member, taker]) => ({ member, name: nameOf(session, member), ...taker }));
      const shared = { from: session.self, id, name: session.name, file: file.name, canRun: canRun(file.name) };
      return { ...shared, size, at: Math.min(at, MAX_TIMESTAMP), state, why, done, path: "", takers };
    });
  const offered = [...session.offeredFiles.values()].map((file): SharedFile => {
    const { from, id, at, state, size, done, why, path } = file;
    const shared = { from, id, name: nameOf(session, from), file: file.name, canRun: canRun(file.name) };
    return {
      ...shared,
      size,
      at: Math.min(at, MAX_TIMESTAMP),
      state,
      why,
      done,
      path: path.slice(0, MAX_PATH),
      takers: [],
    };
  });
  return [...own, ...offered].sort((a, b) => a.at - b.at);
}
