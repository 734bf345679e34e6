/** What is being filled in about one's identity. */
export type IdentityForm = "create" | "import" | "export" | "delete";
