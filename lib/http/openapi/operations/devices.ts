/** The requests about new sign-ins, and signing in on a phone: see `operation.ts`. */
import {
  claimPhoneLink,
  decidePhoneLink,
  openPhoneLink,
  seeSignIns,
} from "../../../protocol/devices.ts";
import * as example from "../examples.ts";
import * as object from "../objects.ts";
import * as device from "../objects/devices.ts";
import type { ApiOperation } from "../operation.ts";

const GONE = "The code has been used or has expired, or the session that shows it has ended.";

export const DEVICES: ApiOperation[] = [
  {
    id: "listSignIns",
    tag: "sessions",
    method: "GET",
    path: "/api/me/sign-ins",
    from: "caller",
    summary: "Who has signed in to my account lately?",
    description: "Sign-ins on your other devices that nobody has acknowledged yet, newest first, " +
      "at most 20. Your other devices also get a `signIn` event at once.",
    answers: {
      200: {
        description: "The sign-ins.",
        schema: device.signIns,
        examples: { one: { summary: "One", value: { signIns: [example.signIn] } } },
      },
    },
  },
  {
    id: "seeSignIns",
    tag: "sessions",
    method: "POST",
    path: "/api/me/sign-ins/seen",
    from: "caller",
    summary: "These sign-ins were mine",
    description: "For all of your devices, if this session is older than the sign-in; otherwise " +
      "for this session alone, so that nobody acknowledges their own. Unknown ids change nothing.",
    body: {
      schema: seeSignIns,
      examples: { one: { summary: "One", value: { ids: [2] } } },
    },
    answers: { 204: { description: "They are told no more." } },
  },
  {
    id: "makePhoneLink",
    tag: "sessions",
    method: "POST",
    path: "/api/me/phone-link",
    from: "caller",
    confirmed: true,
    summary: "Make a code that signs a phone in",
    description: "Show `url` as a QR code. It lives two minutes, works once, and ends with this " +
      "session or with your next code. The phone that opens it gets in only when you have " +
      "confirmed it.",
    answers: {
      201: {
        description: "The code.",
        schema: device.phoneLink,
        examples: { new: { summary: "A new code", value: example.phoneLink } },
      },
    },
  },
  {
    id: "getPhoneLink",
    tag: "sessions",
    method: "GET",
    path: "/api/me/phone-link",
    from: "caller",
    summary: "Has a phone scanned my code?",
    description: "With `asked`: a phone wants in. Compare `check` with what the phone shows.",
    answers: {
      200: {
        description: "The code of this session.",
        schema: device.phoneLink,
        examples: { asked: { summary: "A phone asks", value: example.askedPhoneLink } },
      },
    },
    refusals: { not_found: "This session shows no code, or it has expired." },
  },
  {
    id: "decidePhoneLink",
    tag: "sessions",
    method: "POST",
    path: "/api/me/phone-link/decide",
    from: "caller",
    summary: "Let the phone in, or not",
    body: {
      schema: decidePhoneLink,
      examples: { yes: { summary: "It is mine", value: { id: 1, allow: true } } },
    },
    answers: { 204: { description: "It is decided." } },
    refusals: { not_found: "No phone asks for this code just now." },
  },
  {
    id: "claimPhoneLink",
    tag: "accounts",
    method: "POST",
    path: "/api/login/phone",
    from: "anybody",
    summary: "Ask to be let in by a code",
    description: "What a phone does with the code that it has scanned. Show `check`: the other " +
      "device shows the same digits.",
    body: {
      schema: claimPhoneLink,
      examples: { code: { summary: "The end of the address", value: { code: example.LINK_CODE } } },
    },
    answers: {
      201: {
        description: "Now the other device is asked.",
        schema: device.phoneClaim,
        examples: { asked: { summary: "Wait", value: example.phoneClaim } },
      },
    },
    refusals: { not_found: GONE, rate_limited: "Too many attempts from this address." },
  },
  {
    id: "openPhoneLink",
    tag: "accounts",
    method: "POST",
    path: "/api/login/phone/open",
    from: "anybody",
    summary: "Open the session that was confirmed",
    description: "Ask every second or two. The ticket opens one session.",
    body: {
      schema: openPhoneLink,
      examples: { ticket: { summary: "The ticket", value: { ticket: example.phoneClaim.ticket } } },
    },
    answers: {
      200: {
        description: "A new session.",
        schema: object.signedIn,
        examples: { ann: { summary: "Signed in", value: example.signedIn } },
        headers: { "set-cookie": "The session's cookie; browsers store it themselves." },
      },
      202: {
        description: "Nobody has decided yet.",
        schema: device.phoneWaiting,
        examples: { asked: { summary: "Wait", value: { state: "asked" } } },
      },
    },
    refusals: {
      not_found: GONE,
      forbidden: "The other device has refused, or the account is disabled.",
      rate_limited: "Too many attempts from this address.",
    },
  },
];
