import { toBase64Url } from "../base/bytes.ts";
import { unreachable } from "../base/errors.ts";
import type { Secret } from "../base/secret.ts";
import type { KeyMessage } from "../contract/key-messages.ts";
import type { MemberId } from "../contract/parts.ts";
import { createSenderKeys, stepSenderKeys, type SenderKeyEffect, type SenderKeyEvent } from "../keys/sender-keys.ts";
import { memberOf, roster } from "./roster.ts";
import { sendTo } from "./sending.ts";
import type { SessionTurn } from "./turn.ts";
