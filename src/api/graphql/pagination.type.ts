import { type ClassType, Field, Int, ObjectType } from 'type-graphql';
import type { Page } from '../../services/shared/pagination.js';

@ObjectType({ description: 'Position of a page in its list (Relay).' })
export class PageInfo {
  @Field(() => Boolean, { description: 'More rows follow.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Rows come before this page.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first row; null on an empty page.' })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the last row; pass it as `after` for the next page.',
  })
  endCursor!: string | null;
}

/** The Relay types `<Name>Edge` and `<Name>Connection` over one node type. */
export function connectionOf<Node extends object>(
  name: string,
  node: ClassType<Node>,
): ClassType<Page<Node>> {
  @ObjectType(`${name}Edge`, { description: 'A row of a page, with its cursor.' })
  class Edge {
    @Field(() => String, { description: 'Opaque; pass it as `after` for the rows that follow this one.' })
    cursor!: string;

    @Field(() => node, { description: 'The row itself.' })
    node!: Node;
  }

  @ObjectType(`${name}Connection`, { description: 'A page of a list (Relay).' })
  class Connection implements Page<Node> {
    @Field(() => [Edge], { description: 'The rows of this page, in the order of the list.' })
    edges!: Edge[];

    @Field(() => PageInfo, { description: 'Position of this page in the list.' })
    pageInfo!: PageInfo;

    @Field(() => Int, { description: 'Rows in the whole list.' })
    totalCount!: number | Promise<number>;
  }
  return Connection;
}
