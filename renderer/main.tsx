import { startApp } from "./app/start.tsx";
import { createCallMedia } from "./rtc/create-call-media.ts";

// Worker, certificate and devices warm up while the screens are being put together.
const engine = createCallMedia();
const root = document.querySelector<HTMLElement>("#root");
if (root === null) throw new Error("index.html has no #root");
startApp(engine, root);
