import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { UsageType } from '../../entities/accounts/usage.type.js';
import { User } from '../../entities/accounts/user.entity.js';
import type { Context } from '../graphql/context.js';

@Resolver(() => User)
export class UsageResolver {
  @FieldResolver(() => UsageType, { description: 'What the user stores, and the limits.' })
  usage(@Root() { id }: User, @Ctx() { services }: Context): Promise<UsageType> {
    return services.jobs.usage(id);
  }
}
