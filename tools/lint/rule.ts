import type { RuleTester } from 'oxlint/plugins-dev';

/** A rule of a linter's plugin; oxlint exports its type by no name. */
export type Rule = Parameters<RuleTester['run']>[1];

type Context = Parameters<NonNullable<Rule['create']>>[0];

/** What a rule may complain of. */
export type Place = NonNullable<Parameters<Context['report']>[0]['node']>;
