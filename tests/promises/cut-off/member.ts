import { once } from "node:events";
import { Cast } from "../../support/cast.ts";
import { seesAndHears } from "../../support/link-figures.ts";

// One member of a call, run inside a cut-off network, where only its own processes can reach its debugger's port.
// Arguments: its name, the other's name, and the invite of a guest. It says, a line each: INVITE <link>, CALL <meeting code>.
const [name = "", other = "", invite] = process.argv.slice(2);
const cast = new Cast();
try {
  const client = await cast.start({ name });
  if (invite === undefined) {
    await client.prepareMeeting();
    await client.enter();
    console.log(`INVITE ${await client.inviteLink()}`);
  } else {
    await client.openInvite(invite);
    await client.enter();
  }
  await client.until(`${other}'s picture and sound`, () => seesAndHears(client, [other]), 120_000);
  console.log(`CALL ${await client.meetingCode()}`);
  // Stays in the call for the other's sake, until the test ends it.
  await once(process, "SIGTERM");
} finally {
  await cast.end();
}
process.exit(0);
