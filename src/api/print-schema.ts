import 'reflect-metadata';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { createSchema } from './schema.js';

/** Prints the schema to standard output: `npm run generate schema` keeps it as schema.graphql. */
process.stdout.write(`${printSchema(lexicographicSortSchema(await createSchema()))}\n`);
