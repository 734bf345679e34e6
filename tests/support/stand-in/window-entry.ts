import { main } from "../../../electron/chromium/main.ts";

// Runs the Chromium window from its sources: the folder of built parts, the Chromium, and then the options of npm start.
const [dist = "", executable = "", ...args] = process.argv.slice(2);
process.exit(await main(args, { executable, dist }));
