import type { ReportSection } from '../../domain/reports/sections.ts'
import type { Block } from '../document.ts'
import { ageing } from './ageing.ts'
import { arrivals } from './arrivals.ts'
import { changes } from './changes.ts'
import { comments } from './comments.ts'
import { days } from './days.ts'
import { drivers } from './drivers.ts'
import { equalMix } from './equal-mix.ts'
import { figures } from './figures.ts'
import { actions, suggestions, written } from './measures.ts'
import { samples } from './samples.ts'
import { parts } from './parts.ts'
import { withLegend, type Drawing } from './section.ts'
import { tickets } from './tickets.ts'
import { trend } from './trend.ts'

/** What a section shows. */
export function blocksOf(section: ReportSection, drawing: Drawing): Block[] {
  return withLegend(drawn(section, drawing), drawing.locale)
}

/** A kind that is missing here does not compile. */
function drawn(section: ReportSection, drawing: Drawing): Block[] {
  switch (section.kind) {
    case 'figures':
      return figures(section, drawing)
    case 'parts':
      return parts(section, drawing)
    case 'trend':
      return trend(section, drawing)
    case 'arrivals':
      return arrivals(section, drawing)
    case 'ageing':
      return ageing(section, drawing)
    case 'tickets':
      return tickets(section, drawing)
    case 'changes':
      return changes(section, drawing)
    case 'days':
      return days(section, drawing)
    case 'drivers':
      return drivers(section, drawing)
    case 'equal-mix':
      return equalMix(section, drawing)
    case 'comments':
      return comments(section, drawing)
    case 'samples':
      return samples(section, drawing)
    case 'suggestions':
      return suggestions(section, drawing)
    case 'actions':
      return actions(section, drawing)
    case 'written':
      return written(section, drawing)
  }
}
