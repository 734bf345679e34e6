import { forbidden } from "./build/rules/layers.mjs";

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden,
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|release|build/absent)/" },
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "default"],
    },
    tsConfig: { fileName: "tsconfig.json" },
  },
};
