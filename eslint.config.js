import hooks from "eslint-plugin-react-hooks";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  globalIgnores(["dist/", "release/", "node_modules/", "**/*.d.ts"]),
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ["vitest.config.ts"] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      // `return void` one-liners and `() => undefined` listeners are how this code says that nothing comes back.
      "@typescript-eslint/no-confusing-void-expression": "off",
      "@typescript-eslint/no-invalid-void-type": [
        "error",
        { allowInGenericTypeArguments: true, allowAsThisParameter: true },
      ],
      // Numbers and sizes in messages need no ceremony.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/ban-ts-comment": ["error", { "ts-expect-error": "allow-with-description" }],
      "max-lines": ["error", 300],
      "no-console": ["error", { allow: ["error", "warn"] }],
      eqeqeq: "error",
    },
  },
  {
    files: ["renderer/**/*.ts", "renderer/**/*.tsx"],
    extends: [hooks.configs.flat["recommended-latest"]],
  },
  {
    // Raw channels are named in the two files that check who speaks on them, and nowhere else.
    files: ["electron/**/*.ts"],
    ignores: ["electron/main/page-ready.ts", "electron/preload/preload.ts"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          paths: [
            {
              name: "electron",
              importNames: ["ipcMain", "ipcRenderer"],
              allowTypeImports: true,
              message: "Use page-ready.ts: it checks who speaks.",
            },
          ],
        },
      ],
      "no-restricted-properties": [
        "error",
        { property: "ipcMain", message: "Use page-ready.ts: it checks who speaks." },
      ],
    },
  },
  {
    // What prints to a terminal is the point of these.
    files: ["tests/**/*.ts", "build/**/*.ts"],
    rules: {
      "no-console": "off",
      // `expect(double.method)` asks about the call, it does not make one.
      "@typescript-eslint/unbound-method": "off",
      // Doubles and readers of JSON say what they stand for by their type parameter.
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
    },
  },
);
