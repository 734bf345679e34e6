const WIDTH = 640;
const HEIGHT = 360;

function hueOf(text: string): number {
  let hue = 7;
  for (let place = 0; place < text.length; place++) hue = (hue * 31 + text.charCodeAt(place)) % 360;
  return hue;
}

function paintPerson(context: CanvasRenderingContext2D, hue: number): void {
  const wall = context.createLinearGradient(0, 0, WIDTH, HEIGHT);
  wall.addColorStop(0, `hsl(${hue} 24% 62%)`);
  wall.addColorStop(1, `hsl(${(hue + 40) % 360} 22% 38%)`);
  context.fillStyle = wall;
  context.fillRect(0, 0, WIDTH, HEIGHT);
  context.fillStyle = `hsl(${(hue + 180) % 360} 30% 32%)`;
  context.beginPath();
  context.ellipse(WIDTH / 2, HEIGHT + 40, 190, 190, 0, 0, Math.PI * 2);
  context.fill();
  context.fillStyle = `hsl(${20 + (hue % 20)} 38% ${40 + (hue % 34)}%)`;
  context.beginPath();
  context.ellipse(WIDTH / 2, 160, 66, 84, 0, 0, Math.PI * 2);
  context.fill();
}

function paintSlide(context: CanvasRenderingContext2D, hue: number): void {
  context.fillStyle = "#fbfbf8";
  context.fillRect(0, 0, WIDTH, HEIGHT);
  context.fillStyle = `hsl(${hue} 40% 36%)`;
  context.fillRect(40, 36, 300, 26);
  context.fillStyle = "#c9cfca";
  for (let line = 0; line < 7; line++) context.fillRect(40, 96 + line * 32, 380 - ((line * 53) % 120), 12);
  context.fillStyle = `hsl(${hue} 40% 70%)`;
  for (let bar = 0; bar < 4; bar++) context.fillRect(460 + bar * 38, 300 - bar * 44, 26, bar * 44 + 20);
}

/** A picture that stands still and needs no camera. */
export function paintedStream(seed: string, kind: "camera" | "screen"): MediaStream {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext("2d");
  const paint = (): void => {
    if (context === null) return;
    if (kind === "camera") paintPerson(context, hueOf(seed));
    else paintSlide(context, hueOf(seed));
  };
  paint();
  // A canvas gives a frame only when it is drawn on; a few repeats reach video elements that come later.
  const timer = setInterval(paint, 400);
  const stream = canvas.captureStream();
  stream.getVideoTracks()[0]?.addEventListener("ended", () => clearInterval(timer));
  return stream;
}
