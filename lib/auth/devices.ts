/** What an account's devices do for each other: hear of new sign-ins, and let a phone in. */
import { type PhoneLinkOptions, PhoneLinks } from "./phone_links.ts";
import { SignIns, type SignInStore } from "./sign_ins.ts";

export class Devices {
  readonly signIns: SignIns;
  readonly phoneLinks: PhoneLinks;

  constructor(options: PhoneLinkOptions & { store: SignInStore }) {
    this.signIns = new SignIns(options.store);
    this.phoneLinks = new PhoneLinks(options);
  }
}
