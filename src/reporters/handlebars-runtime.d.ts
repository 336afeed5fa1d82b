/** The part of Handlebars that runs precompiled templates: half the weight of the whole, and it ships without types. */
declare module "handlebars/runtime.js" {
  interface Runtime {
    create(): Runtime;
    registerPartial(partials: Readonly<Record<string, (view: unknown) => string>>): void;
    template(precompiled: unknown): (view: unknown) => string;
  }
  const runtime: Runtime;
  export default runtime;
}
