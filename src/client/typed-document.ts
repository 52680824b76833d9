import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';

/** The text of an operation that carries the types of its data and variables: what codegen writes. */
export type TypedDocument<Data, Variables> = DocumentTypeDecoration<Data, Variables> & { toString(): string };
