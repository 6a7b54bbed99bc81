declare module "virtual:validators" {
  export const index: import("../../common/documents").Validator;
  export const day: import("../../common/documents").Validator;
}
