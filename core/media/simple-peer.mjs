// The package's own browser bundle: its main file would need shims of Node modules.
export { default } from "simple-peer/simplepeer.min.js";
