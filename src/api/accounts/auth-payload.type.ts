import { Field, ObjectType } from 'type-graphql';
import { User } from '../../entities/accounts/user.entity.js';
import type { SignedIn } from '../../services/accounts/session.service.js';

@ObjectType({ description: 'The signed-in user with new tokens.' })
export class AuthPayload implements SignedIn {
  @Field(() => User, { description: 'The signed-in user.' })
  user!: User;

  @Field(() => String, {
    description:
      'Short-lived JWT: `Authorization: Bearer …` over HTTP, `{ authorization }` in connection_init over WebSocket.',
  })
  accessToken!: string;

  @Field(() => Date, { description: 'When the access token expires; refresh before then.' })
  accessTokenExpiresAt!: Date;

  @Field(() => String, {
    description:
      'Opaque. Keep the one returned by the latest refresh: it stays the same within 30 s of its issue and is replaced after that. A replaced token works for another 30 s, for lost answers and second tabs; using it later revokes the session.',
  })
  refreshToken!: string;
}
