export { comparePacks as comparePolicies } from "../checks/packs/conflicts.ts";
