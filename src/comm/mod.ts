/** The ranks of a run and how they speak with each other. */
export type { Communicator, MessageArray } from "./communicator.ts";
export { localCommunicator } from "./local.ts";
export { rankShare, type Share } from "./share.ts";
