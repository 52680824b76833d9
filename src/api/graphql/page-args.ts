import { ArgsType, type ClassType, Field, Int } from 'type-graphql';
import type { PageRequest } from '../../services/shared/pagination.js';

/** Makes the `first` and `after` arguments of a connection; `defaultSize` is the default of `first`. */
export function pageArgs(defaultSize: number): ClassType<PageRequest> {
  @ArgsType()
  class PageArgs implements PageRequest {
    @Field(() => Int, { defaultValue: defaultSize, description: 'Page size, 1 to 100.' })
    first!: number;

    @Field(() => String, { nullable: true, description: 'Cursor; returns the rows after it.' })
    after?: string | null;
  }
  return PageArgs;
}

/** The page arguments of most lists. */
@ArgsType()
export class PageArgs extends pageArgs(20) {}
