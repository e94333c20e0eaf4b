/** Names and numbers by which a consumer recognises what it is talking to. */

/** Version of the program (SemVer). `deno.json` carries the same one; a test compares them. */
export const COBRE_VERSION = "0.1.0";

/**
 * Name of the envelope's schema. Only the major version is in it: additions do not change it, and
 * a consumer tests the beginning of the string.
 */
export const RESPONSE_URN = "urn:cobre:response:v1";

/** The beginning of the `$id` of every exported JSON Schema. */
export const SCHEMA_URN_PREFIX = "urn:cobre:schema:";
