/** The direction of imports between rooms. */
import { importsOf } from "./imports.ts";
import { isScript, type Problem, type SourceFile } from "./problem.ts";
import { doorsOf, importableFrom, isKnownRoom, roomOf } from "./rooms.ts";

/**
 * Imports that climb the table of rooms, that reach into another room past its `mod.ts`, or that
 * leave the program for its tests and scripts.
 */
export function checkRoomImports(files: readonly SourceFile[]): Problem[] {
  return files.filter((file) => isScript(file.path)).flatMap((file) => {
    if (file.path.startsWith("src/")) {
      const room = roomOf(file.path);
      if (room === null) return [problem(file.path, "lies in no room: move it into a folder")];
      if (!isKnownRoom(room)) {
        return [problem(file.path, `lies in ${room}, which scripts/check/rooms.ts does not list`)];
      }
    }
    return importsOf(file).flatMap((found) => {
      if (found.target === null || !isScript(found.target)) return [];
      const fault = faultOf(file.path, found.target);
      return fault === null ? [] : [problem(file.path, fault, found.line)];
    });
  });
}

function faultOf(from: string, target: string): string | null {
  const room = roomOf(from);
  const targetRoom = roomOf(target);
  if (room === null) return pastModFile(target, targetRoom);
  if (targetRoom === room) return null;
  if (targetRoom === null) return `imports ${target}, which is not part of the program`;
  if (!importableFrom(room).includes(targetRoom)) {
    const allowed = importableFrom(room).join(", ") || "no other room";
    return `${room} must not import ${targetRoom}; it may import ${allowed}`;
  }
  return pastModFile(target, targetRoom);
}

function pastModFile(target: string, targetRoom: string | null): string | null {
  if (targetRoom === null || !target.startsWith("src/")) return null;
  const doors = doorsOf(targetRoom);
  if (doors.includes(target)) return null;
  return `imports ${target}: take what is needed from ${doors.join(" or ")}`;
}

function problem(file: string, message: string, line: number | null = null): Problem {
  return { file, line, message };
}
