import { Follower } from './follow.ts';
import type { Module } from './modules.ts';
import { Scopes, WHOLE } from './scopes.ts';
import { flattened, isFunction, keyOf, type Node, type Syntax } from './syntax.ts';
import { Values } from './values.ts';

/** A module with what its names stand for. */
export interface Analysed extends Module {
  syntax: Syntax;
  scopes: Scopes;
  exports: ReadonlyMap<string, Exported>;
  /** Modules of `export * from`, as written. */
  passesOn: readonly string[];
}

/** What a module exports under a name. */
export type Exported = { node: Node } | { from: string; name: string };

/** The modules of one Worker, in which names can be followed from one to the other. */
export interface Analysis {
  modules: readonly Analysed[];
  byFile: ReadonlyMap<string, Analysed>;
}

/** Modules are parsed once for each Worker; what they say is worked out once. */
export function analysisOf(modules: readonly Module[]): Analysis & { values: Values } {
  const analysed = modules.map((module): Analysed => {
    const syntax = flattened(module.ast.program);
    const scopes = new Scopes(syntax);
    return { ...module, syntax, scopes, ...exportsOf(syntax, scopes) };
  });
  const analysis = { modules: analysed, byFile: new Map(analysed.map((one) => [one.file, one])) };
  return { ...analysis, values: new Values(new Follower(analysis)) };
}

function exportsOf(syntax: Syntax, scopes: Scopes): Pick<Analysed, 'exports' | 'passesOn'> {
  const exports = new Map<string, Exported>();
  const passesOn: string[] = [];
  const named = (node: { type: string; name?: string; value?: string }) => node.name ?? node.value ?? '';
  for (const node of syntax.program.body) {
    if (node.type === 'ExportDefaultDeclaration') exports.set('default', { node: node.declaration });
    if (node.type === 'TSExportAssignment') exports.set('default', { node: node.expression });
    if (node.type === 'ExportAllDeclaration') passesOn.push(node.source.value);
    if (node.type !== 'ExportNamedDeclaration') continue;
    const { declaration, source } = node;
    if (declaration?.type === 'VariableDeclaration') {
      for (const [name, binding] of scopes.top)
        if (binding.is === 'variable' && declaration.declarations.includes(binding.node))
          exports.set(name, { node: identifierOf(name, binding.node) });
    } else if (isFunction(declaration) || declaration?.type === 'ClassDeclaration') {
      if ('id' in declaration && declaration.id) exports.set(declaration.id.name, { node: declaration });
    }
    for (const one of node.specifiers) {
      if (one.type === 'ExportNamespaceSpecifier' && source)
        exports.set(one.exported.name, { from: source.value, name: WHOLE });
      if (one.type !== 'ExportSpecifier' || one.exportKind === 'type') continue;
      const name = named(one.exported);
      exports.set(name, source ? { from: source.value, name: named(one.local) } : { node: one.local });
    }
  }
  for (const node of syntax.of('AssignmentExpression')) {
    const { left, right } = node;
    if (left.type !== 'MemberExpression' || left.object.type !== 'Identifier') continue;
    const isModule = left.object.name === 'module' && keyName(left) === 'exports';
    if (isModule) {
      exports.set('default', { node: right });
      if (right.type === 'ObjectExpression')
        for (const one of right.properties) {
          const key = keyOf(one);
          if (key !== undefined && one.type === 'ObjectProperty')
            exports.set(key, { node: one.value as Node });
        }
    } else if (left.object.name === 'exports') {
      const key = keyName(left);
      if (key !== undefined) exports.set(key, { node: right });
    }
  }
  return { exports, passesOn };
}

const keyName = (node: Extract<Node, { type: 'MemberExpression' }>) =>
  node.property.type === 'Identifier' && !node.computed ? node.property.name : undefined;

/** The identifier in a declarator that declares this name. */
function identifierOf(name: string, declarator: Extract<Node, { type: 'VariableDeclarator' }>): Node {
  return declarator.id.type === 'Identifier' && declarator.init && declarator.id.name === name
    ? declarator.init
    : declarator.id;
}
