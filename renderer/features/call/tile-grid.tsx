import { useRef, useState } from "react";
import type { Participant } from "../../../core/contract/snapshots.ts";
import { useSize } from "../../ui/use-size.ts";
import { arrange } from "./grid.ts";
import { Pager } from "./pager.tsx";
import { Tile } from "./tile.tsx";

const GAP = 8;
const MIN_WIDTH = 104;
const MIN_HEIGHT = 78;

/** All members, as large as they fit without scrolling; on pages when there are too many for the window. */
export function TileGrid({ participants }: { readonly participants: readonly Participant[] }) {
  const ref = useRef<HTMLDivElement>(null);
  const size = useSize(ref);
  const [wanted, setWanted] = useState(0);
  const grid = arrange(participants.length, { ...size, gap: GAP, minWidth: MIN_WIDTH, minHeight: MIN_HEIGHT });
  const pages = Math.max(1, Math.ceil(participants.length / grid.perPage));
  const page = Math.min(wanted, pages - 1);
  const shown = participants.slice(page * grid.perPage, (page + 1) * grid.perPage);
  const width = grid.columns * grid.tileWidth + (grid.columns - 1) * GAP;

  return (
    <div className="grid-room">
      <div ref={ref} className="grid-field">
        {size.width > 0 && (
          <div className="grid" style={{ width, gap: GAP }}>
            {shown.map((participant) => (
              <Tile key={participant.id} participant={participant} width={grid.tileWidth} height={grid.tileHeight} />
            ))}
          </div>
        )}
      </div>
      {pages > 1 && <Pager page={page} pages={pages} onPage={setWanted} />}
    </div>
  );
}
