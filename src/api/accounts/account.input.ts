import { Field, InputType } from 'type-graphql';

@InputType({ description: 'What an account is made of.' })
export class RegisterInput {
  @Field(() => String, { description: 'At most 254 characters; capital letters do not count.' })
  email!: string;

  @Field(() => String, { description: '8 to 128 characters.' })
  password!: string;
}

@InputType({ description: 'What one signs in with.' })
export class LoginInput {
  @Field(() => String, { description: 'As registered; capital letters do not count.' })
  email!: string;

  @Field(() => String, { description: 'As registered.' })
  password!: string;
}
