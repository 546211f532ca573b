import type { Labels, Locale } from './labels.ts'

/** Where a process can stand, as data: every process type lists its stages in the order of its path, those off the path last. */
export interface ProcessStage {
  readonly id: string
  readonly labels: Labels
  /** Where the process stands, in plain words for its customer; absent: as the stage is called. */
  readonly customer?: Labels
  /** `open`: on its way. `settled`: what it was for is done, and something may still be owed. `ended`: nothing can happen to it any more. */
  readonly is: 'open' | 'settled' | 'ended'
}

/** The stage of that id; an id may come from outside, or from another release. */
export function stageOf(stages: readonly ProcessStage[], id: string): ProcessStage | undefined {
  return stages.find((stage) => stage.id === id)
}

/** Ids of the stages that are so. */
export function stagesThatAre(stages: readonly ProcessStage[], is: ProcessStage['is']): string[] {
  return stages.filter((stage) => stage.is === is).map(({ id }) => id)
}

/** What a stage is called; its id where nobody here knows it. */
export function stageLabel(stages: readonly ProcessStage[], id: string, locale: Locale): string {
  return stageOf(stages, id)?.labels[locale] ?? id
}

/** What its customer reads of where a process stands. */
export function statusLabel(stages: readonly ProcessStage[], id: string, locale: Locale): string {
  return stageOf(stages, id)?.customer?.[locale] ?? stageLabel(stages, id, locale)
}
