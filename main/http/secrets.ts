/** Random secrets and their comparison. The printed token opens the door once; the cookie keeps it open. */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** 256 bits as 43 characters that need no escaping in a URL. */
export const createSecret = (): string => randomBytes(32).toString("base64url");

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Compares in a time that does not depend on where the texts differ, or on their lengths. */
export const sameSecret = (left: string, right: string): boolean =>
  timingSafeEqual(digest(left), digest(right));
