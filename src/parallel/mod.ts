export { Control, controlMemory, ROUND_ARGUMENTS, RoundFailed, type RunTask } from "./control.ts";
export { type Enlist, joinTeam, type Lead, type TeamMember } from "./join_team.ts";
export { Team, type TeamSettings } from "./team.ts";
