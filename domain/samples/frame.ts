import { said, type Labels } from '../labels.ts'
import { dimensionLabels, type Dimension } from '../figures/figure.ts'

/** From which tickets a sample is drawn. */

/** Tickets closed in a time, and not reopened as far as is known; or those submitted in it. Withdrawn and merged ones are never among them. */
export const frames = ['closed', 'submitted'] as const
export type Frame = (typeof frames)[number]
export const frameLabels: Readonly<Record<Frame, Labels>> = {
  closed: said('已结案', '已結案', 'closed'),
  submitted: said('已提交', '已提交', 'submitted'),
}

/** To what it can be narrowed. Nobody draws the tickets of one person: how a person works is told by the figures, to whom that is told. */
export const narrowings = [
  'type',
  'priority',
  'channel',
  'team',
  'keyword',
  'module',
  'classification',
  'cause',
  'customer-tag',
] as const satisfies readonly Dimension[]
export type Narrowing = (typeof narrowings)[number]

/** Of what so many of each can be drawn: what a ticket has one of. */
export const strata = ['type', 'priority', 'channel', 'team', 'module', 'classification', 'cause'] as const satisfies readonly Narrowing[]
export type Stratum = (typeof strata)[number]
const { type, priority, channel, team, module, classification, cause } = dimensionLabels
export const stratumLabels: Readonly<Record<Stratum, Labels>> = { type, priority, channel, team, module, classification, cause }
