import { z } from 'zod'
import { maskPhone, readPhone } from '../../../../domain/contact/phone.ts'
import type { PolicyCalendar } from '../../../../domain/profile/policy.ts'
import type { Profile } from '../../../../domain/profile/schema.ts'
import { headSubjects } from '../../../../processes/head-subjects.ts'
import type { Hosting } from '../../../../processes/hosting.ts'
import { calendarOf } from '../../../../processes/policies.ts'
import { ownPolicy } from '../../../../workflows/common/define-process.ts'
import type { LoanEvent } from '../../workflows/loan/events.ts'
import type { Lending } from '../../workflows/loan/lending.ts'
import { loanClocks } from '../../workflows/loan/clocks.ts'
import { handOver } from '../../workflows/loan/commands.ts'
import { loanProcess } from '../../workflows/loan/process.ts'
import type { LoanPolicy, LoanState } from '../../workflows/loan/state.ts'
import { loanTable, type LoanForm } from './table.ts'

/** A loan, as the product keeps it. */
export const loan: Hosting<LoanState, LoanEvent, LoanPolicy, LoanForm, Lending> = {
  process: loanProcess,
  plural: 'loans',
  table: loanTable,
  async policyOf(readers, { state, ...of }) {
    const profile = await readers.profileOf(of)
    return loanPolicy(profile, await calendarOf(readers.db, profile, state.lentAt))
  },
  handOver,
  desk: {
    formOf: ({ device }, { profile, profileVersion }) => ({ profile, profileVersion, device }),
    about: 'Devices lent to customers and colleagues',
    opens: ['agent', 'supervisor', 'admin'],
    numbers: 'LN{yyyyMMdd}{serial:3}',
    letter: 'L',
    shown: { device: z.string().describe('what is lent'), returnedAt: z.iso.datetime().nullable().describe('when it came back') },
    shownToCustomers: ['device', 'returnedAt'],
  },
  // A remark may say under which number the borrower is reached: the log has its mask.
  prepare(_, __, input) {
    const { phone, ...rest } = z.looseObject({ phone: z.string().optional() }).parse(input)
    if (phone === undefined) return Promise.resolve({ ok: true, input })
    if (!readPhone(phone)) return Promise.resolve({ ok: false, errors: [{ path: 'phone', code: 'bad-phone' }], rest })
    return Promise.resolve({ ok: true, input: { ...rest, phone: maskPhone(phone) } })
  },
  // A device that is not back is missing to somebody at night, too.
  subjects: headSubjects({ process: loanProcess, table: loanTable }, () => ({ atAnyHour: true })),
}

/** By what loans of a profile run. */
export function loanPolicy(profile: Pick<Profile, 'id' | 'version' | 'language' | 'zone'>, calendar: PolicyCalendar): LoanPolicy {
  return { ...ownPolicy(profile, loanClocks), calendar }
}
