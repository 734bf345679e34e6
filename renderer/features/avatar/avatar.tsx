import type { MemberId } from "../../../core/contract/parts.ts";

/** Hues that go well with the rest in light and dark, in degrees. */
const HUES = [8, 28, 46, 84, 142, 168, 190, 212, 236, 262, 292, 332];
const CENTRE = 50;

/** One number for each of the first twelve characters of a key. */
function keyNumbers(member: MemberId): readonly number[] {
  return Array.from({ length: 12 }, (_, place) => member.charCodeAt(place) * 7 + 3);
}

function petal(angle: number, reach: number, width: number): string {
  const point = (turn: number, distance: number): string => {
    const radians = ((angle + turn) * Math.PI) / 180;
    return `${(CENTRE + Math.cos(radians) * distance).toFixed(1)} ${(CENTRE + Math.sin(radians) * distance).toFixed(1)}`;
  };
  return `M${CENTRE} ${CENTRE}Q${point(-width, reach * 0.72)} ${point(0, reach)}Q${point(width, reach * 0.72)} ${CENTRE} ${CENTRE}Z`;
}

function rosette(petals: number, reach: number, turn: number): string {
  const width = 180 / petals;
  return Array.from({ length: petals }, (_, index) => petal(turn + (index * 360) / petals, reach, width)).join("");
}

/** A shape that is the same for the same member key on every screen, in place of a picture. */
export function Avatar({ member }: { readonly member: MemberId }) {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = keyNumbers(member);
  const hue = HUES[(a + b) % HUES.length] ?? 0;
  const outer = 5 + (c % 5);
  const inner = 3 + (d % 4);
  return (
    <svg className="avatar" viewBox="0 0 100 100" aria-hidden="true" focusable="false">
      <circle cx={CENTRE} cy={CENTRE} r="50" fill={`hsl(${hue} 42% 46%)`} />
      <path d={rosette(outer, 42, e % 90)} fill={`hsl(${(hue + 24) % 360} 62% 74%)`} fillOpacity="0.75" />
      <path d={rosette(inner, 26, f % 90)} fill={`hsl(${hue} 48% 34%)`} />
      <circle cx={CENTRE} cy={CENTRE} r="6" fill={`hsl(${(hue + 24) % 360} 70% 88%)`} />
    </svg>
  );
}
