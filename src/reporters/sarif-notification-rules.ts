import { diagnosticCodes } from "../model/diagnostic-codes.ts";
import { pascalCase } from "./sarif-rules.ts";
import { descriptionText, messageText } from "./sarif-text.ts";

/** A kind of notification, described as GitHub and Azure want everything in `driver` described. */
interface NotificationRule {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly help: { readonly text: string };
}

export function notificationRule(id: string): NotificationRule {
  const about = descriptionText(aboutOf(id));
  const help = { text: "It limits what the run can say: see the text of the notification." };
  return {
    id,
    name: pascalCase(id),
    shortDescription: { text: about },
    fullDescription: { text: about },
    help,
  };
}

function aboutOf(id: string): string {
  if (isDiagnostic(id)) return `Oddity of the input: ${diagnosticCodes[id].title}`;
  if (id.startsWith("waiver-")) return `About a waiver: ${messageText(id.slice(7))}`;
  return `Not examined, or not for certain: ${messageText(id)}`;
}

function isDiagnostic(id: string): id is keyof typeof diagnosticCodes {
  return Object.hasOwn(diagnosticCodes, id);
}
