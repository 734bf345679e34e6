// @ts-check
export async function verify() { return 1; }
