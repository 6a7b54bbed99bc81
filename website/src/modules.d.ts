declare module "virtual:validators" {
  export const index: import("./documents").Validator;
  export const day: import("./documents").Validator;
}
