import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Image } from '../../entities/image.entity.js';
import { JobItem } from '../../entities/job-item.entity.js';
import type { ItemView } from '../../services/jobs/job-items.js';
import { UserId } from '../graphql/authorization.js';
import type { Context } from '../graphql/context.js';

@Resolver(() => JobItem)
export class JobItemResolver {
  @FieldResolver(() => Image, { nullable: true, description: 'The source; null after it has been deleted.' })
  image(@Root() { image }: ItemView, @Ctx() { services }: Context, @UserId() userId: string) {
    return image && services.images.findIfStored(userId, image.id);
  }

  @FieldResolver(() => Image, {
    nullable: true,
    description: 'The result; null before it exists and after it is deleted.',
  })
  result(@Root() { result }: ItemView, @Ctx() { services }: Context, @UserId() userId: string) {
    return result && services.images.findIfStored(userId, result.id);
  }
}
