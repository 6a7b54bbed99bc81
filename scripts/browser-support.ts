/** Finds what the display's script uses and the oldest browsers that it is for do not have. */

import { relative, resolve } from "node:path";
import bcd, { type CompatStatement, type Identifier, type SimpleSupportStatement } from "@mdn/browser-compat-data";
import ts from "typescript";
import { filesBelow } from "../infrastructure/files";
import { browserslist } from "../package.json";
import { run, UserError } from "../stack/command";

const ROOT = resolve(__dirname, "..");

/** The oldest versions that have to do, by browser: `{ chrome: 79 }`. */
const OLDEST = new Map(browserslist.map((entry) => entry.split(" ")).map(([browser = "", version]) => [browser, Number(version)]));

/** What MDN's data calls otherwise than TypeScript's libraries do. */
const RENAMED: Record<string, string> = { ReadonlyArray: "Array", ReadonlyMap: "Map", ReadonlySet: "Set" };

/**
 * Looks at each use of something that a browser brings along, as an own name or as a member of anything, and at what MDN knows of it.
 *
 * A member of which is asked whether it is there (`navigator.wakeLock?.request()`) may be missing. What the build lowers, such as `?.`, does
 * not count, and options within a call are not looked at: those are seen by running an old browser.
 *
 * @param files Paths of TypeScript files; what they import is not looked at.
 * @returns A line for each use: `website/src/feed.ts:131 AbortSignal.timeout: chrome 103, safari 16`.
 */
export function unsupportedUses(files: string[]): string[] {
  const program = ts.createProgram(files, compilerOptions());
  const checker = program.getTypeChecker();
  const found: string[] = [];
  for (const file of files) {
    const source = program.getSourceFile(file);
    if (!source) throw new Error(`${file} is not there`);
    visit(source, (node) => {
      const missing = isGuarded(node) ? undefined : missingIn(node);
      if (!missing) return;
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${relative(ROOT, file)}:${line + 1} ${missing}`);
    });
  }
  return found;

  /** What the oldest browsers lack of the name or member that `node` is; undefined when they lack nothing. */
  function missingIn(node: ts.Node): string | undefined {
    if (ts.isPropertyAccessExpression(node)) {
      if (!isBrowsers(node.name)) return undefined;
      const owners = ownersOf(node.expression);
      return firstMissing(owners.map((owner) => [...owner, node.name.text]));
    }
    if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
      const name = (node.propertyName ?? node.name).getText();
      const type = checker.getTypeAtLocation(node.parent);
      const member = type.getProperty(name);
      return member && isFromLibrary(member) ? firstMissing(namesOf(type).map((owner) => [owner, name])) : undefined;
    }
    if (ts.isIdentifier(node) && isValue(node) && isBrowsers(node)) return firstMissing([[node.text]]);
    return undefined;
  }

  function isBrowsers(name: ts.Node): boolean {
    const symbol = checker.getSymbolAtLocation(name);
    return symbol !== undefined && isFromLibrary(symbol);
  }

  function isFromLibrary(symbol: ts.Symbol): boolean {
    return symbol.declarations?.some((declaration) => program.isSourceFileDefaultLibrary(declaration.getSourceFile())) ?? false;
  }

  /** Where MDN may know a member of `expression`: a global object by its name, and each type with those that it extends, the nearest first. */
  function ownersOf(expression: ts.Expression): string[][] {
    const isGlobal = ts.isIdentifier(expression) && isBrowsers(expression);
    const types = namesOf(checker.getTypeAtLocation(expression)).map((name) => [name]);
    return isGlobal ? [[expression.text], ...types] : types;
  }

  function namesOf(type: ts.Type): string[] {
    const whole = checker.getApparentType(type);
    if (whole.isUnionOrIntersection()) return whole.types.flatMap(namesOf);
    const name = whole.symbol?.name.replace(/Constructor$/, "") ?? "";
    const bases = whole.isClassOrInterface() || whole.symbol ? (checker.getBaseTypes(declared(whole)) ?? []) : [];
    return [RENAMED[name] ?? name, ...bases.flatMap(namesOf)];
  }

  /** An interface as it was declared: `Array<T>` for `string[]`. */
  function declared(type: ts.Type): ts.InterfaceType {
    const declaredType = type.symbol && checker.getDeclaredTypeOfSymbol(type.symbol);
    return (declaredType ?? type) as ts.InterfaceType;
  }

  /** Whether the code asks first whether this member, or one before it in the same chain, is there. */
  function isGuarded(node: ts.Node): boolean {
    for (let link: ts.Node = node; ts.isPropertyAccessExpression(link) || ts.isCallExpression(link); link = link.expression) {
      const { parent } = link;
      const isAskedFor = (ts.isPropertyAccessExpression(parent) || ts.isCallExpression(parent)) && parent.questionDotToken !== undefined;
      if (isAskedFor && parent.expression === link && missingIn(link)) return true;
    }
    return false;
  }
}

function visit(node: ts.Node, look: (node: ts.Node) => void): void {
  if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
  look(node);
  ts.forEachChild(node, (child) => visit(child, look));
}

/** Whether an identifier stands for a value by itself, and is not the name of a member or of something declared. */
function isValue(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  return !ts.isPropertyAssignment(parent) && !ts.isBindingElement(parent) && !ts.isImportSpecifier(parent);
}

function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(resolve(ROOT, "tsconfig.json"), ts.sys.readFile);
  return { ...ts.parseJsonConfigFileContent(config, ts.sys, ROOT).options, incremental: false, types: [] };
}

/** The first of these paths that MDN knows, when it is missing somewhere. */
function firstMissing(paths: string[][]): string | undefined {
  for (const path of paths) {
    const feature = lookUp(path);
    if (feature) return lacking(path, feature);
  }
  return undefined;
}

function lookUp(path: string[]): CompatStatement | undefined {
  const [last = ""] = path.slice(-1);
  for (const tree of [bcd.api, bcd.javascript.builtins]) {
    const owner = path.slice(0, -1).reduce<Identifier | undefined>((node, name) => own(node, name), tree as Identifier);
    const feature = own(owner, last) ?? own(owner, `${last}_static`);
    if (feature?.__compat) return feature.__compat;
  }
  return undefined;
}

function own(node: Identifier | undefined, name: string): Identifier | undefined {
  return node && Object.hasOwn(node, name) ? node[name] : undefined;
}

function lacking(path: string[], { support }: CompatStatement): string | undefined {
  const lacks = [...OLDEST].flatMap(([browser, oldest]) => {
    const statements = [support[browser as keyof typeof support] ?? []].flat();
    const since = Math.min(...statements.filter(isPlain).map(({ version_added: version }) => versionOf(version)));
    if (since <= oldest) return [];
    return [since === Number.POSITIVE_INFINITY ? `${browser} never` : `${browser} ${since}`];
  });
  return lacks.length > 0 ? `${path.join(".")}: ${lacks.join(", ")}` : undefined;
}

/** As the standard has it: under its own name, without a flag, and still there. */
function isPlain({ flags, prefix, alternative_name, version_removed }: SimpleSupportStatement): boolean {
  return !flags && !prefix && !alternative_name && !version_removed;
}

function versionOf(version: SimpleSupportStatement["version_added"]): number {
  return typeof version === "string" && /\d/.test(version) ? Number.parseFloat(version.replace("≤", "")) : Number.POSITIVE_INFINITY;
}

/** The display's own files, without what only tests use. */
function displayFiles(): string[] {
  return ["website/src", "common"].flatMap((folder) =>
    filesBelow(resolve(ROOT, folder))
      .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !file.startsWith("testing/"))
      .map((file) => resolve(ROOT, folder, file)),
  );
}

if (require.main === module) {
  run(async () => {
    const found = unsupportedUses(displayFiles());
    if (found.length > 0) throw new UserError(`not in ${browserslist.join(" and ")}:\n${found.join("\n")}`);
  });
}
