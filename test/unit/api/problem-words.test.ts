import { expect, it } from 'vitest'
import { wordsFor } from '../../../api/problems/words.ts'
import { said } from '../../../domain/labels.ts'
import { hostOf } from '../../../processes/hosting.ts'
import { registryOf } from '../../../processes/registry.ts'
import { ticket } from '../../../processes/ticket/host.ts'
import { loan as loans } from '../../loan/processes/loan/host.ts'

/** In whose words a problem is told. */

const ticketsAlone = registryOf(ticket)
const withLoans = registryOf(ticket, loans)

const words = (path: string, about?: Parameters<typeof wordsFor>[1]['about'], kept = withLoans) =>
  wordsFor(kept, { about, path, locale: 'en' })

it('is told in those of the type whose command was refused, else of the type whose route it is, else of any', () => {
  const loan = hostOf(withLoans, 'loan')?.process
  expect(words('/api/tickets/TS1', loan)).toMatchObject({ process: 'loan', anyProcess: 'ticket or loan' })
  expect(words('/api/loans/LN1/extend')).toMatchObject({ process: 'loan', anyProcess: 'ticket or loan' })
  expect(words('/api/tickets/LN1/extend')).toMatchObject({ process: 'ticket' })
  for (const path of ['/api/me/work', '/api/loansharks', '/', '/api/']) expect(words(path)).toMatchObject({ process: 'ticket or loan' })
  expect(words('/api/me/work', undefined, ticketsAlone)).toMatchObject({ process: 'ticket', anyProcess: 'ticket' })
})

it('where two types have a command and a stage of one name, calls each by the labels of its own', () => {
  const { process } = ticket
  const relabelled = <T extends { readonly labels: object }>(list: readonly T[]) =>
    list.map((one) => ({ ...one, labels: said('另', '另', 'other') }))
  const other = { ...process, name: 'other', commands: relabelled(process.commands), stages: relabelled(process.stages) }
  const kept = [ticket, { ...ticket, plural: 'others', process: other }]
  expect(words('/api/others/1/claim', undefined, kept)).toMatchObject({
    commands: { claim: { en: 'other' } },
    stages: { handling: { en: 'other' } },
  })
  for (const path of ['/api/tickets/1/claim', '/api/me/work'])
    expect(words(path, undefined, kept)).toMatchObject({ commands: { claim: { en: 'Claim' } }, stages: { handling: { en: 'handling' } } })
})
