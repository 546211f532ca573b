import { namesInProfile } from '../../db/figures/names.ts'
import { fewest, rateOf, type Numbers } from '../../domain/figures/figure.ts'
import { said, type Labels } from '../../domain/labels.ts'
import { countText, shareText } from '../../domain/reports/number-text.ts'
import type { Figures } from './suggestions.ts'

/** The sentences of a report that stand at its head and in its mail. */

/** What matters of a report: what came and went, the promise that was kept least, and what customers say. */
export async function highlightsOf(sheet: Figures, quiet: boolean): Promise<Labels[]> {
  if (quiet) return [nothing]
  const [came, went, left] = [await sheet.measured('submitted'), await sheet.measured('closed'), await sheet.measured('backlog')]
  const inAndOut = said(
    `受理 ${countText(came.total.n)} 张，结案 ${countText(went.total.n)} 张，期末未结 ${countText(left.total.n)} 张。`,
    `受理 ${countText(came.total.n)} 張，結案 ${countText(went.total.n)} 張，期末未結 ${countText(left.total.n)} 張。`,
    `${countText(came.total.n)} tickets came, ${countText(went.total.n)} were closed, and ${countText(left.total.n)} are open.`,
  )
  return [inAndOut, await promisesLine(sheet), await customersLine(sheet)]
}

async function promisesLine(sheet: Figures): Promise<Labels> {
  const { parts } = await sheet.measured('attainment', { by: 'clock' })
  const due = parts.filter(({ n }) => n > 0)
  if (due.length === 0) return said('本期没有到期的承诺。', '本期沒有到期的承諾。', 'No promise was due in this period.')
  if (due.every((part) => rateOf(part) === 1))
    return said('到期的承诺全部按时完成。', '到期的承諾全部按時完成。', 'Every promise that was due was kept.')
  const nameOf = namesInProfile('clock', sheet.profile)
  // One broken of two is no tendency: it is told, and compared with none.
  const broken = due.filter((part) => part.n < fewest && rateOf(part) < 1)
  const [worst] = due.filter(({ n }) => n >= fewest).toSorted((one, other) => rateOf(one) - rateOf(other))
  const list = (told: (name: Labels, numbers: Pick<Numbers, 'n' | 'hits'>) => string, separator: string) =>
    broken.map((part) => told(nameOf(part.key), part)).join(separator)
  const missed = ({ n, hits }: Pick<Numbers, 'n' | 'hits'>) => n - (hits ?? 0)
  const few = said(
    list((name, part) => `“${name['zh-CN']}”${missed(part)} 项（共 ${part.n} 项）`, '、'),
    list((name, part) => `「${name['zh-TW']}」${missed(part)} 項（共 ${part.n} 項）`, '、'),
    list((name, part) => `“${name.en}” ${missed(part)} of ${part.n}`, ', '),
  )
  if (!worst)
    return said(
      `各项到期的承诺均不足 20 项，其中超时：${few['zh-CN']}。`,
      `各項到期的承諾均不足 20 項，其中逾時：${few['zh-TW']}。`,
      `Fewer than 20 of each promise were due. Broken: ${few.en}.`,
    )
  const ofMany = manyLine(nameOf(worst.key), worst, broken.length > 0)
  if (broken.length === 0) return ofMany
  return said(
    `${ofMany['zh-CN']}不足 20 项的承诺中超时：${few['zh-CN']}。`,
    `${ofMany['zh-TW']}不足 20 項的承諾中逾時：${few['zh-TW']}。`,
    `${ofMany.en} Of fewer than 20, broken: ${few.en}.`,
  )
}

/** Of promises of which enough were due; of these alone, where others were broken, too. */
function manyLine(name: Labels, worst: Pick<Numbers, 'n' | 'hits'>, alone: boolean): Labels {
  if (rateOf(worst) === 1)
    return said(
      '到期满 20 项的承诺全部按时完成。',
      '到期滿 20 項的承諾全部按時完成。',
      'Every promise of which 20 or more were due was kept.',
    )
  const [n, kept] = [countText(worst.n), shareText(rateOf(worst))]
  return alone
    ? said(
        `到期满 20 项的承诺中“${name['zh-CN']}”最低：${n} 项中按时完成 ${kept}。`,
        `到期滿 20 項的承諾中「${name['zh-TW']}」最低：${n} 項中按時完成 ${kept}。`,
        `Of those of which 20 or more were due “${name.en}” was kept least: ${kept} of ${n} promises.`,
      )
    : said(
        `各项承诺中“${name['zh-CN']}”最低：${n} 项中按时完成 ${kept}。`,
        `各項承諾中「${name['zh-TW']}」最低：${n} 項中按時完成 ${kept}。`,
        `“${name.en}” was kept least: ${kept} of ${n} promises.`,
      )
}

async function customersLine(sheet: Figures): Promise<Labels> {
  const { total } = await sheet.measured('satisfaction')
  if (total.n === 0) return said('本期没有客户评价。', '本期沒有客戶評價。', 'No customer said how satisfied they are.')
  const satisfied = shareText(rateOf(total))
  return said(
    `${countText(total.n)} 位客户作出评价，满意率 ${satisfied}。`,
    `${countText(total.n)} 位客戶作出評價，滿意率 ${satisfied}。`,
    `${satisfied} of ${countText(total.n)} customers who answered are satisfied.`,
  )
}

/** Whether nothing came, nothing was closed and nothing is open. */
export async function isQuiet(sheet: Figures): Promise<boolean> {
  for (const id of ['submitted', 'closed', 'backlog'] as const) if ((await sheet.measured(id)).total.n > 0) return false
  return true
}

const nothing = said(
  '本期没有新的工单，期末也没有未结工单。',
  '本期沒有新的工單，期末也沒有未結工單。',
  'No ticket came in this period, and none is open.',
)
