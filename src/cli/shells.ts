/** The shells for which there is a completion script. */
export const SHELLS = ["bash", "zsh", "fish"] as const;

/** See {@link SHELLS}. */
export type Shell = (typeof SHELLS)[number];
