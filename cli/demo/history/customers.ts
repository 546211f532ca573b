import type { Chance } from './random.ts'
import { chanceOf } from './random.ts'

/** The customers of the history: companies that call again and again, some of them often. Nobody is at their numbers and addresses. */
export interface HistoryCustomer {
  readonly name: string
  readonly company: string | null
  readonly account: string | null
  readonly phone: string | null
  readonly email: string | null
}

const towns = ['杭州', '苏州', '上海', '南京', '宁波', '合肥', '无锡', '武汉', '成都', '青岛', '厦门', '长沙'] as const
const brands = ['云帆', '华信', '启明', '瑞丰', '海纳', '盛源', '天宇', '金石', '百川', '东方', '联合', '新城', '宏图'] as const
const trades = ['科技', '贸易', '物流', '医疗器械', '食品', '连锁超市', '机电', '教育'] as const
const surnames = ['王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴', '徐', '孙', '胡', '朱', '高', '林', '何', '郭'] as const
const givenNames = [
  '芳',
  '伟',
  '秀英',
  '敏',
  '静',
  '丽',
  '强',
  '磊',
  '军',
  '洋',
  '艳',
  '勇',
  '杰',
  '娟',
  '涛',
  '明',
  '超',
  '霞',
  '平',
  '刚',
] as const

/** The accounts that the profile `standard-ticket` gives as an example of important ones. */
const vips: readonly number[] = [3, 9]

/** The customer who has a login of their own. What is known of them here is what counts, not what they say. */
export const signedIn = {
  name: '何俊',
  company: null,
  account: 'customer-he',
  phone: null,
  email: 'customer-he@bihuan.example',
} as const satisfies HistoryCustomer

/** The same for every seed: who is a customer is no matter of luck, who calls is. */
export const customers: readonly HistoryCustomer[] = everybody()

/** Who calls now: a few call often, most now and then. */
export function whoCalls(chance: Chance): HistoryCustomer {
  const caller = customers[Math.floor(customers.length * chance.next() ** 1.3)]
  if (!caller) throw new Error('there are no customers')
  return caller
}

function everybody(): HistoryCustomer[] {
  const chance = chanceOf('customers')
  return Array.from({ length: 320 }, (_, at): HistoryCustomer => {
    const company = `${towns[at % towns.length]}${brands[(at * 7) % brands.length]}${trades[(at * 3) % trades.length]}`
    const name = `${chance.pick(surnames)}${chance.pick(givenNames)}`
    return {
      name,
      company,
      account: vips.includes(at) ? `vip-00${vips.indexOf(at) + 1}` : at % 3 === 0 ? `C${String(10_086 + at * 17)}` : null,
      phone: `139${String(Math.floor(chance.next() * 1e8)).padStart(8, '0')}`,
      email: at % 2 === 0 ? `contact${String(at + 1).padStart(3, '0')}@customer.example` : null,
    }
  })
}
