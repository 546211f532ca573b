import { z } from 'zod'
import { call } from './http.ts'
import { profileOfBench } from './profile.ts'
import type { Office } from './world.ts'

/** A ticket's life through the API, as the demo people lead it. */

export interface Desk extends Pick<Office, 'tokens'> {
  readonly url: string
}

/** What a registration is answered. */
export const numbered = z.object({ number: z.string() })

/** The assignee is named when it is registered, so that nobody has to claim it. */
const form = {
  profile: profileOfBench,
  type: 'software-fault',
  priority: 'medium',
  channel: 'phone',
  customer: { name: '王芳', company: '云帆科技', phone: '13912345678' },
  title: '登录时提示验证码错误',
  description: '登录系统时提示验证码错误，已尝试刷新 3 次无效，更换浏览器后仍然如此',
  fields: { occurredAt: '2026-01-05T14:30:00+08:00' },
  assignee: 'engineer-wang',
}

/** A registration form. Every customer calls once: what the desk is shown of their other tickets stays small. */
export function registration(changes: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  customers += 1
  return { ...form, customer: { ...form.customer, phone: `139${String(customers).padStart(8, '0')}` }, ...changes }
}
let customers = 0

/** Registers a ticket; its number. */
export async function register({ url, tokens }: Desk, changes?: Readonly<Record<string, unknown>>): Promise<string> {
  const answer = await call(`${url}/api/tickets`, { method: 'POST', token: tokens.agent, body: registration(changes) })
  return numbered.parse(answer).number
}

type Step = readonly [command: string, role: keyof Office['tokens'], input: Readonly<Record<string, unknown>>]

const begins: readonly Step[] = [
  ['review-intake', 'agent', { complete: true }],
  ['diagnose', 'engineer', { summary: '2 号登录节点时钟快 7 分钟', module: 'login', reproduced: true }],
  ['accept', 'engineer', {}],
]
const ends: readonly Step[] = [
  [
    'complete',
    'engineer',
    {
      solution: '校准 2 号登录节点的时间，并加入上线检查',
      cause: { direct: '时钟偏差', underlying: '未列入上线检查' },
      classification: { module: 'login', type: 'software-fault', cause: 'misconfiguration' },
      tags: ['验证码'],
    },
  ],
  ['verify', 'quality', { passed: true, method: '按复现步骤登录 5 次', sideEffectsChecked: true }],
  ['confirm', 'agent', { outcome: 'solved', channel: 'phone', satisfaction: 5 }],
  ['close', 'engineer', {}],
]

/** From registration to closing: one intake, six commands and `close`. */
export async function wholeLife(desk: Desk): Promise<void> {
  const number = await register(desk)
  await take(desk, number, [...begins, ...ends])
}

/** A ticket that its engineer works on. */
export async function inHand(desk: Desk, changes?: Readonly<Record<string, unknown>>): Promise<string> {
  const number = await register(desk, changes)
  await take(desk, number, begins)
  return number
}

/** A command that can be given again and again. */
export async function update({ url, tokens }: Desk, number: string): Promise<void> {
  const body = { text: '正在排查中', visibleToCustomer: false }
  await call(`${url}/api/tickets/${number}/update-progress`, { method: 'POST', token: tokens.engineer, body })
}

/** What can be recorded on a ticket wherever it stands. */
export async function contact({ url, tokens }: Desk, number: string): Promise<void> {
  const body = { channel: 'phone', direction: 'inbound', text: '客户来电询问进度' }
  await call(`${url}/api/tickets/${number}/contact`, { method: 'POST', token: tokens.agent, body })
}

async function take({ url, tokens }: Desk, number: string, steps: readonly Step[]): Promise<void> {
  for (const [command, role, body] of steps) {
    await call(`${url}/api/tickets/${number}/${command}`, { method: 'POST', token: tokens[role], body })
  }
}

/** Updates that a whole life is. */
export const stepsOfLife = begins.length + ends.length
