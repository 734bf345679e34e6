// @ts-check
export async function packageApp() {
  return 1;
}
