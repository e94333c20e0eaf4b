/** The answer to everybody who asks how a command is used. */
import { envelope } from "../protocol/mod.ts";
import type { Answer, FoundRoute, Routes } from "./command.ts";
import type { Page } from "./page.ts";
import { renderCommandHelp, renderHelp } from "./render/help.ts";

/** Programs get the same text, without colours and of a fixed width. */
const PLAIN: Page = { width: 100, paint: (_, text) => text };

/** Help on a command, or on all of them. */
export function helpAnswer(routes: Routes, found: FoundRoute | null): Answer {
  const text = (page: Page) =>
    found === null ? renderHelp(routes, page) : renderCommandHelp(found, page);
  return { envelope: envelope({ command: "help", data: { text: text(PLAIN) } }), text };
}
