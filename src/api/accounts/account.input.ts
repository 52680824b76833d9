import { Field, InputType, Int } from 'type-graphql';
import { TokenScopeEnum } from '../../entities/accounts/api-token.entity.js';
import type { TokenScope } from '../../entities/accounts/token-scope.js';

@InputType({ description: 'E-mail address and password of a new account.' })
export class RegisterInput {
  @Field(() => String, {
    description:
      'At most 254 characters; case is ignored. International domains are stored as punycode, both spellings are one account.',
  })
  email!: string;

  @Field(() => String, { description: '8 to 128 characters.' })
  password!: string;
}

@InputType({ description: 'E-mail address and password of an account.' })
export class LoginInput {
  @Field(() => String, { description: 'As registered; case is ignored.' })
  email!: string;

  @Field(() => String, { description: 'As registered.' })
  password!: string;
}

@InputType({ description: 'A new API token.' })
export class CreateApiTokenInput {
  @Field(() => String, { description: 'Display name, 1 to 100 characters.' })
  name!: string;

  @Field(() => TokenScopeEnum, { defaultValue: 'WRITE', description: 'What it may do.' })
  scope!: TokenScope;

  @Field(() => Int, { defaultValue: 90, description: 'Lifetime in days, 1 to 365.' })
  expiresInDays!: number;
}
