import { z } from 'zod'

/** Ids of the figures that the product reckons, in the order in which they are read (docs/figures.md). */
export const figureIds = [
  'submitted',
  'closed',
  'backlog',
  'ageing',
  'arrivals',
  'response-time',
  'handling-time',
  'net-handling-time',
  'waiting-time',
  'resolution-time',
  'attainment',
  'deferrals',
  'resolution-rate',
  'first-contact-resolution',
  'lasting-first-contact-resolution',
  'reopen-rate',
  'repeat-rate',
  'satisfaction',
  'response-rate',
  'judged-quality',
  'judged-without-fault',
] as const
export type FigureId = (typeof figureIds)[number]
export const figureIdSchema = z.enum(figureIds).meta({ id: 'FigureId', description: 'a figure' })
