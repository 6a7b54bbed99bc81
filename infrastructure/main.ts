/**
 * Where Pulumi finds the program: package.json's `main`.
 *
 * Pulumi's Node host requires this file as CommonJS, and calls what it gets only where that itself is a function: with `export default` it
 * would be an object, and nothing would ever be deployed. See `runProgram` in `@pulumi/pulumi/cmd/run/run.js`.
 */
import goldsportScheduler from "./index";

export = goldsportScheduler;
