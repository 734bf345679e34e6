import { expect, it, vi } from "vitest";
import { keepInvite } from "../../../electron/chromium/downloads.ts";

function download(name: string) {
  return {
    suggestedFilename: () => name,
    saveAs: vi.fn(() => Promise.resolve()),
    cancel: vi.fn(() => Promise.resolve()),
  };
}

it("an invite that is saved goes where downloads go", async () => {
  const invite = download("Vigil 2027-01-31-12-30-00.vigil-invite");
  await keepInvite(invite, "/home/a/Downloads");
  expect(invite.saveAs).toHaveBeenCalledWith("/home/a/Downloads/Vigil 2027-01-31-12-30-00.vigil-invite");
});

it.each(["identity", "record"])("so does an exported %s", async (kind) => {
  const exported = download(`Vigil 2027-01-31-12-30-00.vigil-${kind}`);
  await keepInvite(exported, "/home/a/Downloads");
  expect(exported.saveAs).toHaveBeenCalledOnce();
});

it.each(["../.profile", "Vigil.exe", "Vigil ../../x.vigil-invite", "Vigil 2027-01-31-12-30-00.vigil-invite.sh"])(
  "nothing else is saved: %s",
  async (name) => {
    const other = download(name);
    await keepInvite(other, "/home/a/Downloads");
    expect(other.saveAs).not.toHaveBeenCalled();
    expect(other.cancel).toHaveBeenCalledOnce();
  },
);
